/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * error.c: messages to people, in one form in every tool:
 *
 *     unicore-specialize: error: redis: needs fork, which ...
 *     >>> called by rdb.c:1409 in rdbSaveBackground
 *     note: without --strict the call returns ENOSYS
 *
 * progress() keeps one line up to date on a terminal; any message first
 * clears it. Into a pipe it writes nothing.
 */
#include "common.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *prog = "unicore";
bool error_syntax;
int verbosity;
static bool line_open;

void progress_end(void)
{
    if (line_open)
        fputs("\r\033[K", stderr);
    line_open = false;
}

void progress(const char *fmt, ...)
{
    static int tty = -1;
    char line[512];
    va_list ap;

    if (tty < 0)
        tty = isatty(2);
    if (!tty || verbosity < 0)
        return;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    fprintf(stderr, "\r\033[K%.100s", line);
    fflush(stderr);
    line_open = true;
}

static void message(const char *kind, const char *fmt, va_list ap)
{
    progress_end();
    fflush(stdout);
    if (kind[0] != '>' && strcmp(kind, "note: ") != 0)
        fprintf(stderr, "%s: ", prog);
    fputs(kind, stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
}

#define MESSAGE(kind)                                                          \
    do {                                                                       \
        va_list ap;                                                            \
        va_start(ap, fmt);                                                     \
        message(kind, fmt, ap);                                                \
        va_end(ap);                                                            \
    } while (0)

void error(const char *fmt, ...)
{
    error_syntax = true;
    MESSAGE("error: ");
}

void warn(const char *fmt, ...)
{
    MESSAGE("warning: ");
}

void note(const char *fmt, ...)
{
    MESSAGE("note: ");
}

void evidence(const char *fmt, ...)
{
    MESSAGE(">>> ");
}

void die(const char *fmt, ...)
{
    MESSAGE("error: ");
    exit(1);
}

void die_ours(const char *fmt, ...)
{
    MESSAGE("internal error: ");
    exit(2);
}
