/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * blkfront against a back end that does what it should, in any order, with and
 * without indirect descriptors and flushes: what is read is what was written.
 * Then against one that does not: answers of requests that are not open, indices
 * that cannot be, contents that change. Every request ends, nothing outside of
 * its memory is touched, and the device says once that it is off.
 * RUN: sh %S/Inputs/build.sh %root %t %s %root/libpool/block/xen/block.c
 * RUN: for mode in 0 1 2 3 4 5; do %t $mode; done | FileCheck %s
 * CHECK: direct: [[#]] requests, the same
 * CHECK: indirect 32 flush: [[#]] requests, the same
 * CHECK: indirect 256 barrier: [[#]] requests, the same
 * CHECK: wrong answers: [[#]] requests ended, off 1
 * CHECK: wrong indices: [[#]] requests ended, off 1
 * CHECK: gone: [[#]] requests ended, off 1
 */
#include "back.h"

#include <uc/block.h>
#include <xen/grant_table.h>
#include <xen/io/blkif.h>

enum {
    SECTORS = 4096,
    OPEN = 6,
    ROUNDS = 4000,
    AREA = UC_BLOCK_PARTS * UC_PAGE
};

uint64_t uc_block_poll(void);

static const char *const names[] = {"direct", "indirect 32 flush",
                                    "indirect 256 barrier", "wrong answers",
                                    "wrong indices", "gone"};
static unsigned mode;
static uint8_t disk[SECTORS][UC_BLOCK_SECTOR];
static struct blkif_sring *ring;
static uint32_t seen, answered;
static struct {
    uint64_t id;
    int16_t status;
} todo[32];
static unsigned todo_count;
static long flushes;

static int16_t move(const struct blkif_request_segment *seg, unsigned n,
                    unsigned op, uint64_t sector)
{
    for (unsigned i = 0; i < n; i++) {
        char *page = back_page(seg[i].gref, op == BLKIF_OP_READ);
        MUST(page && seg[i].first_sect <= seg[i].last_sect &&
             seg[i].last_sect < 8);
        for (unsigned s = seg[i].first_sect; s <= seg[i].last_sect; s++) {
            MUST(sector < SECTORS);
            char *at = page + s * UC_BLOCK_SECTOR;
            if (op == BLKIF_OP_READ)
                memcpy(at, disk[sector++], UC_BLOCK_SECTOR);
            else
                memcpy(disk[sector++], at, UC_BLOCK_SECTOR);
        }
    }
    return BLKIF_RSP_OKAY;
}

static int16_t serve(const blkif_request_t *q)
{
    const blkif_request_indirect_t *in = (const void *)q;

    switch (q->operation) {
    case BLKIF_OP_READ:
    case BLKIF_OP_WRITE:
        MUST(q->nr_segments <= BLKIF_MAX_SEGMENTS_PER_REQUEST);
        return move(q->seg, q->nr_segments, q->operation, q->sector_number);
    case BLKIF_OP_INDIRECT:
        MUST(mode && in->nr_segments <= UC_BLOCK_PARTS);
        return move((void *)back_page(in->indirect_grefs[0], false),
                    in->nr_segments, in->indirect_op, in->sector_number);
    case BLKIF_OP_FLUSH_DISKCACHE:
    case BLKIF_OP_WRITE_BARRIER:
        MUST((q->operation == BLKIF_OP_FLUSH_DISKCACHE) == (mode != 2));
        flushes++;
        return BLKIF_RSP_OKAY;
    }
    return BLKIF_RSP_EOPNOTSUPP;
}

static void take_all(void)
{
    for (; seen != ring->req_prod; seen++) {
        blkif_request_t q = ring->ring[seen % 32].req;
        uint64_t id = q.operation == BLKIF_OP_INDIRECT
                          ? ((blkif_request_indirect_t *)&q)->id
                          : q.id;
        MUST(todo_count < 32);
        todo[todo_count].id = id;
        todo[todo_count++].status = serve(&q);
    }
    ring->req_event = seen + 1;
}

static void answer_one(void)
{
    unsigned i = chance(todo_count);
    blkif_response_t *a = &ring->ring[answered++ % 32].rsp;

    a->id = todo[i].id;
    a->status = todo[i].status;
    if (mode == 3 && !chance(400))
        a->id = chance(2) ? chance(64) : (uint64_t)chance(1000) << 32;
    if (mode == 3 && !chance(10))
        a->status = (int16_t)chance(65536);
    todo[i] = todo[--todo_count];
}

void back_run(void)
{
    static int calls;

    if (!ring)
        ring = (void *)back_page((uint32_t)back_node("ring-ref"), true);
    take_all();
    for (unsigned n = chance(4); n && todo_count && !back_gone; n--)
        answer_one();
    ring->rsp_prod = answered;
    calls++;
    if (mode == 4 && !chance(300))
        ring->rsp_prod = answered + 1 + chance(1u << 31);
    if (mode >= 3)
        ring->req_event = chance(1000);
    back_gone = mode == 5 && calls > 500;
}

struct request {
    struct uc_block_request r;
    char *memory; /* of another alignment each time */
    uint8_t *expected;
    unsigned n;
};

static uint8_t model[SECTORS][UC_BLOCK_SECTOR];

static void begin(struct request *q, unsigned lane)
{
    struct uc_block_request *r = &q->r;
    unsigned left, most = SECTORS / OPEN;
    char *p;

    memset(r, 0, sizeof *r);
    r->kind = chance(8) ? chance(2) : UC_BLOCK_FLUSH;
    r->sector = lane * most + chance(most / 2); /* nobody else's */
    q->n = 1 + chance(200);
    q->memory = p = malloc(AREA * 2);
    p += chance(64);
    for (left = q->n; left && r->count < UC_BLOCK_PARTS;) {
        unsigned part = 1 + chance(left < 8 ? left : 8);
        r->parts[r->count].p = p;
        r->parts[r->count++].n = part * UC_BLOCK_SECTOR;
        p += part * UC_BLOCK_SECTOR + chance(40);
        left -= part;
    }
    q->n -= left;
    for (unsigned i = 0; r->kind == UC_BLOCK_WRITE && i < r->count; i++)
        for (unsigned k = 0; k < r->parts[i].n; k++)
            ((uint8_t *)r->parts[i].p)[k] = (uint8_t)chance(256);
    uc_block_start(r);
}

static void end(struct request *q, bool strict)
{
    struct uc_block_request *r = &q->r;
    uint64_t at = r->sector;
    long result = uc_block_wait(r);

    MUST(r->done);
    MUST(!strict || !result);
    for (unsigned i = 0; strict && r->kind != UC_BLOCK_FLUSH && i < r->count;
         i++)
        for (unsigned k = 0; k < r->parts[i].n; k += UC_BLOCK_SECTOR, at++) {
            char *p = (char *)r->parts[i].p + k;
            if (r->kind == UC_BLOCK_WRITE)
                memcpy(model[at], p, UC_BLOCK_SECTOR);
            else
                MUST(!memcmp(model[at], p, UC_BLOCK_SECTOR));
        }
    free(q->memory);
}

int main(int argc, char **argv)
{
    static const uint64_t indirect[] = {0, 32, 256, 32, 256, 0};
    struct uc_block b;
    static struct request open[OPEN];
    long ended = 0;

    mode = argc > 1 ? (unsigned)atoi(argv[1]) : 0;
    const struct back_number numbers[] = {
        {"sectors", SECTORS},
        {"feature-max-indirect-segments", indirect[mode]},
        {"feature-flush-cache", mode == 1 || mode > 2},
        {"feature-barrier", mode == 2},
        {NULL, 0}};
    back_numbers = numbers;
    MUST(!uc_block_open(&b) && b.sectors == SECTORS && !b.read_only);
    for (int i = 0; i < ROUNDS; i++) {
        for (unsigned k = 0; k < OPEN; k++)
            begin(&open[k], k);
        for (unsigned k = 0; k < OPEN; k++)
            end(&open[k], mode < 3);
        ended += OPEN;
        uc_block_poll();
    }
    MUST(mode >= 3 || (!memcmp(model, disk, sizeof disk) && !back_logs));
    MUST(mode < 3 || back_logs == 1);
    MUST((mode == 0) == !flushes);
    printf("%s: %ld requests%s\n", names[mode], ended,
           mode < 3 ? ", the same" : " ended, off 1");
    return 0;
}
