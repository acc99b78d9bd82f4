/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interrupt.c: the interrupt controller. All lines of devices count by edges:
 * one that stays up asks once. What is pending is taken by reading its number.
 */
#include "interrupt.h"

#include <uc/platform.h>

#include "boot.h"
#include "gic.h"
#include "machine.h"

enum { /* of the distributor; offsets in bytes */
    CONTROL = 0x000,
    TYPE = 0x004,
    GROUP = 0x080,
    ENABLE = 0x100,
    PRIORITY = 0x400,
    TARGET = 0x800, /* version 2 */
    MODE = 0xc00,
    ROUTE = 0x6100, /* version 3: of line 32 */
};

enum { /* version 2: the processor's interface */
    CPU_CONTROL = 0x00,
    CPU_PRIORITY = 0x04,
    CPU_TAKE = 0x0c,
    CPU_END = 0x10,
};

enum { /* version 3: of the processor's own lines */
    WAKER = 0x14,
    ASLEEP = 6,
    OWN_LINES = 0x10000,
};

enum {
    TIMER_LINE = 27, /* virtual */
    DEVICE_LINES = 32,
    NONE = 1020, /* and more: nothing is pending */
};

static volatile char *gic, *interface;
static int version;

PLAIN static void put(volatile char *p, unsigned at, uint32_t v)
{
    cpu_device_write((volatile uint32_t *)(volatile void *)(p + at), v);
}

PLAIN static uint32_t get(volatile char *p, unsigned at)
{
    return cpu_device_read((volatile uint32_t *)(volatile void *)(p + at));
}

/* Lines first to last, multiples of 32: on, in group 1 for version 3. */
static void start_lines(volatile char *p, unsigned first, unsigned last)
{
    for (unsigned i = first; i < last; i += 4) {
        put(p, PRIORITY + i, 0xa0a0a0a0);
        if (version == 2 && first)
            put(p, TARGET + i, 0x01010101);
    }
    for (unsigned i = first; first && i < last; i += 16)
        put(p, MODE + i / 4, 0xaaaaaaaa);
    for (unsigned i = first; i < last; i += 32) {
        if (version == 3)
            put(p, GROUP + i / 8, UINT32_MAX);
        put(p, ENABLE + i / 8, first ? UINT32_MAX : 1U << TIMER_LINE);
    }
}

static void start_processor(const struct machine *m)
{
    if (version == 2) {
        start_lines(gic, 0, DEVICE_LINES);
        interface = uc_plat_device(m->interface, 0x100);
        put(interface, CPU_PRIORITY, 0xf0);
        put(interface, CPU_CONTROL, 1);
        return;
    }
    volatile char *own = uc_plat_device(m->interface, 2 * OWN_LINES);
    put(own, WAKER, 0);
    while (get(own, WAKER) & ASLEEP)
        ;
    start_lines(own + OWN_LINES, 0, DEVICE_LINES);
    gic_start();
}

bool uc_interrupts_started(void)
{
    return version;
}

void uc_interrupts_start(void)
{
    const struct machine *m = uc_machine();

    if (!m->gic)
        UC_BOOT_FAIL("the device tree has no interrupt controller of versions "
                     "2 or 3");
    version = m->gic;
    gic = uc_plat_device(m->distributor, OWN_LINES);
    unsigned lines = 32 * ((get(gic, TYPE) & 0x1f) + 1);
    put(gic, CONTROL, version == 2 ? 1 : 0x12); /* group 1, by routes */
    start_lines(gic, DEVICE_LINES, lines);
    for (unsigned i = 0; version == 3 && i < lines - DEVICE_LINES; i++)
        cpu_device_write_8(
            (volatile uint64_t *)(volatile void *)(gic + ROUTE + 8 * i), 0);
    start_processor(m);
}

PLAIN void uc_interrupts_take(void)
{
    uint32_t line;

    cpu_timer(UINT64_MAX);
    for (;;) {
        line = version == 2 ? get(interface, CPU_TAKE) : gic_take();
        if ((line & 0x3ff) >= NONE)
            return;
        if (version == 2)
            put(interface, CPU_END, line);
        else
            gic_end(line);
    }
}
