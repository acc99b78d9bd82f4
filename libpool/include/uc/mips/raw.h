/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of mips (see uc/raw.h). */
#ifndef UC_MIPS_RAW_H
#define UC_MIPS_RAW_H

#define UC_REG(name, number, value)                                            \
    register long name __asm__("$" #number) = value
#define UC_RAW_CLOBBERS                                                        \
    "$1", "$3", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$24",   \
        "$25", "hi", "lo", "memory"

static inline long uc_raw0(long n)
{
    UC_REG(v0, 2, n);
    UC_REG(a3, 7, 0);
    __asm__ volatile("syscall" : "+r"(v0), "+r"(a3) : : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

static inline long uc_raw1(long n, long a)
{
    UC_REG(v0, 2, n);
    UC_REG(a0, 4, a);
    UC_REG(a3, 7, 0);
    __asm__ volatile("syscall"
                     : "+r"(v0), "+r"(a3)
                     : "r"(a0)
                     : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

static inline long uc_raw2(long n, long a, long b)
{
    UC_REG(v0, 2, n);
    UC_REG(a0, 4, a);
    UC_REG(a1, 5, b);
    UC_REG(a3, 7, 0);
    __asm__ volatile("syscall"
                     : "+r"(v0), "+r"(a3)
                     : "r"(a0), "r"(a1)
                     : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

static inline long uc_raw3(long n, long a, long b, long c)
{
    UC_REG(v0, 2, n);
    UC_REG(a0, 4, a);
    UC_REG(a1, 5, b);
    UC_REG(a2, 6, c);
    UC_REG(a3, 7, 0);
    __asm__ volatile("syscall"
                     : "+r"(v0), "+r"(a3)
                     : "r"(a0), "r"(a1), "r"(a2)
                     : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

static inline long uc_raw4(long n, long a, long b, long c, long d)
{
    UC_REG(v0, 2, n);
    UC_REG(a0, 4, a);
    UC_REG(a1, 5, b);
    UC_REG(a2, 6, c);
    UC_REG(a3, 7, d);
    __asm__ volatile("syscall"
                     : "+r"(v0), "+r"(a3)
                     : "r"(a0), "r"(a1), "r"(a2)
                     : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

static inline long uc_raw5(long n, long a, long b, long c, long d, long e)
{
    UC_REG(v0, 2, n);
    UC_REG(a0, 4, a);
    UC_REG(a1, 5, b);
    UC_REG(a2, 6, c);
    UC_REG(a3, 7, d);
    __asm__ volatile("addiu $sp, $sp, -32\n\t"
                     "sw %5, 16($sp)\n\t"
                     "syscall\n\t"
                     "addiu $sp, $sp, 32"
                     : "+r"(v0), "+r"(a3)
                     : "r"(a0), "r"(a1), "r"(a2), "r"(e)
                     : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

static inline long uc_raw6(long n, long a, long b, long c, long d, long e,
                           long f)
{
    UC_REG(v0, 2, n);
    UC_REG(a0, 4, a);
    UC_REG(a1, 5, b);
    UC_REG(a2, 6, c);
    UC_REG(a3, 7, d);
    __asm__ volatile("addiu $sp, $sp, -32\n\t"
                     "sw %5, 16($sp)\n\t"
                     "sw %6, 20($sp)\n\t"
                     "syscall\n\t"
                     "addiu $sp, $sp, 32"
                     : "+r"(v0), "+r"(a3)
                     : "r"(a0), "r"(a1), "r"(a2), "r"(e), "r"(f)
                     : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

static inline long uc_raw7(long n, long a, long b, long c, long d, long e,
                           long f, long g)
{
    UC_REG(v0, 2, n);
    UC_REG(a0, 4, a);
    UC_REG(a1, 5, b);
    UC_REG(a2, 6, c);
    UC_REG(a3, 7, d);
    __asm__ volatile("addiu $sp, $sp, -32\n\t"
                     "sw %5, 16($sp)\n\t"
                     "sw %6, 20($sp)\n\t"
                     "sw %7, 24($sp)\n\t"
                     "syscall\n\t"
                     "addiu $sp, $sp, 32"
                     : "+r"(v0), "+r"(a3)
                     : "r"(a0), "r"(a1), "r"(a2), "r"(e), "r"(f), "r"(g)
                     : UC_RAW_CLOBBERS);
    return a3 ? -v0 : v0;
}

#endif
