/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio.h: devices as Virtio 1.0 has them, for drivers. A driver's start:
 *
 *     v = uc_virtio_find(UC_VIRTIO_BLOCK, 0);
 *     uc_virtio_begin(v, features);    // v->features: those agreed on
 *     uc_virtio_queue(v, 0, 64, &q);   // each queue
 *     uc_virtio_ready(v);
 *
 * Its poll step calls uc_virtio_poll(v), then takes what is in its queues; the
 * last uc_virtqueue_take, which gives NULL, makes the device end a halt when it
 * has more. A device that breaks the rules is reset, with a line on the log:
 * v->off is then true, queues give nothing more and take nothing.
 *
 * None of the calls blocks. Errors are -errno.
 */
#ifndef UC_VIRTIO_H
#define UC_VIRTIO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { /* types of devices */
    UC_VIRTIO_NET = 1,
    UC_VIRTIO_BLOCK = 2,
    UC_VIRTIO_RANDOM = 4,
    UC_VIRTIO_9P = 9,
};

enum { /* features by the number of their bit; the others are the driver's */
    UC_VIRTIO_EVENTS = 29,
};

enum {
    UC_VIRTQUEUE_MOST = 256 /* descriptors of a queue */
};

struct uc_virtio_transport;

struct uc_virtio {
    const struct uc_virtio_transport *transport;
    volatile char *registers, *config, *isr, *notify;
    uint32_t config_size, notify_step, notify_size;
    uint32_t type;
    bool messages; /* interrupts are messages: nothing to acknowledge */
    bool off;
    uint64_t features;
};

struct uc_virtqueue {
    struct uc_virtio *device;
    volatile char *notify;
    struct uc_virtq_desc *desc; /* with those below, what the device sees */
    struct uc_virtq_avail *avail;
    struct uc_virtq_used *used;
    struct uc_virtq_slot *slots; /* one for each descriptor */
    uint16_t index, size;
    uint16_t first_free, free; /* list, and number of descriptors in it */
    uint16_t added, kicked, seen;
};

/* One piece of a request: memory of any length, crossing pages as it likes. */
struct uc_virtio_part {
    const void *p;
    uint32_t n;
    bool in; /* the device writes it; such parts come last */
};

/* ---- devices ---- */

/* Device number n, from 0, of a type; NULL: there is none. */
struct uc_virtio *uc_virtio_find(unsigned type, unsigned n);
/* Resets it and agrees on features: those wanted that it has. */
int uc_virtio_begin(struct uc_virtio *v, uint64_t wanted);
/* Sets up queue `index` with a power of two of descriptors, at most `most`. */
int uc_virtio_queue(struct uc_virtio *v, unsigned index, unsigned most,
                    struct uc_virtqueue *q);
void uc_virtio_ready(struct uc_virtio *v);
/* Reads n bytes of its configuration; what it does not have is zero. Numbers
 * are little-endian: uc/endian.h. */
void uc_virtio_config(struct uc_virtio *v, unsigned offset, void *p, size_t n);
/* Acknowledges its interrupt. */
void uc_virtio_poll(struct uc_virtio *v);
/* Resets it for good and logs why. */
void uc_virtio_fail(struct uc_virtio *v, const char *why);

/* ---- queues ---- */

/*
 * Adds one request. `token`, not NULL, comes back with the answer. 0; -ENOBUFS:
 * not enough descriptors are free (one for each part and page, less where pages
 * are adjacent); -EIO: the device is off.
 */
int uc_virtqueue_add(struct uc_virtqueue *q, const struct uc_virtio_part *parts,
                     size_t count, void *token);
/* Tells the device of what was added, if it wants to know. */
void uc_virtqueue_kick(struct uc_virtqueue *q);
/*
 * The token of a request that is done, and how many bytes the device says it
 * has written, never more than the parts have; NULL: none is done.
 */
void *uc_virtqueue_take(struct uc_virtqueue *q, uint32_t *written);
/*
 * Forgets what the device has not answered, once it is off: the token of one
 * request; NULL: none is left.
 */
void *uc_virtqueue_abandon(struct uc_virtqueue *q);

#endif
