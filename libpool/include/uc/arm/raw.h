/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of arm (see uc/raw.h). */
#ifndef UC_ARM_RAW_H
#define UC_ARM_RAW_H

/* The number goes into r7, which may be Thumb's frame pointer. */
#define UC_RAW "mov r12, r7\n\tmov r7, %1\n\tsvc 0\n\tmov r7, r12"
#define UC_RAW_CLOBBERS "r12", "memory"
#define UC_RAW_NUMBER(n) long number = n
#define UC_RAW_A "r0"
#define UC_RAW_B "r1"
#define UC_RAW_C "r2"
#define UC_RAW_D "r3"
#define UC_RAW_E "r4"
#define UC_RAW_F "r5"

#include <uc/raw_first.h>

/* Of 64-bit arguments, which take two registers, the first one even. */
static inline long uc_raw7(long n, long a, long b, long c, long d, long e,
                           long f, long g)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, a);
    UC_RAW_IN(rb, UC_RAW_B, b);
    UC_RAW_IN(rc, UC_RAW_C, c);
    UC_RAW_IN(rd, UC_RAW_D, d);
    UC_RAW_IN(re, UC_RAW_E, e);
    UC_RAW_IN(rf, UC_RAW_F, f);
    UC_RAW_IN(rg, "r6", g);
    UC_RAW_CALL("r"(number), "r"(rb), "r"(rc), "r"(rd), "r"(re), "r"(rf),
                "r"(rg));
    return ra;
}

#endif
