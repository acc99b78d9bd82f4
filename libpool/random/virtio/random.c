/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * random.c: virtio-rng (Virtio 1.0, 5.4): the device fills what it is given,
 * or a part of it. A machine without the device has what the platform knows.
 */
#include <linux/errno.h>
#include <uc/lock.h>
#include <uc/platform.h>
#include <uc/random.h>
#include <uc/virtio.h>

enum {
    QUEUE_SIZE = 8,
    MOST = 4096, /* bytes at a time: two pieces */
};

struct request {
    uint32_t written;
    bool done, failed;
};

static struct uc_virtio *device;
static struct uc_virtqueue queue;
static struct uc_queue changes; /* woken when requests are done */

static struct uc_virtio *find(void)
{
    struct uc_virtio *v = uc_virtio_find(UC_VIRTIO_RANDOM, 0);

    if (!v || uc_virtio_begin(v, 0) ||
        uc_virtio_queue(v, 0, QUEUE_SIZE, &queue))
        return NULL;
    uc_virtio_ready(v);
    return v;
}

uint64_t uc_random_poll(void);

static void look_again(void)
{
    uc_wait_quietly(&changes);
    uc_random_poll(); /* a pending signal ends waits at once */
}

/* How many bytes of [p, p + n) the device has filled; 0: it failed. */
static uint32_t fill(char *p, uint32_t n)
{
    struct uc_virtio_part part = {p, n, true};
    struct request r = {0};
    int error;

    while ((error = uc_virtqueue_add(&queue, &part, 1, &r)) == -ENOBUFS)
        look_again();
    if (error)
        return 0;
    uc_virtqueue_kick(&queue);
    while (!r.done)
        look_again();
    return r.failed ? 0 : r.written;
}

int uc_random(void *p, size_t n)
{
    static bool looked;
    char *s = p;

    if (!looked)
        device = find();
    looked = true;
    if (!device)
        return uc_plat_random(p, n);
    while (n) {
        uint32_t done = fill(s, n < MOST ? (uint32_t)n : MOST);
        if (!done)
            return -EIO;
        s += done;
        n -= done;
    }
    return 0;
}

static void finish(struct request *r, uint32_t written, bool failed)
{
    r->written = written;
    r->failed = failed;
    r->done = true;
    uc_queue_wake(&changes);
}

uint64_t uc_random_poll(void)
{
    struct request *r;
    uint32_t written;

    if (!device)
        return UINT64_MAX;
    uc_virtio_poll(device);
    while ((r = uc_virtqueue_take(&queue, &written)))
        finish(r, written, false);
    while (device->off && (r = uc_virtqueue_abandon(&queue)))
        finish(r, 0, true);
    return UINT64_MAX;
}
