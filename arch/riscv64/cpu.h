/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu.h: instructions of RV64GC, in supervisor mode, that C has no words for.
 */
#ifndef UC_CPU_H
#define UC_CPU_H

#include <stddef.h>
#include <stdint.h>

/* Code of exceptions: integers do not use registers that are not kept. */
#define PLAIN

/* System registers by name. */
#define cpu_read(name)                                                         \
    __extension__({                                                            \
        uint64_t cpu_value;                                                    \
        __asm__ volatile("csrr %0, " #name : "=r"(cpu_value)::"memory");       \
        cpu_value;                                                             \
    })
#define cpu_write(name, value)                                                 \
    __asm__ volatile("csrw " #name ", %0" ::"r"((uint64_t)(value)) : "memory")

static inline void cpu_pause(void)
{
    __asm__ volatile(".word 0x0100000f"); /* pause */
}

static inline void cpu_interrupts(int on)
{
    if (on)
        __asm__ volatile("csrsi sstatus, 2" ::: "memory");
    else
        __asm__ volatile("csrci sstatus, 2" ::: "memory");
}

/* Until an interrupt is pending, masked or not. */
static inline void cpu_halt(void)
{
    __asm__ volatile("wfi" ::: "memory");
}

static inline uint64_t cpu_time(void)
{
    return cpu_read(time);
}

/* An interrupt when cpu_time() is `at`; UINT64_MAX: none. Sstc's stimecmp. */
static inline void cpu_timer(uint64_t at)
{
    cpu_write(0x14d, at);
}

/* Entries of page tables that were empty are not any more. */
static inline void cpu_pages_added(void)
{
    __asm__ volatile("sfence.vma" ::: "memory");
}

/* n is a multiple of 32. */
static inline void cpu_clear(void *p, size_t n)
{
    for (uint64_t *s = p, *end = s + n / 8; s < end; s += 4) {
        s[0] = s[1] = s[2] = 0;
        __asm__ volatile("" ::: "memory"); /* no call of memset */
        s[3] = 0;
    }
}

static inline void cpu_flush_page(uintptr_t v)
{
    __asm__ volatile("sfence.vma %0, zero" ::"r"(v) : "memory");
}

/* Forgets all translations that the page tables no longer have. */
static inline void cpu_flush_pages(void)
{
    __asm__ volatile("sfence.vma" ::: "memory");
}

#endif
