/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the machine. With unicore-run, QEMU has a debug console,
 * which gets the status and shows that it is there by what it reads as, and an
 * exit device. A machine without them is switched off; nobody asks for its
 * status, so that is said on the console if it is a failure.
 */
#include <uc/platform.h>

#include "console.h"
#include "machine.h"

enum {
    DEBUG_EXIT = 0xf4,
};

static void say(const char *s)
{
    const char *end = s;

    while (*end)
        end++;
    uc_plat_console_write(s, (size_t)(end - s));
}

static void say_status(unsigned status)
{
    char digits[] = "000\n";

    for (int i = 2; i >= 0; i--, status /= 10)
        digits[i] = (char)('0' + status % 10);
    say("\nunicore: exit status ");
    say(digits);
}

_Noreturn void uc_plat_exit(int status)
{
    bool asked = in8(DEBUG_CONSOLE) == DEBUG_CONSOLE;

    if (!asked && status)
        say_status((uint8_t)status);
    while (!(in8(COM1_STATUS) & DRAINED))
        ;
    if (asked) {
        out8(DEBUG_CONSOLE, (uint8_t)status);
        out8(DEBUG_EXIT, (uint8_t)status);
    }
    uc_acpi_off();
    say("\nunicore: the end; the machine can be switched off\n");
    for (;;) {
        cpu_interrupts(false);
        __asm__ volatile("hlt");
    }
}
