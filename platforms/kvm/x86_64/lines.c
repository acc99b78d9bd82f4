/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lines.c: the lines of devices. All of the I/O APIC's lead to one vector, by
 * edges: a line that stays up asks once.
 */
#include <uc/platform.h>

#include "cpu.h"
#include "interrupt.h"

enum {
    IO_VERSION = 1,
    IO_LINES = 0x10,
    IO_PIT = 2, /* the line of the timer chip, which may tick */
    MASKED = 0x10000,
    PIC_1_MASK = 0x21,
    PIC_2_MASK = 0xa1,
};

static const uint64_t io_apic = 0xfec00000; /* physical */

void uc_lines_start(void)
{
    volatile uint32_t *io = uc_plat_device(io_apic, 0x20);
    volatile uint32_t *value = io + 4;
    uint32_t id = uc_apic[APIC_ID / 4];

    out8(PIC_1_MASK, 0xff);
    out8(PIC_2_MASK, 0xff);
    io[0] = IO_VERSION;
    uint32_t lines = (*value >> 16 & 0xff) + 1;
    for (uint32_t i = 0; i < lines; i++) {
        io[0] = IO_LINES + 2 * i + 1;
        *value = id;
        io[0] = IO_LINES + 2 * i;
        *value = VECTOR_DEVICE | (i == IO_PIT ? MASKED : 0);
    }
}
