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
    SYS_EXIT = 0x18,
    APPLICATION_EXIT = 0x20026,
};
static const uint32_t SYSTEM_OFF = 0x84000008;

bool uc_leaving;

static void semihosting(uint64_t call, const void *parameter)
{
    register uint64_t x0 __asm__("x0") = call;
    register const void *x1 __asm__("x1") = parameter;

    __asm__ volatile("hlt #0xf000" : "+r"(x0) : "r"(x1) : "memory");
}

static void off(void)
{
    register uint64_t x0 __asm__("x0") = SYSTEM_OFF;

    __asm__ volatile("hvc #0" : "+r"(x0)::"memory");
    for (;;)
        cpu_halt();
}

_Noreturn void uc_plat_exit(int status)
{
    uint64_t block[] = {APPLICATION_EXIT, (uint8_t)status};
    char byte = (char)status;

    while (uart[UART_FLAGS] & UART_BUSY)
        ;
    if (!uc_leaving) {
        uc_leaving = true;
        semihosting(SYS_WRITEC, &byte);
        semihosting(SYS_EXIT, block);
    }
    for (;;)
        off();
}
