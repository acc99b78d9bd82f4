/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of aarch64 (see uc/raw.h). */
#ifndef UC_AARCH64_RAW_H
#define UC_AARCH64_RAW_H

#define UC_REG(name, value) register long name __asm__(#name) = value

static inline long uc_raw0(long n)
{
    UC_REG(x8, n);
    UC_REG(x0, 0);
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8) : "memory");
    return x0;
}

static inline long uc_raw1(long n, long a)
{
    UC_REG(x8, n);
    UC_REG(x0, a);
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8) : "memory");
    return x0;
}

static inline long uc_raw2(long n, long a, long b)
{
    UC_REG(x8, n);
    UC_REG(x0, a);
    UC_REG(x1, b);
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1) : "memory");
    return x0;
}

static inline long uc_raw3(long n, long a, long b, long c)
{
    UC_REG(x8, n);
    UC_REG(x0, a);
    UC_REG(x1, b);
    UC_REG(x2, c);
    __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
    return x0;
}

static inline long uc_raw4(long n, long a, long b, long c, long d)
{
    UC_REG(x8, n);
    UC_REG(x0, a);
    UC_REG(x1, b);
    UC_REG(x2, c);
    UC_REG(x3, d);
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3)
                     : "memory");
    return x0;
}

static inline long uc_raw5(long n, long a, long b, long c, long d, long e)
{
    UC_REG(x8, n);
    UC_REG(x0, a);
    UC_REG(x1, b);
    UC_REG(x2, c);
    UC_REG(x3, d);
    UC_REG(x4, e);
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4)
                     : "memory");
    return x0;
}

static inline long uc_raw6(long n, long a, long b, long c, long d, long e,
                           long f)
{
    UC_REG(x8, n);
    UC_REG(x0, a);
    UC_REG(x1, b);
    UC_REG(x2, c);
    UC_REG(x3, d);
    UC_REG(x4, e);
    UC_REG(x5, f);
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
}

#endif
