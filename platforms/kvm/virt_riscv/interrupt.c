/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interrupt.c: the interrupt controller, a PLIC. A line that was taken asks no
 * more until that is ended. It is ended in the next wait, or after a tick, when
 * the drivers have been asked: one that stays up does not keep all else from
 * running.
 */
#include "interrupt.h"

#include <uc/platform.h>

#include "boot.h"
#include "clock.h"
#include "machine.h"

enum { /* offsets in bytes */
    PRIORITY = 0x000000,
    ENABLE = 0x002000,
    ENABLE_STEP = 0x80,
    CONTEXT = 0x200000, /* the least priority; the line taken, or to end */
    CONTEXT_STEP = 0x1000,
};

enum {
    LINES = 1024,
    TIMER_AND_DEVICES = 0x220, /* of sie */
};

static volatile uint32_t *context; /* NULL: not started */
static uint32_t taken[LINES / 32];
static uint64_t ended; /* when */

bool uc_interrupts_started(void)
{
    return context;
}

void uc_interrupts_start(void)
{
    const struct machine *m = uc_machine();
    uint32_t lines = m->lines < LINES - 1 ? m->lines : LINES - 1;
    volatile uint32_t *priority, *enable;

    if (!m->plic)
        UC_BOOT_FAIL("the device tree has no interrupt controller (PLIC)");
    priority = uc_plat_device(m->plic + PRIORITY, sizeof(uint32_t) * LINES);
    enable = uc_plat_device(m->plic + ENABLE + ENABLE_STEP * m->context,
                            ENABLE_STEP);
    context = uc_plat_device(m->plic + CONTEXT + CONTEXT_STEP * m->context,
                             CONTEXT_STEP);
    if (!priority || !enable || !context)
        UC_BOOT_FAIL("the interrupt controller is where it cannot be seen");
    for (uint32_t i = 1; i <= lines; i++)
        priority[i] = 1;
    for (uint32_t i = 0; i <= lines / 32; i++)
        enable[i] = UINT32_MAX;
    context[0] = 0;
    cpu_timer(UINT64_MAX);
    cpu_write(sie, TIMER_AND_DEVICES);
}

static void end_taken(void)
{
    for (uint32_t i = 0; i < LINES / 32; i++)
        for (; taken[i]; taken[i] &= taken[i] - 1)
            context[1] = 32 * i + (uint32_t)__builtin_ctz(taken[i]);
    ended = cpu_time();
}

void uc_interrupts_ready(void)
{
    end_taken();
}

void uc_interrupts_take(void)
{
    uint32_t line;

    cpu_timer(UINT64_MAX);
    if (cpu_time() - ended > clock_hz() / 100)
        end_taken();
    while ((line = context[1]))
        taken[line / 32 % (LINES / 32)] |= 1U << line % 32;
}
