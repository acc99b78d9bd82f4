/* SPDX-License-Identifier: BSD-2-Clause */
/* input.h: what unicore-run makes of standard input on a serial line. */
#ifndef UC_INPUT_H
#define UC_INPUT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The line carries bytes and an end: DLE takes the next byte as it is, EOT is
 * the end of input, SYN is nothing.
 */
struct uc_input {
    bool ended, escaped;
};

/* Stores the bytes that n of the line stand for: how many. */
static inline size_t uc_input_decode(struct uc_input *in, char *to,
                                     const char *from, size_t n)
{
    enum {
        EOT = 4,
        DLE = 16,
        SYN = 22
    };
    size_t got = 0;

    for (size_t i = 0; i < n; i++) {
        char c = from[i];
        if (in->escaped || (c != EOT && c != DLE && c != SYN)) {
            to[got++] = c;
            in->escaped = false;
        } else {
            in->ended |= c == EOT;
            in->escaped = c == DLE;
        }
    }
    return got;
}

#endif
