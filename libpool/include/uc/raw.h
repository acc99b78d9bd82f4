/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * raw.h: Linux system calls as instructions, for what runs as a Linux
 * process: uc_raw0(number) to uc_raw6(number, a, ..., f), each returning the
 * kernel's result or -errno.
 */
#ifndef UC_RAW_H
#define UC_RAW_H

#include <uc/config.h>
#include <uc/missing.h>
#include <uc/thread.h>

#if defined(__x86_64__)
#include <uc/x86_64/raw.h>
#elif defined(__aarch64__)
#include <uc/aarch64/raw.h>
#elif defined(__arm__)
#include <uc/arm/raw.h>
#elif defined(__mips__)
#include <uc/mips/raw.h>
#elif defined(__riscv)
#include <uc/riscv64/raw.h>
#else
#error "no system call instruction for this architecture"
#endif

/* Defines uc_sys_name (uc/sys.h) as the system call itself. */
#define UC_FORWARD(n, name)                                                    \
    long uc_sys_##name(UC_SYS_PARAMS_##n)                                      \
    {                                                                          \
        return uc_raw##n(UC_FORWARD_##n(__NR_##name));                         \
    }
/* The same for one that pthread_cancel may end, in posix/linux cancel.S. */
#define UC_FORWARD_WAIT(n, name)                                               \
    long uc_sys_##name(UC_SYS_PARAMS_##n)                                      \
    {                                                                          \
        if (CFG_CANCEL && uc_cancel)                                           \
            return uc_cancelable(&uc_cancel,                                   \
                                 UC_FORWARD_##n(__NR_##name) UC_ZEROS_##n);    \
        return uc_raw##n(UC_FORWARD_##n(__NR_##name));                         \
    }
#define UC_FORWARD_0(number) number
#define UC_FORWARD_1(number) UC_FORWARD_0(number), a
#define UC_FORWARD_2(number) UC_FORWARD_1(number), b
#define UC_FORWARD_3(number) UC_FORWARD_2(number), c
#define UC_FORWARD_4(number) UC_FORWARD_3(number), d
#define UC_FORWARD_5(number) UC_FORWARD_4(number), e
#define UC_FORWARD_6(number) UC_FORWARD_5(number), f
#define UC_FORWARD_7(number) UC_FORWARD_6(number), g
#define UC_ZEROS_6
#define UC_ZEROS_5 , 0
#define UC_ZEROS_4 , 0, 0
#define UC_ZEROS_3 , 0, 0, 0
#define UC_ZEROS_2 , 0, 0, 0, 0
#define UC_ZEROS_1 , 0, 0, 0, 0, 0
#define UC_ZEROS_0 , 0, 0, 0, 0, 0, 0

long uc_cancelable(volatile int *state, long number, long a, long b, long c,
                   long d, long e, long f);

#endif
