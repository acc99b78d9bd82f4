/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * raw_first.h: uc_raw0 to uc_raw6 where the kernel's result comes in the
 * register of the first argument. Included by an architecture's raw.h, after
 * it has defined
 *
 *   UC_RAW          the instructions; %1 is the number
 *   UC_RAW_NUMBER   (n): declares `number`, where UC_RAW wants it
 *   UC_RAW_A ... F  the registers' names
 *   UC_RAW_CLOBBERS
 */
#ifndef UC_RAW_FIRST_H
#define UC_RAW_FIRST_H

#define UC_RAW_IN(name, in, value) register long name __asm__(in) = value
#define UC_RAW_CALL(...)                                                       \
    __asm__ volatile(UC_RAW : "+r"(ra) : __VA_ARGS__ : UC_RAW_CLOBBERS)

static inline long uc_raw0(long n)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, 0);
    UC_RAW_CALL("r"(number));
    return ra;
}

static inline long uc_raw1(long n, long a)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, a);
    UC_RAW_CALL("r"(number));
    return ra;
}

static inline long uc_raw2(long n, long a, long b)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, a);
    UC_RAW_IN(rb, UC_RAW_B, b);
    UC_RAW_CALL("r"(number), "r"(rb));
    return ra;
}

static inline long uc_raw3(long n, long a, long b, long c)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, a);
    UC_RAW_IN(rb, UC_RAW_B, b);
    UC_RAW_IN(rc, UC_RAW_C, c);
    UC_RAW_CALL("r"(number), "r"(rb), "r"(rc));
    return ra;
}

static inline long uc_raw4(long n, long a, long b, long c, long d)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, a);
    UC_RAW_IN(rb, UC_RAW_B, b);
    UC_RAW_IN(rc, UC_RAW_C, c);
    UC_RAW_IN(rd, UC_RAW_D, d);
    UC_RAW_CALL("r"(number), "r"(rb), "r"(rc), "r"(rd));
    return ra;
}

static inline long uc_raw5(long n, long a, long b, long c, long d, long e)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, a);
    UC_RAW_IN(rb, UC_RAW_B, b);
    UC_RAW_IN(rc, UC_RAW_C, c);
    UC_RAW_IN(rd, UC_RAW_D, d);
    UC_RAW_IN(re, UC_RAW_E, e);
    UC_RAW_CALL("r"(number), "r"(rb), "r"(rc), "r"(rd), "r"(re));
    return ra;
}

static inline long uc_raw6(long n, long a, long b, long c, long d, long e,
                           long f)
{
    UC_RAW_NUMBER(n);
    UC_RAW_IN(ra, UC_RAW_A, a);
    UC_RAW_IN(rb, UC_RAW_B, b);
    UC_RAW_IN(rc, UC_RAW_C, c);
    UC_RAW_IN(rd, UC_RAW_D, d);
    UC_RAW_IN(re, UC_RAW_E, e);
    UC_RAW_IN(rf, UC_RAW_F, f);
    UC_RAW_CALL("r"(number), "r"(rb), "r"(rc), "r"(rd), "r"(re), "r"(rf));
    return ra;
}

#endif
