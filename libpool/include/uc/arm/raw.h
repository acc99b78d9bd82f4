/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of arm (see uc/raw.h). */
#ifndef UC_ARM_RAW_H
#define UC_ARM_RAW_H

#define UC_REG(name, value) register long name __asm__(#name) = value
/* The number goes into r7, which may be Thumb's frame pointer. */
#define UC_SVC "mov r12, r7\n\tmov r7, %1\n\tsvc 0\n\tmov r7, r12"

static inline long uc_raw0(long n)
{
    UC_REG(r0, 0);
    __asm__ volatile(UC_SVC : "+r"(r0) : "r"(n) : "r12", "memory");
    return r0;
}

static inline long uc_raw1(long n, long a)
{
    UC_REG(r0, a);
    __asm__ volatile(UC_SVC : "+r"(r0) : "r"(n) : "r12", "memory");
    return r0;
}

static inline long uc_raw2(long n, long a, long b)
{
    UC_REG(r0, a);
    UC_REG(r1, b);
    __asm__ volatile(UC_SVC : "+r"(r0) : "r"(n), "r"(r1) : "r12", "memory");
    return r0;
}

static inline long uc_raw3(long n, long a, long b, long c)
{
    UC_REG(r0, a);
    UC_REG(r1, b);
    UC_REG(r2, c);
    __asm__ volatile(UC_SVC
                     : "+r"(r0)
                     : "r"(n), "r"(r1), "r"(r2)
                     : "r12", "memory");
    return r0;
}

static inline long uc_raw4(long n, long a, long b, long c, long d)
{
    UC_REG(r0, a);
    UC_REG(r1, b);
    UC_REG(r2, c);
    UC_REG(r3, d);
    __asm__ volatile(UC_SVC
                     : "+r"(r0)
                     : "r"(n), "r"(r1), "r"(r2), "r"(r3)
                     : "r12", "memory");
    return r0;
}

static inline long uc_raw5(long n, long a, long b, long c, long d, long e)
{
    UC_REG(r0, a);
    UC_REG(r1, b);
    UC_REG(r2, c);
    UC_REG(r3, d);
    UC_REG(r4, e);
    __asm__ volatile(UC_SVC
                     : "+r"(r0)
                     : "r"(n), "r"(r1), "r"(r2), "r"(r3), "r"(r4)
                     : "r12", "memory");
    return r0;
}

static inline long uc_raw6(long n, long a, long b, long c, long d, long e,
                           long f)
{
    UC_REG(r0, a);
    UC_REG(r1, b);
    UC_REG(r2, c);
    UC_REG(r3, d);
    UC_REG(r4, e);
    UC_REG(r5, f);
    __asm__ volatile(UC_SVC
                     : "+r"(r0)
                     : "r"(n), "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5)
                     : "r12", "memory");
    return r0;
}

static inline long uc_raw7(long n, long a, long b, long c, long d, long e,
                           long f, long g)
{
    UC_REG(r0, a);
    UC_REG(r1, b);
    UC_REG(r2, c);
    UC_REG(r3, d);
    UC_REG(r4, e);
    UC_REG(r5, f);
    UC_REG(r6, g);
    __asm__ volatile(UC_SVC
                     : "+r"(r0)
                     : "r"(n), "r"(r1), "r"(r2), "r"(r3), "r"(r4), "r"(r5),
                       "r"(r6)
                     : "r12", "memory");
    return r0;
}

#endif
