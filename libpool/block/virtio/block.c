/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * block.c: virtio-blk (Virtio 1.0, 5.2). A device with a write cache has the
 * feature FLUSH, and keeps what it was told only after that; one without it
 * keeps it at once.
 */
#include <linux/errno.h>
#include <uc/block.h>
#include <uc/endian.h>
#include <uc/lock.h>
#include <uc/virtio.h>

enum {
    FEATURE_READ_ONLY = 5,
    FEATURE_FLUSH = 9,
    TYPE_READ = 0,
    TYPE_WRITE = 1,
    TYPE_FLUSH = 4,
    STATUS_GOOD = 0,
    STATUS_UNKNOWN = 2, /* the device knows no such request */
    QUEUE_SIZE = 128,
    HEAD_SIZE = 16,
    NOT_ANSWERED = 0xff,
};

static struct uc_virtio *device;
static struct uc_virtqueue queue;
static struct uc_queue changes; /* woken when requests are done */

int uc_block_open(struct uc_block *b)
{
    if (!device) {
        struct uc_virtio *v = uc_virtio_find(UC_VIRTIO_BLOCK, 0);
        if (!v)
            return -ENODEV;
        int error =
            uc_virtio_begin(v, 1 << FEATURE_READ_ONLY | 1 << FEATURE_FLUSH);
        if (!error)
            error = uc_virtio_queue(v, 0, QUEUE_SIZE, &queue);
        if (error)
            return error;
        uc_virtio_ready(v);
        device = v;
    }
    uc_virtio_config(device, 0, &b->sectors, sizeof b->sectors);
    b->sectors = uc_le64(b->sectors);
    b->read_only = device->features >> FEATURE_READ_ONLY & 1;
    return 0;
}

static void finish(struct uc_block_request *r, long result)
{
    r->result = result;
    r->done = true;
}

uint64_t uc_block_poll(void);

/* A signal that is pending ends waits at once: then this looks all the time. */
static void wait_for(struct uc_queue *q)
{
    uc_wait_quietly(q);
    uc_block_poll();
}

static size_t put_parts(struct uc_block_request *r,
                        struct uc_virtio_part parts[UC_BLOCK_PARTS + 2])
{
    static const uint32_t types[] = {TYPE_READ, TYPE_WRITE, TYPE_FLUSH};
    size_t n = 0;

    r->head.type = uc_le32(types[r->kind]);
    r->head.priority = 0;
    r->head.sector = r->kind == UC_BLOCK_FLUSH ? 0 : uc_le64(r->sector);
    r->status = NOT_ANSWERED;
    parts[n++] = (struct uc_virtio_part){&r->head, HEAD_SIZE, false};
    for (unsigned i = 0; i < r->count && r->kind != UC_BLOCK_FLUSH; i++)
        parts[n++] = (struct uc_virtio_part){r->parts[i].p, r->parts[i].n,
                                             r->kind == UC_BLOCK_READ};
    parts[n++] = (struct uc_virtio_part){&r->status, 1, true};
    return n;
}

void uc_block_start(struct uc_block_request *r)
{
    struct uc_virtio_part parts[UC_BLOCK_PARTS + 2];
    bool flushes = device->features >> FEATURE_FLUSH & 1;
    size_t n = put_parts(r, parts);
    int error;

    r->done = false;
    if (r->kind == UC_BLOCK_FLUSH && !flushes) {
        finish(r, 0);
        return;
    }
    while ((error = uc_virtqueue_add(&queue, parts, n, r)) == -ENOBUFS)
        wait_for(&changes);
    if (error)
        finish(r, error);
    uc_virtqueue_kick(&queue);
}

long uc_block_wait(struct uc_block_request *r)
{
    while (!r->done)
        wait_for(&changes);
    return r->result;
}

static long result_of(const struct uc_block_request *r)
{
    if (r->status == STATUS_GOOD)
        return 0;
    return r->status == STATUS_UNKNOWN ? -EOPNOTSUPP : -EIO;
}

uint64_t uc_block_poll(void)
{
    struct uc_block_request *r;
    uint32_t written;
    bool any = false;

    if (!device)
        return UINT64_MAX;
    uc_virtio_poll(device);
    while ((r = uc_virtqueue_take(&queue, &written))) {
        finish(r, result_of(r));
        any = true;
    }
    while (device->off && (r = uc_virtqueue_abandon(&queue))) {
        finish(r, -EIO);
        any = true;
    }
    if (any)
        uc_queue_wake(&changes);
    return UINT64_MAX;
}
