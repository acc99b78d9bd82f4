/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the machine. unicore-run reads the status from QEMU's
 * semihosting console. Without unicore-run there is nobody to ask for it, so
 * that a failure is said on the console, and the machine is reset.
 */
#include <uc/platform.h>

#include "console.h"
#include "tables.h"

enum {
    RESET = 0x42,
    STANDARD_OUTPUT = 1,
};

bool uc_leaving; /* fault.c: never */

static void say_status(unsigned status)
{
    char text[] = "\nunicore: exit status 000\n";

    for (size_t i = sizeof text - 3; status; i--, status /= 10)
        text[i] = (char)('0' + status % 10);
    uc_plat_console_write(text, sizeof text - 1);
}

_Noreturn void uc_plat_exit(int status)
{
    static char byte;

    if (!uc_uhi && (uint8_t)status)
        say_status((uint8_t)status);
    console_drain();
    byte = (char)status;
    kernel_begin();
    if (uc_uhi) {
        uc_uhi_call(UHI_WRITE, STANDARD_OUTPUT, (uint32_t)&byte | KERNEL, 1);
        uc_uhi_call(UHI_EXIT, (uint8_t)status, 0, 0);
    }
    for (;;)
        *(volatile uint32_t *)(KERNEL_DEVICE | SOFT_RESET) = RESET;
}
