/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock_spare.c: what tells the rate on a PC without the old timer chip: the
 * high precision event timer (IA-PC HPET 1.0a: 2.3, 3.2.4) within 1 ms, as it
 * tells its own period; or the clock, within two seconds.
 */
#include <uc/platform.h>

#include "acpi.h"
#include "clock.h"
#include "cpu.h"

enum {
    TABLE_ADDRESS = 44,
    SIZE = 0x400,
    PERIOD = 1, /* registers, in words: femtoseconds for a tick */
    CONTROL = 4,
    COUNT = 60, /* the low half; it goes round in 42 seconds and more */
    RUNNING = 1,
    LONGEST = 100000000, /* periods, as the specification has it */
    FEMTO_NS = 1000000,
    LEAST_NS = 1000000
};

static const uint32_t HPET = 0x54455048;

static volatile uint32_t *registers(void)
{
    const uint8_t *table = uc_acpi_table(HPET);
    uint32_t low = table ? acpi_word(table + TABLE_ADDRESS) : 0;
    uint32_t high = table ? acpi_word(table + TABLE_ADDRESS + 4) : 0;

    boot_window_close();
    return low ? uc_plat_device((uint64_t)high << 32 | low, SIZE) : NULL;
}

static uint64_t rate_of_timer(void)
{
    volatile uint32_t *timer = registers();
    uint32_t period = timer ? timer[PERIOD] : 0, first;
    uint64_t ns, start;

    if (!period || period > LONGEST)
        return 0;
    timer[CONTROL] |= RUNNING;
    first = timer[COUNT];
    start = cpu_tsc();
    for (uint64_t now = start; now - start < CLOCK_MOST_HZ / 100;) {
        ns = (uint64_t)(timer[COUNT] - first) * period / FEMTO_NS;
        now = cpu_tsc();
        if (ns >= LEAST_NS)
            return uc_clock_rate_of((now - start) * 1000000000 / ns);
    }
    return 0;
}

uint64_t uc_clock_rate_spare(void)
{
    uint64_t rate = rate_of_timer();

    return rate ? rate : uc_clock_rate_of_date();
}
