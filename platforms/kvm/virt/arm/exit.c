/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the machine. unicore-run reads the status from QEMU's
 * semihosting console; without unicore-run there is no semihosting, its
 * instruction is a fault, and the machine is switched off by PSCI.
 */
#include <uc/platform.h>

#include "console.h"
#include "cpu.h"
#include "trap.h"

enum {
    SYS_WRITEC = 3,
    SYS_EXIT_EXTENDED = 0x20,
    APPLICATION_EXIT = 0x20026,
};
static const uint32_t SYSTEM_OFF = 0x84000008;

bool uc_leaving;

static void semihosting(uint32_t call, const void *parameter)
{
    register uint32_t r0 __asm__("r0") = call;
    register const void *r1 __asm__("r1") = parameter;

    __asm__ volatile("svc #0xab" : "+r"(r0) : "r"(r1) : "memory");
}

static void off(void)
{
    register uint32_t r0 __asm__("r0") = SYSTEM_OFF;

    __asm__ volatile(".inst.w 0xf7e08000" /* hvc #0 */ : "+r"(r0)::"memory");
    for (;;)
        cpu_halt();
}

_Noreturn void uc_plat_exit(int status)
{
    uint32_t block[] = {APPLICATION_EXIT, (uint8_t)status};
    char byte = (char)status;

    while (uart[UART_FLAGS] & UART_BUSY)
        ;
    if (!uc_leaving) {
        uc_leaving = true;
        semihosting(SYS_WRITEC, &byte);
        semihosting(SYS_EXIT_EXTENDED, block);
    }
    for (;;)
        off();
}
