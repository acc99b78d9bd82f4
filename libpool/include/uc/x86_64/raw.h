/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of x86_64 (see uc/raw.h). */
#ifndef UC_X86_64_RAW_H
#define UC_X86_64_RAW_H

#define UC_RAW_CLOBBERS "rcx", "r11", "memory"

static inline long uc_raw0(long n)
{
    long r;
    __asm__ volatile("syscall" : "=a"(r) : "a"(n) : UC_RAW_CLOBBERS);
    return r;
}

static inline long uc_raw1(long n, long a)
{
    long r;
    __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a) : UC_RAW_CLOBBERS);
    return r;
}

static inline long uc_raw2(long n, long a, long b)
{
    long r;
    __asm__ volatile("syscall"
                     : "=a"(r)
                     : "a"(n), "D"(a), "S"(b)
                     : UC_RAW_CLOBBERS);
    return r;
}

static inline long uc_raw3(long n, long a, long b, long c)
{
    long r;
    __asm__ volatile("syscall"
                     : "=a"(r)
                     : "a"(n), "D"(a), "S"(b), "d"(c)
                     : UC_RAW_CLOBBERS);
    return r;
}

static inline long uc_raw4(long n, long a, long b, long c, long d)
{
    long r;
    register long r10 __asm__("r10") = d;
    __asm__ volatile("syscall"
                     : "=a"(r)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10)
                     : UC_RAW_CLOBBERS);
    return r;
}

static inline long uc_raw5(long n, long a, long b, long c, long d, long e)
{
    long r;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    __asm__ volatile("syscall"
                     : "=a"(r)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8)
                     : UC_RAW_CLOBBERS);
    return r;
}

static inline long uc_raw6(long n, long a, long b, long c, long d, long e,
                           long f)
{
    long r;
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(r)
                     : "a"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
                       "r"(r9)
                     : UC_RAW_CLOBBERS);
    return r;
}

#endif
