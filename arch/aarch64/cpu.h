/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu.h: instructions of aarch64 that C has no words for. */
#ifndef UC_CPU_H
#define UC_CPU_H

#include <stddef.h>
#include <stdint.h>

/* Code of exceptions: it may use no vector registers, which are not kept. */
#define PLAIN __attribute__((target("+nofp")))

/* System registers by name. */
#define cpu_read(name)                                                         \
    __extension__({                                                            \
        uint64_t cpu_value;                                                    \
        __asm__ volatile("mrs %0, " #name : "=r"(cpu_value)::"memory");        \
        cpu_value;                                                             \
    })
#define cpu_write(name, value)                                                 \
    __asm__ volatile("msr " #name ", %0; isb" ::"r"((uint64_t)(value))         \
                     : "memory")

PLAIN static inline void cpu_pause(void)
{
    __asm__ volatile("yield");
}

PLAIN static inline void cpu_interrupts(int on)
{
    if (on)
        __asm__ volatile("msr daifclr, #2" ::: "memory");
    else
        __asm__ volatile("msr daifset, #2" ::: "memory");
}

/* Until an interrupt is pending, masked or not. */
PLAIN static inline void cpu_halt(void)
{
    __asm__ volatile("dsb sy; wfi" ::: "memory");
}

/* The virtual timer, which hypervisors leave to their guests. */
PLAIN static inline uint64_t cpu_time(void)
{
    return cpu_read(cntvct_el0);
}

PLAIN static inline uint64_t cpu_time_hz(void)
{
    return cpu_read(cntfrq_el0);
}

/*
 * An interrupt when cpu_time() is `at`; UINT64_MAX: none. QEMU 7.2 adds a
 * hypervisor's offset to what is set, and never comes back if that runs over.
 */
PLAIN static inline void cpu_timer(uint64_t at)
{
    cpu_write(cntv_cval_el0, at & INT64_MAX);
    cpu_write(cntv_ctl_el0, at != UINT64_MAX);
}

/*
 * Registers of devices. A hypervisor that emulates one is told of an access by
 * an instruction that does nothing else, as moving on the address.
 */
PLAIN static inline uint32_t cpu_device_read(const volatile uint32_t *p)
{
    uint32_t v;

    __asm__ volatile("ldr %w0, [%1]" : "=r"(v) : "r"(p) : "memory");
    return v;
}

PLAIN static inline void cpu_device_write(volatile uint32_t *p, uint32_t v)
{
    __asm__ volatile("str %w1, [%0]" ::"r"(p), "r"(v) : "memory");
}

PLAIN static inline void cpu_device_write_8(volatile uint64_t *p, uint64_t v)
{
    __asm__ volatile("str %1, [%0]" ::"r"(p), "r"(v) : "memory");
}

/* Entries of page tables that were empty are not any more. */
PLAIN static inline void cpu_pages_added(void)
{
    __asm__ volatile("dsb ishst; isb" ::: "memory");
}

/* n is a multiple of 64, p of 16; without vector registers. */
PLAIN static inline void cpu_clear(void *p, size_t n)
{
    __asm__ volatile("1: stp xzr, xzr, [%0], #16\n"
                     "stp xzr, xzr, [%0], #16\n"
                     "stp xzr, xzr, [%0], #16\n"
                     "stp xzr, xzr, [%0], #16\n"
                     "subs %1, %1, #64\n"
                     "b.ne 1b"
                     : "+r"(p), "+r"(n)::"cc", "memory");
}

PLAIN static inline void cpu_flush_page(uintptr_t v)
{
    __asm__ volatile("dsb ishst; tlbi vaae1, %0; dsb ish; isb" ::"r"(v >> 12)
                     : "memory");
}

/* Forgets all translations that the page tables no longer have. */
PLAIN static inline void cpu_flush_pages(void)
{
    __asm__ volatile("dsb ishst; tlbi vmalle1; dsb ish; isb" ::: "memory");
}

#endif
