/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * share.h: the contract of role share: a folder of the host's, by messages of
 * 9P. One request is under way at a time, which the caller sees to; while it
 * waits for the answer other threads run, signals are not delivered. A device
 * that breaks the rules is off, with a line on the log. Errors are -errno.
 */
#ifndef UC_SHARE_H
#define UC_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    UC_SHARE_PARTS = 4
};

/* A piece of a message: memory of any length. */
struct uc_share_part {
    const void *p;
    uint32_t n;
    bool in; /* of the answer; such parts come last */
};

/* Bytes of the longest message; -ENODEV: there is no shared folder. */
long uc_share_open(void);
/*
 * The request, which begins with its length, and its answer: how many bytes of
 * the answer's parts are filled, never more than they have. -EIO.
 */
long uc_share_exchange(const struct uc_share_part *parts, size_t n);

#endif
