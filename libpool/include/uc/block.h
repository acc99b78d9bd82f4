/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * block.h: the contract of role block: one disk, in sectors of 512 bytes.
 *
 * Requests are started and waited for, so that several can be under way; they
 * may be done in any order. While one waits other threads run, signals are not
 * delivered. A request is the caller's memory, as are its parts, and stays
 * where it is until it has been waited for. Errors are -errno.
 *
 * What was written is on the disk for good when a flush that was started after
 * it was done is done.
 */
#ifndef UC_BLOCK_H
#define UC_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    UC_BLOCK_SECTOR = 512,
    UC_BLOCK_PARTS = 32 /* of a request, each within a page */
};

enum uc_block_kind {
    UC_BLOCK_READ,
    UC_BLOCK_WRITE,
    UC_BLOCK_FLUSH
};

struct uc_block_part {
    void *p;
    uint32_t n; /* whole sectors */
};

struct uc_block_request {
    enum uc_block_kind kind;
    uint64_t sector;
    struct uc_block_part parts[UC_BLOCK_PARTS];
    unsigned count;
    bool done;   /* the driver's, as all that follows */
    long result; /* 0 or -errno */
    struct {
        uint32_t type, priority;
        uint64_t sector;
    } head;
    uint8_t status;
};

struct uc_block {
    uint64_t sectors;
    bool read_only;
};

/* Finds the disk, the first time: -ENODEV: there is none. */
int uc_block_open(struct uc_block *b);
void uc_block_start(struct uc_block_request *r);
long uc_block_wait(struct uc_block_request *r);

#endif
