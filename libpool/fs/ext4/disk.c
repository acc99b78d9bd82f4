/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disk.c: blocks to requests. Adjacent blocks that are added one after the
 * other become one request; several requests are under way at once.
 */
#include <linux/errno.h>

#include "walk.h"

enum {
    REQUESTS = 4
};

uint32_t uc_ext4_block_size;

static struct uc_block_request requests[REQUESTS];
static bool under_way[REQUESTS];
static unsigned current;  /* the one that is filled: count > 0 */
static uint64_t expected; /* the block that would continue it */
static long first_error;

static void finish(unsigned i)
{
    if (!under_way[i])
        return;
    long error = uc_block_wait(&requests[i]);
    if (error && !first_error)
        first_error = error;
    under_way[i] = false;
    requests[i].count = 0;
}

static void start_current(void)
{
    if (!requests[current].count || under_way[current])
        return;
    under_way[current] = true;
    uc_block_start(&requests[current]);
    current = (current + 1) % REQUESTS;
    finish(current);
}

void uc_ext4_io_add(enum uc_block_kind kind, uint64_t block, char *data)
{
    struct uc_block_request *r = &requests[current];

    if (r->count &&
        (r->kind != kind || block != expected || r->count == UC_BLOCK_PARTS))
        start_current();
    r = &requests[current];
    if (!r->count) {
        r->kind = kind;
        r->sector = block * (uc_ext4_block_size / UC_BLOCK_SECTOR);
    }
    r->parts[r->count].p = data;
    r->parts[r->count++].n = uc_ext4_block_size;
    expected = block + 1;
}

long uc_ext4_io_end(void)
{
    start_current();
    for (unsigned i = 0; i < REQUESTS; i++)
        finish(i);
    long error = first_error;
    first_error = 0;
    return error;
}

long uc_ext4_io_one(enum uc_block_kind kind, uint64_t block, char *data)
{
    uc_ext4_io_add(kind, block, data);
    return uc_ext4_io_end();
}

long uc_ext4_flush(void)
{
    struct uc_block_request r = {.kind = UC_BLOCK_FLUSH};

    uc_block_start(&r);
    return uc_block_wait(&r);
}
