/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dispatch.c: system calls by number. It refers to all of them: only programs
 * whose numbers are not constants reach it.
 */
#include <asm/unistd.h>
#include <uc/arch.h>
#include <uc/missing.h>

#include "core.h"

#define ARGS_0
#define ARGS_1 a[0]
#define ARGS_2 ARGS_1, a[1]
#define ARGS_3 ARGS_2, a[2]
#define ARGS_4 ARGS_3, a[3]
#define ARGS_5 ARGS_4, a[4]
#define ARGS_6 ARGS_5, a[5]
#define ARGS_7 ARGS_6, 0 /* syscall() has no more */
#define CALL(n, name)                                                          \
    case __NR_##name:                                                          \
        return uc_sys_##name(ARGS_##n);

long uc_syscall(long number, long a[6])
{
    switch (number) {
#define SYS(n, name) CALL(n, name)
#define SYS_FILE(n, name) CALL(n, name)
#include <uc/sys.def>
#define SYS_OLD(n, name) UC_OLD(CALL, n, name)
#define SYS_FILE_OLD(n, name) UC_OLD(CALL, n, name)
#define SYS_32(n, name) UC_32(CALL, n, name)
#define SYS_FILE_32(n, name) UC_32(CALL, n, name)
#include <uc/sys.def>
    default:
        return -ENOSYS;
    }
}
