/* SPDX-License-Identifier: BSD-2-Clause */
/* gic.h: version 3's interface to the processor: registers of its own. */
#ifndef UC_GIC_H
#define UC_GIC_H

#include "cpu.h"

PLAIN static inline void gic_start(void)
{
    cpu_write(s3_0_c12_c12_5, cpu_read(s3_0_c12_c12_5) | 1); /* ICC_SRE_EL1 */
    cpu_write(s3_0_c4_c6_0, 0xf0);                           /* ICC_PMR_EL1 */
    cpu_write(s3_0_c12_c12_7, 1); /* ICC_IGRPEN1_EL1 */
}

/* The number of a pending line, which is thereby taken. */
PLAIN static inline uint32_t gic_take(void)
{
    uint32_t line = (uint32_t)cpu_read(s3_0_c12_c12_0); /* ICC_IAR1_EL1 */

    __asm__ volatile("dsb sy" ::: "memory");
    return line;
}

PLAIN static inline void gic_end(uint32_t line)
{
    cpu_write(s3_0_c12_c12_1, line); /* ICC_EOIR1_EL1 */
}

#endif
