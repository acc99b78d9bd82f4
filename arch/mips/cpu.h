/* SPDX-License-Identifier: BSD-2-Clause */
/* cpu.h: instructions of MIPS32 release 2 that C has no words for. */
#ifndef UC_CPU_H
#define UC_CPU_H

#include <stddef.h>
#include <stdint.h>

/* Code of exceptions: it has no use for registers that are not kept. */
#define PLAIN

/* Registers of CP0 by their numbers. */
#define cpu_read(n, select)                                                    \
    __extension__({                                                            \
        uint32_t cpu_value;                                                    \
        __asm__ volatile("mfc0 %0, $" #n ", " #select                          \
                         : "=r"(cpu_value)::"memory");                         \
        cpu_value;                                                             \
    })
#define cpu_write(n, select, value)                                            \
    __asm__ volatile("mtc0 %0, $" #n ", " #select                              \
                     "; ehb" ::"r"((uint32_t)(value))                          \
                     : "memory")

static inline void cpu_pause(void)
{
    __asm__ volatile("pause");
}

static inline void cpu_interrupts(int on)
{
    if (on)
        __asm__ volatile("ei; ehb" ::: "memory");
    else
        __asm__ volatile("di; ehb" ::: "memory");
}

/* Interrupts are off until cpu_interrupts_let() has what this returned. */
static inline uint32_t cpu_interrupts_hold(void)
{
    uint32_t was;

    __asm__ volatile("di %0; ehb" : "=r"(was)::"memory");
    return was;
}

static inline void cpu_interrupts_let(uint32_t was)
{
    cpu_write(12, 0, was);
}

/* What counts time, and when it interrupts next. */
static inline uint32_t cpu_count(void)
{
    return cpu_read(9, 0);
}

static inline void cpu_compare(uint32_t at)
{
    cpu_write(11, 0, at);
}

/* n is a multiple of 16. */
static inline void cpu_clear(void *p, size_t n)
{
    for (uint32_t *s = p, *end = s + n / 4; s < end; s += 4) {
        s[0] = s[1] = s[2] = 0;
        __asm__ volatile("" ::: "memory"); /* no call of memset */
        s[3] = 0;
    }
}

/* Forgets all translations: TLBINVF. */
static inline void cpu_flush_pages(void)
{
    __asm__ volatile("sync; .word 0x42000004; ehb" ::: "memory");
}

#endif
