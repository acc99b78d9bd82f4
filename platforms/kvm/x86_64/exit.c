/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the machine. unicore-run reads the status from the debug
 * console, since QEMU's exit device only passes seven bits of it on; without
 * unicore-run, the machine is switched off (q35) or reset.
 */
#include <uc/platform.h>

#include "console.h"

enum {
    DEBUG_EXIT = 0xf4,
    ACPI_CONTROL = 0x604, /* q35; 0x2000 is: soft off */
    KEYBOARD_CONTROL = 0x64,
};

_Noreturn void uc_plat_exit(int status)
{
    while (!(in8(COM1_STATUS) & DRAINED))
        ;
    out8(DEBUG_CONSOLE, (uint8_t)status);
    out8(DEBUG_EXIT, (uint8_t)status);
    out16(ACPI_CONTROL, 0x2000);
    out8(KEYBOARD_CONTROL, 0xfe);
    for (;;) { /* a fault without gates is a reset as well */
        static const struct {
            uint16_t limit;
            uint64_t base;
        } __attribute__((packed)) none;
        __asm__ volatile("lidt %0; int3" ::"m"(none));
    }
}
