/* SPDX-License-Identifier: BSD-2-Clause */
/* share.c: the queue of a virtio-9p device (Virtio 1.2, 5.13). */
#include <linux/errno.h>
#include <uc/lock.h>
#include <uc/mem.h>
#include <uc/share.h>
#include <uc/virtio.h>

enum {
    QUEUE_SIZE = 64, /* descriptors: a page each, and some for the rest */
    MOST = 65536 + UC_PAGE,
};

static struct uc_virtio *device;
static struct uc_virtqueue queue;
static struct uc_queue answered;
static uint32_t length;
static bool done;

uint64_t uc_share_poll(void)
{
    uint32_t written;

    if (!device)
        return UINT64_MAX;
    uc_virtio_poll(device);
    while (uc_virtqueue_take(&queue, &written)) {
        length = written;
        done = true;
    }
    while (device->off && uc_virtqueue_abandon(&queue)) {
        length = 0;
        done = true;
    }
    if (done)
        uc_queue_wake(&answered);
    return UINT64_MAX;
}

long uc_share_exchange(const struct uc_share_part *parts, size_t n)
{
    struct uc_virtio_part same[UC_SHARE_PARTS];

    for (size_t i = 0; i < n; i++)
        same[i] = (struct uc_virtio_part){parts[i].p, parts[i].n, parts[i].in};
    done = false;
    if (uc_virtqueue_add(&queue, same, n, &queue))
        return -EIO;
    uc_virtqueue_kick(&queue);
    while (!done) {
        uc_wait_quietly(&answered);
        uc_share_poll();
    }
    return length;
}

long uc_share_open(void)
{
    struct uc_virtio *v = uc_virtio_find(UC_VIRTIO_9P, 0);

    if (!v)
        return -ENODEV;
    long error = uc_virtio_begin(v, 0);
    if (!error)
        error = uc_virtio_queue(v, 0, QUEUE_SIZE, &queue);
    if (error)
        return error;
    uc_virtio_ready(v);
    device = v;
    return MOST;
}
