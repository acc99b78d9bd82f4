/* SPDX-License-Identifier: BSD-2-Clause */
/* perror.c: what went wrong, on stderr. */
#include <errno.h>
#include <stdio.h>
#include <string.h>

void perror(const char *what)
{
    const char *words = strerror(errno);

    if (what && *what) {
        fputs(what, stderr);
        fputs(": ", stderr);
    }
    fputs(words, stderr);
    putc('\n', stderr);
}
