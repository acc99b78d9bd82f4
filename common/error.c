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
#define _GNU_SOURCE
#include "common.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *prog = "unicore";
bool error_syntax;
int verbosity;
static bool line_open;
static int terminal = 2, is_terminal = -1;

static void put(int fd, const struct buf *b)
{
    fflush(stderr);
    for (size_t at = 0; at < b->n;) {
        ssize_t n = write(fd, b->p + at, b->n - at);
        if (n <= 0)
            return;
        at += (size_t)n;
    }
}

void progress_on(int fd)
{
    terminal = fd;
    is_terminal = -1;
}

void progress_end(void)
{
    static const char clear[] = "\r\033[K";

    if (line_open)
        put(terminal, &(struct buf){KEY(clear), sizeof clear - 1, 0});
    line_open = false;
}

void progress(const char *fmt, ...)
{
    char line[512];
    struct buf b = {0};
    va_list ap;

    if (is_terminal < 0)
        is_terminal = isatty(terminal);
    if (!is_terminal || verbosity < 0)
        return;
    va_start(ap, fmt);
    vsnprintf(line, sizeof line, fmt, ap);
    va_end(ap);
    buf_printf(&b, "\r\033[K%.100s", line);
    put(terminal, &b);
    buf_free(&b);
    line_open = true;
}

/* In one write, so that processes do not write into each other's lines. */
static void message(const char *kind, const char *fmt, va_list ap)
{
    struct buf b = {0};
    char *text = NULL;

    progress_end();
    fflush(stdout);
    if (kind[0] != '>' && strcmp(kind, "note: ") != 0)
        buf_printf(&b, "%s: ", prog);
    if (vasprintf(&text, fmt, ap) < 0)
        text = NULL;
    buf_printf(&b, "%s%s\n", kind, text ? text : fmt);
    put(2, &b);
    buf_free(&b);
    free(text);
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
