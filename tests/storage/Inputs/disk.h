/* SPDX-License-Identifier: BSD-2-Clause */
/* disk.h: the record that disk.c keeps. */
#ifndef DISK_H
#define DISK_H

#include <stdint.h>

enum {
    DISK_WRITE,
    DISK_FLUSH,
    DISK_MARK, /* by the test: what came before was acknowledged */
};

struct disk_write {
    uint64_t at; /* bytes; of a mark its number */
    uint32_t length, kind;
};

void disk_mark(uint32_t number);

#endif
