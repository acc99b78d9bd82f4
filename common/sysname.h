/* SPDX-License-Identifier: BSD-2-Clause */
/* sysname.h: names of Linux system calls. */
#ifndef UC_SYSNAME_H
#define UC_SYSNAME_H

/* `read` for 0 on x86_64; NULL: no such number, or no table for arch. */
const char *sysname(const char *arch, long long number);
/* The number of ENOSYS. */
int sysname_enosys(const char *arch);

#endif
