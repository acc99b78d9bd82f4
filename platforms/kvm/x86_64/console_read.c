/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_read.c: input. The line carries bytes and an end: DLE takes the
 * next byte as it is, EOT is the end of input, SYN is nothing.
 */
#include <stdbool.h>
#include <uc/platform.h>

#include "console.h"

enum {
    EOT = 4,
    DLE = 16,
    SYN = 22
};

long uc_plat_console_read(void *p, size_t n)
{
    static bool ended, escaped;
    char *s = p;
    size_t got = 0;

    com1_start();
    while (got < n && !ended) {
        if (!(in8(COM1_STATUS) & RECEIVED)) {
            if (got)
                break;
            cpu_pause();
            continue;
        }
        char c = (char)in8(COM1);
        if (escaped || (c != EOT && c != DLE && c != SYN)) {
            s[got++] = c;
            escaped = false;
        } else {
            ended = c == EOT;
            escaped = c == DLE;
        }
    }
    return (long)got;
}
