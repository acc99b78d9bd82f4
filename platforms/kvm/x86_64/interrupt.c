/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * interrupt.c: gates, and the timer of the local APIC, which counts nanoseconds
 * under QEMU and KVM; it is compared with the clock between the start and the
 * first time that is set. How long a halt took says nothing, as the host may be
 * busy. The clock has the last word: every wait may end early.
 */
#include "interrupt.h"

#include <uc/platform.h>

#include "boot.h"

enum {
    APIC_ON = 0x100,
    MASKED = 0x10000,
    DIVIDE_BY_1 = 0xb,
    GATE = 0x8e00, /* present, interrupt */
    COMPARE_NS = 10000,
    RATE_SHIFT = 24,
};

static const uint64_t apic = 0xfee00000; /* physical */

volatile uint32_t *uc_apic;

static uint64_t gates[2 * INTERRUPT_VECTORS];

struct table_pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

void uc_interrupt_gate(int n, void (*entry)(void), int stack)
{
    uint64_t p = (uint64_t)entry;

    gates[2 * n] = (p & 0xffff) | 8 << 16 | (uint64_t)(GATE | stack) << 32 |
                   (p >> 16 & 0xffff) << 48;
    gates[2 * n + 1] = p >> 32;
}

static uint64_t rate; /* ticks of the timer in a nanosecond, times 2^24 */
static uint64_t compared_from; /* the clock, as the timer began to count */

/* The clock around one access to the timer which was not held up on its way. */
static uint64_t clock_about(uint64_t most, bool begin, uint32_t *left)
{
    enum {
        TRIES = 10
    };
    uint64_t before = 0, after = most + 1;

    for (int i = 0; i < TRIES && after - before > most; i++) {
        before = uc_plat_clock_ns();
        if (begin)
            uc_apic[APIC_INITIAL / 4] = UINT32_MAX;
        else
            *left = uc_apic[APIC_CURRENT / 4];
        after = uc_plat_clock_ns();
    }
    return begin ? before : after;
}

static void compare_begin(void)
{
    uc_apic[APIC_TIMER / 4] = MASKED;
    compared_from = clock_about(COMPARE_NS / 4, true, NULL);
}

/* What is about one tick in a nanosecond is just that. */
static void compare_end(void)
{
    uint64_t took = 0, one = (uint64_t)1 << RATE_SHIFT;
    uint32_t left = 0;

    while (took < COMPARE_NS)
        took = clock_about(COMPARE_NS / 4, false, &left) - compared_from;
    rate =
        left ? ((uint64_t)(UINT32_MAX - left) << RATE_SHIFT) / took | 1 : one;
    if (rate > one / 2 && rate < 2 * one)
        rate = one;
}

void uc_interrupts_start(void)
{
    struct table_pointer now = {0}, own = {sizeof gates - 1, (uint64_t)gates};

    __asm__ volatile("sidt %0" : "=m"(now));
    for (int i = 0; i < (now.limit + 1) / 8; i++)
        gates[i] = ((const uint64_t *)now.base)[i];
    uc_interrupt_gate(VECTOR_DEVICE, uc_interrupt, 0);
    uc_interrupt_gate(VECTOR_SPURIOUS, uc_interrupt_spurious, 0);
    __asm__ volatile("lidt %0" ::"m"(own));
    /* the monitor's selector means nothing in our table: iretq checks it */
    __asm__ volatile("mov %0, %%ss" ::"r"(0));
    uc_apic = uc_plat_device(apic, 4096);
    /*
     * What the firmware's timer has raised at the old controller is forgotten
     * by the write to APIC_SPURIOUS, if its line is masked by then; else QEMU
     * lets in an interrupt without a number.
     */
    uc_apic[APIC_LINT0 / 4] = MASKED;
    uc_apic[APIC_LINT1 / 4] = MASKED;
    uc_apic[APIC_SPURIOUS / 4] = APIC_ON | VECTOR_SPURIOUS;
    uc_apic[APIC_DIVIDE / 4] = DIVIDE_BY_1;
    uc_lines_start();
    compare_begin();
}

void uc_timer_set(uint64_t ns, uint32_t vector)
{
    uint64_t ticks = UINT32_MAX;

    if (!rate)
        compare_end();
    if (ns < UINT32_MAX)
        ticks = (ns * rate >> RATE_SHIFT) + 1;
    if (ticks > UINT32_MAX)
        ticks = UINT32_MAX;
    /*
     * Never periodic with what the last wait has left there, which can be so
     * little that QEMU's timers, run to the present, never get there.
     */
    if (vector & APIC_PERIODIC)
        uc_apic[APIC_INITIAL / 4] = 0;
    uc_apic[APIC_TIMER / 4] = vector;
    uc_apic[APIC_INITIAL / 4] = ns ? (uint32_t)ticks : 0;
}
