/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * glue.h: between the program, newlib and the system calls.
 *
 * Everything in glue/ is compiled with the headers that programs are compiled
 * with (musl's), and gives what newlib lacks, or has with other types, numbers
 * or results: a program compiled once runs with either libc. newlib's inside
 * calls the _NAME_r functions, with its state as the first argument, which
 * nobody needs.
 */
#ifndef UC_GLUE_H
#define UC_GLUE_H

#include <uc/sys.h>

#define SYS_ARG(x) ((long)(x))

struct _reent {
    int _errno;
};
extern struct _reent uc_reent;

/* A system call's result as libc gives it: -1 and errno if it is an error. */
long uc_result(long r);

#endif
