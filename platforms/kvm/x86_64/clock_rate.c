/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock_rate.c: the counter's rate, asked only when somebody wants the time:
 * from KVM's clock page, or the processor's own word (CPUID 0x15, 0x16), or
 * measured over 10 ms of the PC's timer chip.
 */
#include <stdbool.h>

#include "clock.h"
#include "cpu.h"

enum {
    KVM_LEAF = 0x40000000,
    KVM_SIGNATURE = 0x4b4d564b, /* "KVMK" */
    KVM_CLOCK = 1 << 3,         /* the feature, in leaf + 1 */
    KVM_MSR = 0x4b564d01,
    TIMER_HZ = 1193182,
    TIMER_TICKS = TIMER_HZ / 100,
};

static uint64_t rate_of(uint64_t hz)
{
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
            return rate_of((uint64_t)c.c * c.b / c.a);
    }
    if (leaves >= 0x16 && (cpu_id(0x16).a & 0xffff))
        return rate_of((cpu_id(0x16).a & 0xffff) * (uint64_t)1000000);
    return 0;
}

/* Channel 2, one shot: bit 5 of port 0x61 rises when the count is over. */
static uint64_t rate_of_timer(void)
{
    uint8_t gate = (uint8_t)((in8(0x61) & ~2) | 1);

    out8(0x61, gate & ~1);
    out8(0x43, 0xb0);
    out8(0x42, TIMER_TICKS & 0xff);
    out8(0x42, TIMER_TICKS >> 8);
    out8(0x61, gate);
    uint64_t start = cpu_tsc();
    while (!(in8(0x61) & 0x20))
        ;
    return rate_of((cpu_tsc() - start) * 100);
}

uint64_t uc_clock_rate(void)
{
    static uint64_t rate;

    if (!rate)
        rate = rate_of_kvm();
    if (!rate)
        rate = rate_of_cpuid();
    if (!rate)
        rate = rate_of_timer();
    return rate;
}
