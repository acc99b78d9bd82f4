/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sys.h: the border between libc and the role posix.
 *
 * One function for each Linux system call, `long uc_sys_NAME(long...)`, with
 * the kernel's arguments in the kernel's order, pointers passed as long.
 * Returns what the kernel returns: a result or -errno. Structures are the
 * kernel's (<linux/...>, <asm/...>) for the architecture. A call that no
 * picked component defines is bound to -ENOSYS by the linker.
 *
 * uc_syscall is the same by number, for programs whose numbers are not
 * constants.
 */
#ifndef UC_SYS_H
#define UC_SYS_H

#define UC_SYS_PARAMS_0 void
#define UC_SYS_PARAMS_1 long a
#define UC_SYS_PARAMS_2 UC_SYS_PARAMS_1, long b
#define UC_SYS_PARAMS_3 UC_SYS_PARAMS_2, long c
#define UC_SYS_PARAMS_4 UC_SYS_PARAMS_3, long d
#define UC_SYS_PARAMS_5 UC_SYS_PARAMS_4, long e
#define UC_SYS_PARAMS_6 UC_SYS_PARAMS_5, long f
#define UC_SYS_PARAMS_7 UC_SYS_PARAMS_6, long g

/* Pasted at once: a libc may have a macro of the call's name. */
#define SYS(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_OLD(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_FILE(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_FILE_OLD(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_WAIT(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_OLD_WAIT(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_FILE_WAIT(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_FILE_OLD_WAIT(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_32(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#define SYS_FILE_32(n, name) long uc_sys_##name(UC_SYS_PARAMS_##n);
#include <uc/sys.def>

/* Newer than the tables of musl, which calls it by this name. */
long uc_sys_fchmodat2(UC_SYS_PARAMS_4);

long uc_syscall(long number, long a[6]);

#endif
