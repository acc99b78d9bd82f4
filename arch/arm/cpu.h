/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu.h: instructions of ARMv7 that C has no words for. */
#ifndef UC_CPU_H
#define UC_CPU_H

#include <stddef.h>
#include <stdint.h>

/* Code of exceptions: trap.S keeps vector registers here. */
#define PLAIN

/* System registers by the numbers of their instruction. */
#define cpu_read(...) cpu_read_(__VA_ARGS__)
#define cpu_read_(a, n, m, b)                                                  \
    __extension__({                                                            \
        uint32_t cpu_value;                                                    \
        __asm__ volatile("mrc p15, " #a ", %0, " #n ", " #m ", " #b            \
                         : "=r"(cpu_value)::"memory");                         \
        cpu_value;                                                             \
    })
#define cpu_write(...) cpu_write_(__VA_ARGS__)
#define cpu_write_(a, n, m, b, value)                                          \
    __asm__ volatile("mcr p15, " #a ", %0, " #n ", " #m ", " #b                \
                     "; isb" ::"r"((uint32_t)(value))                          \
                     : "memory")

static inline void cpu_pause(void)
{
    __asm__ volatile("yield");
}

static inline void cpu_interrupts(int on)
{
    if (on)
        __asm__ volatile("cpsie i" ::: "memory");
    else
        __asm__ volatile("cpsid i" ::: "memory");
}

/* Until an interrupt is pending, masked or not. */
static inline void cpu_halt(void)
{
    __asm__ volatile("dsb sy; wfi" ::: "memory");
}

/* The virtual timer, which hypervisors leave to their guests. */
static inline uint64_t cpu_time(void)
{
    uint64_t v;
    __asm__ volatile("isb; mrrc p15, 1, %Q0, %R0, c14" : "=r"(v)::"memory");
    return v;
}

static inline uint64_t cpu_time_hz(void)
{
    return cpu_read(0, c14, c0, 0);
}

/* An interrupt when cpu_time() is `at`; UINT64_MAX: none. */
static inline void cpu_timer(uint64_t at)
{
    __asm__ volatile("mcrr p15, 3, %Q0, %R0, c14" ::"r"(at) : "memory");
    cpu_write(0, c14, c3, 1, at != UINT64_MAX);
}

/*
 * Registers of devices. A hypervisor that emulates one is told of an access by
 * an instruction that does nothing else, as moving on the address.
 */
PLAIN static inline uint32_t cpu_device_read(const volatile uint32_t *p)
{
    uint32_t v;

    __asm__ volatile("ldr %0, [%1]" : "=r"(v) : "r"(p) : "memory");
    return v;
}

PLAIN static inline void cpu_device_write(volatile uint32_t *p, uint32_t v)
{
    __asm__ volatile("str %1, [%0]" ::"r"(p), "r"(v) : "memory");
}

PLAIN static inline void cpu_device_write_8(volatile uint64_t *p, uint64_t v)
{
    *p = v; /* there is no such instruction of eight bytes */
}

/* Entries of page tables that were empty are not any more. */
static inline void cpu_pages_added(void)
{
    __asm__ volatile("dsb ishst; isb" ::: "memory");
}

/* n is a multiple of 16. */
static inline void cpu_clear(void *p, size_t n)
{
    for (uint64_t *s = p, *end = s + n / 8; s < end; s += 2) {
        s[0] = 0;
        __asm__ volatile("" ::: "memory"); /* no call of memset */
        s[1] = 0;
    }
}

static inline void cpu_flush_page(uintptr_t v)
{
    __asm__ volatile("dsb ishst" ::: "memory");
    cpu_write(0, c8, c7, 3, v & -4096U);
    __asm__ volatile("dsb ish; isb" ::: "memory");
}

/* Forgets all translations that the page tables no longer have. */
static inline void cpu_flush_pages(void)
{
    __asm__ volatile("dsb ishst" ::: "memory");
    cpu_write(0, c8, c7, 0, 0);
    __asm__ volatile("dsb ish; isb" ::: "memory");
}

#endif
