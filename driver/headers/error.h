/* SPDX-License-Identifier: BSD-2-Clause */
/* error.h: glibc's error(), in the program itself: its counters and its words
 * are per file here, which nobody that only calls it can tell. */
#ifndef _ERROR_H
#define _ERROR_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern char *program_invocation_name;

static inline __attribute__((__format__(__printf__, 3, 4))) void
error(int status, int number, const char *words, ...)
{
    va_list list;

    fflush(stdout);
    fprintf(stderr, "%s: ", program_invocation_name);
    va_start(list, words);
    vfprintf(stderr, words, list);
    va_end(list);
    if (number)
        fprintf(stderr, ": %s", strerror(number));
    putc('\n', stderr);
    if (status)
        exit(status);
}

#endif
