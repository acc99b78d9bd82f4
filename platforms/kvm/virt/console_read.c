/* SPDX-License-Identifier: BSD-2-Clause */
/* console_read.c: input, byte by byte as the line has it (console.h). */
#include <linux/errno.h>
#include <uc/input.h>
#include <uc/platform.h>

#include "console.h"

static bool started;
static struct uc_input input;

static void start(bool interrupts)
{
    if (!started)
        console_start(interrupts);
    started = true;
}

/* Up to n bytes of what is there. */
static size_t take(char *p, size_t n)
{
    size_t got = 0;

    while (got < n && !input.ended && console_has()) {
        char c = console_take();
        got += uc_input_decode(&input, p + got, &c, 1);
    }
    return got;
}

long uc_plat_console_read(void *p, size_t n)
{
    size_t got = 0;

    start(false);
    while (!got && n && !input.ended)
        got = take(p, n);
    return (long)got;
}

long uc_plat_console_try(void *p, size_t n)
{
    size_t got;

    start(true);
    console_look();
    got = take(p, n);
    return got || input.ended ? (long)got : -EAGAIN;
}
