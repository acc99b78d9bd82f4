/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of riscv64 (see uc/raw.h). */
#ifndef UC_RISCV64_RAW_H
#define UC_RISCV64_RAW_H

#define UC_REG(name, value) register long name __asm__(#name) = value

static inline long uc_raw0(long n)
{
    UC_REG(a7, n);
    UC_REG(a0, 0);
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7) : "memory");
    return a0;
}

static inline long uc_raw1(long n, long a)
{
    UC_REG(a7, n);
    UC_REG(a0, a);
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7) : "memory");
    return a0;
}

static inline long uc_raw2(long n, long a, long b)
{
    UC_REG(a7, n);
    UC_REG(a0, a);
    UC_REG(a1, b);
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1) : "memory");
    return a0;
}

static inline long uc_raw3(long n, long a, long b, long c)
{
    UC_REG(a7, n);
    UC_REG(a0, a);
    UC_REG(a1, b);
    UC_REG(a2, c);
    __asm__ volatile("ecall" : "+r"(a0) : "r"(a7), "r"(a1), "r"(a2) : "memory");
    return a0;
}

static inline long uc_raw4(long n, long a, long b, long c, long d)
{
    UC_REG(a7, n);
    UC_REG(a0, a);
    UC_REG(a1, b);
    UC_REG(a2, c);
    UC_REG(a3, d);
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a7), "r"(a1), "r"(a2), "r"(a3)
                     : "memory");
    return a0;
}

static inline long uc_raw5(long n, long a, long b, long c, long d, long e)
{
    UC_REG(a7, n);
    UC_REG(a0, a);
    UC_REG(a1, b);
    UC_REG(a2, c);
    UC_REG(a3, d);
    UC_REG(a4, e);
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4)
                     : "memory");
    return a0;
}

static inline long uc_raw6(long n, long a, long b, long c, long d, long e,
                           long f)
{
    UC_REG(a7, n);
    UC_REG(a0, a);
    UC_REG(a1, b);
    UC_REG(a2, c);
    UC_REG(a3, d);
    UC_REG(a4, e);
    UC_REG(a5, f);
    __asm__ volatile("ecall"
                     : "+r"(a0)
                     : "r"(a7), "r"(a1), "r"(a2), "r"(a3), "r"(a4), "r"(a5)
                     : "memory");
    return a0;
}

#endif
