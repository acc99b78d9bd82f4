/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the machine. unicore-run reads the status from QEMU's
 * semihosting console; without unicore-run there is no semihosting, its
 * instruction is a fault, and the machine is switched off.
 */
#include <uc/platform.h>

#include "console.h"
#include "monitor.h"
#include "off.h"
#include "trap.h"

enum {
    SYS_WRITEC = 3,
    SYS_EXIT_EXTENDED = 0x20,
    APPLICATION_EXIT = 0x20026,
};

bool uc_leaving;
static uint8_t left; /* the status */

_Noreturn void uc_plat_exit(int status)
{
    const uintptr_t block[] = {APPLICATION_EXIT, (uint8_t)status};
    char byte = (char)status;

    console_drain();
    if (!uc_leaving) {
        uc_leaving = true;
        left = (uint8_t)status;
        monitor_call(SYS_WRITEC, &byte);
        monitor_call(SYS_EXIT_EXTENDED, block);
    }
    machine_off(left);
    for (;;)
        cpu_halt();
}
