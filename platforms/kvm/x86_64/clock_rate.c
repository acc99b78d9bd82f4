/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock_rate.c: how fast the time stamp counter goes: from KVM's clock page, or
 * the processor's own word (CPUID 0x15, 0x16), or against the PC's timer chip,
 * or as clock_spare.c knows. Any of them may be missing, and what answers on
 * its ports then is 0xff: a rate that no processor has is not believed, and no
 * wait is for ever.
 */
#include <stdbool.h>

#include "clock.h"
#include "cpu.h"

enum {
    KVM_LEAF = 0x40000000,
    KVM_SIGNATURE = 0x4b4d564b, /* "KVMK" */
    KVM_CLOCK = 1 << 3,         /* the feature, in leaf + 1 */
    KVM_MSR = 0x4b564d01,
    TIMER = 0x40, /* channel 0: microvm has no port 0x61 for channel 2 */
    TIMER_CONTROL = 0x43,
    TIMER_TICKS = TIMER_HZ / 100, /* 10 ms are enough to measure by */
    MHZ = 1000000,
};

static const uint64_t LEAST_HZ = 50 * (uint64_t)MHZ;

uint64_t uc_clock_rate_of(uint64_t hz)
{
    if (hz < LEAST_HZ || hz > CLOCK_MOST_HZ)
        return 0;
    return ((uint64_t)1000000000 << 32) / hz;
}

/* As the hypervisor writes it: ns = (ticks << shift) * multiplier >> 32. */
struct kvm_clock {
    uint32_t version, pad;
    uint64_t tsc, ns;
    uint32_t multiplier;
    int8_t shift;
    uint8_t flags, pad2[2];
};

static uint64_t rate_of_kvm(void)
{
    static volatile struct kvm_clock page __attribute__((aligned(64)));
    uint64_t m;

    if (cpu_id(KVM_LEAF).b != KVM_SIGNATURE ||
        !(cpu_id(KVM_LEAF + 1).a & KVM_CLOCK))
        return 0;
    cpu_write_msr(KVM_MSR, (uint64_t)&page | 1);
    m = page.multiplier;
    int shift = page.shift;
    cpu_write_msr(KVM_MSR, 0);
    return shift < 0 ? m >> -shift : m << shift;
}

static uint64_t rate_of_cpuid(void)
{
    uint32_t leaves = cpu_id(0).a;

    if (leaves >= 0x15) {
        struct cpuid c = cpu_id(0x15);
        if (c.a && c.b && c.c)
            return uc_clock_rate_of((uint64_t)c.c * c.b / c.a);
    }
    if (leaves >= 0x16)
        return uc_clock_rate_of((cpu_id(0x16).a & 0xffff) * (uint64_t)MHZ);
    return 0;
}

/*
 * Channel 0, one shot (mode 0), counts down from its greatest value. What is
 * latched is of a time while the command is written; reading takes longer.
 */
struct clock_sample uc_clock_sample(void)
{
    uint64_t before = cpu_tsc();
    struct clock_sample s;

    out8(TIMER_CONTROL, 0xc2); /* latches state and count of channel 0 */
    s.wide = cpu_tsc() - before;
    s.over = in8(TIMER) & 0x80;
    uint8_t low = in8(TIMER);
    s.count = (uint16_t)(in8(TIMER) << 8 | low);
    s.tsc = before + s.wide / 2;
    return s;
}

/*
 * Its interrupt at zero waits for ever, as interrupts are off. The narrowest
 * of a few samples is the one that the machine was not away in.
 */
struct clock_sample uc_clock_start_timer(void)
{
    out8(TIMER_CONTROL, 0x30);
    out8(TIMER, 0xff);
    out8(TIMER, 0xff);
    struct clock_sample first = uc_clock_sample();

    for (int i = 0; i < 3; i++) {
        struct clock_sample now = uc_clock_sample();
        if (now.wide < first.wide)
            first = now;
    }
    return first;
}

uint64_t uc_clock_rate_between(const struct clock_sample *first,
                               const struct clock_sample *now)
{
    uint16_t ticks = first->count - now->count;
    uint64_t tsc = now->tsc - first->tsc;

    if (now->over || ticks < TIMER_TICKS || now->wide > tsc / 1024)
        return 0;
    return uc_clock_rate_of(tsc * TIMER_HZ / ticks);
}

/* 0: the machine was away for too long; or there is no such timer. */
static uint64_t measure(void)
{
    struct clock_sample first = uc_clock_start_timer(), now;
    uint64_t rate;

    do {
        now = uc_clock_sample();
        rate = uc_clock_rate_between(&first, &now);
    } while (!rate && !now.over && now.tsc - first.tsc < CLOCK_MOST_HZ / 20);
    return rate;
}

uint64_t uc_clock_rate_told(void)
{
    uint64_t rate = rate_of_kvm();

    return rate ? rate : rate_of_cpuid();
}

uint64_t uc_clock_rate_measured(void)
{
    uint64_t rate = 0;

    for (int i = 0; i < 10 && !rate; i++)
        rate = measure();
    if (!rate)
        rate = uc_clock_rate_spare();
    if (!rate) /* nothing keeps time here: a usual processor's */
        rate = uc_clock_rate_of(2500 * (uint64_t)MHZ);
    return rate;
}
