/* SPDX-License-Identifier: BSD-2-Clause */
/* vdso.h: the system call that vdso.c stands before. */
#ifndef UC_VDSO_H
#define UC_VDSO_H

long uc_kernel_clock_gettime(long clock, long time);

#endif
