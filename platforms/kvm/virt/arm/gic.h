/* SPDX-License-Identifier: BSD-2-Clause */
/* gic.h: version 3's interface to the processor: registers of its own. */
#ifndef UC_GIC_H
#define UC_GIC_H

#include "cpu.h"

static inline void gic_start(void)
{
    cpu_write(0, c12, c12, 5, cpu_read(0, c12, c12, 5) | 1); /* ICC_SRE */
    cpu_write(0, c4, c6, 0, 0xf0);                           /* ICC_PMR */
    cpu_write(0, c12, c12, 7, 1);                            /* ICC_IGRPEN1 */
}

/* The number of a pending line, which is thereby taken. */
static inline uint32_t gic_take(void)
{
    uint32_t line = cpu_read(0, c12, c12, 0); /* ICC_IAR1 */

    __asm__ volatile("dsb sy" ::: "memory");
    return line;
}

static inline void gic_end(uint32_t line)
{
    cpu_write(0, c12, c12, 1, line); /* ICC_EOIR1 */
}

#endif
