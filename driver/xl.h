/* SPDX-License-Identifier: BSD-2-Clause */
/* xl.h: the configuration of a domain, as xl reads it. */
#ifndef UC_XL_H
#define UC_XL_H

#include <stdbool.h>
#include <stdint.h>

#include "common.h"

/* Is it a platform whose domains xl starts? */
bool xl_starts(const char *platform);

struct xl {
    const char *name, *platform; /* xenpv, xenpvh */
    const char *kernel;          /* the image's path there */
    const char *line;            /* its command line, or NULL */
    uint64_t mib;
    const char *disk;    /* as xl's `disk` has it, or NULL */
    const char *share;   /* a folder's path there, or NULL */
    const char *monitor; /* what serves that, if not the host's own */
    bool net;
    const char *pci;   /* the device that is passed on to it, or NULL */
    const char *after; /* what is to become of it at its end, or NULL */
};

void xl_write(struct buf *b, const struct xl *x);

#endif
