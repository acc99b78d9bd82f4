/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * queue.c: split virtqueues (Virtio 1.0, 2.4). What is needed to know about a
 * request is kept beside the table that the device sees, so that what a device
 * writes there misleads nobody: an answer has to name a request that is open,
 * and not more bytes than it has room for.
 *
 * Event indices: the device is to interrupt when it uses the entry after the
 * last that was taken, so that there is one interrupt for each time that the
 * queue is found empty.
 */
#include <linux/errno.h>
#include <uc/dma.h>
#include <uc/mem.h>
#include <uc/platform.h>
#include <uc/string.h>

#include "transport.h"

enum {
    DESC_NEXT = 1,
    DESC_IN = 2,
    NO_NOTIFY = 1, /* flag of the used ring */
    NONE = 0xffff,
    ONE_PAGE = 128, /* descriptors of a queue that fits in a page */
};

struct uc_virtq_desc {
    uint64_t address;
    uint32_t length;
    uint16_t flags, next;
};
struct uc_virtq_avail {
    uint16_t flags;
    volatile uint16_t count;
    uint16_t ring[]; /* then the entry at which to interrupt */
};
struct uc_virtq_used {
    volatile uint16_t flags, count;
    volatile struct {
        uint32_t head, written;
    } ring[]; /* then the entry at which to notify */
};
struct uc_virtq_slot {
    void *token; /* at the head of an open request */
    uint32_t room;
    uint16_t next;
};

static void fence(void)
{
    __atomic_thread_fence(__ATOMIC_SEQ_CST);
}

static bool has_events(const struct uc_virtqueue *q)
{
    return q->device->features >> UC_VIRTIO_EVENTS & 1;
}

/* ---- setting it up ---- */

static size_t pages_of(unsigned size)
{
    return size <= ONE_PAGE ? 1 : 2;
}

/* Each of the three lies in one page. */
static bool allocate(struct uc_virtqueue *q)
{
    size_t size = q->size, n = pages_of(q->size);
    char *p = uc_pages_alloc(n, true);
    struct uc_virtq_slot *slots = uc_kalloc(size * sizeof *slots);

    if (!p || !slots) {
        if (p)
            uc_pages_free(p, n);
        uc_kfree(slots, size * sizeof *slots);
        return false;
    }
    q->desc = (struct uc_virtq_desc *)p;
    p += size * sizeof *q->desc;
    q->avail = (struct uc_virtq_avail *)p;
    p += (sizeof *q->avail + 2 * size + 2 + 3) & ~(size_t)3;
    q->used = (struct uc_virtq_used *)p;
    q->slots = slots;
    for (unsigned i = 0; i < size; i++)
        slots[i].next = (uint16_t)(i + 1);
    slots[size - 1].next = NONE;
    q->free = q->size;
    return true;
}

int uc_virtio_queue(struct uc_virtio *v, unsigned index, unsigned most,
                    struct uc_virtqueue *q)
{
    uint32_t has = v->transport->queue_most(v, index);
    unsigned size = UC_VIRTQUEUE_MOST;

    memset(q, 0, sizeof *q);
    while (size > has || size > most)
        size /= 2;
    if (!size)
        return -ENODEV;
    q->device = v;
    q->index = (uint16_t)index;
    q->size = (uint16_t)size;
    if (!allocate(q))
        return -ENOMEM;
    return v->transport->queue_start(q);
}

/* ---- adding ---- */

/* How many pieces there are; more than `most` are not counted. */
static unsigned pieces(const struct uc_virtio_part *parts, size_t count,
                       unsigned most)
{
    unsigned sum = 0;

    for (size_t i = 0; i < count; i++) {
        const char *p = parts[i].p;
        uint32_t n = parts[i].n;
        while (n && sum <= most) {
            uc_dma_next(&p, &n);
            sum++;
        }
    }
    return sum;
}

int uc_virtqueue_add(struct uc_virtqueue *q, const struct uc_virtio_part *parts,
                     size_t count, void *token)
{
    uint16_t head = q->first_free, at = head, last = head;
    uint32_t room = 0;
    unsigned need = pieces(parts, count, q->free);

    if (q->device->off)
        return -EIO;
    if (!need || need > q->free)
        return need ? -ENOBUFS : -EINVAL;
    for (size_t i = 0; i < count; i++) {
        const char *p = parts[i].p;
        uint32_t n = parts[i].n;
        room += parts[i].in ? n : 0;
        while (n) {
            struct uc_dma_piece piece = uc_dma_next(&p, &n);
            uint16_t next = q->slots[at].next;
            q->desc[at] = (struct uc_virtq_desc){
                uc_le64(piece.address), uc_le32(piece.length),
                uc_le16(DESC_NEXT | (parts[i].in ? DESC_IN : 0)),
                uc_le16(next)};
            last = at;
            at = next;
        }
    }
    q->desc[last].flags &= uc_le16((uint16_t)~DESC_NEXT);
    q->slots[last].next = NONE;
    q->first_free = at;
    q->free = (uint16_t)(q->free - need);
    q->slots[head].token = token;
    q->slots[head].room = room;
    q->avail->ring[q->added & (q->size - 1)] = uc_le16(head);
    __atomic_thread_fence(__ATOMIC_RELEASE);
    q->avail->count = uc_le16(++q->added);
    return 0;
}

static bool wants_notice(const struct uc_virtqueue *q)
{
    if (!has_events(q))
        return !(uc_le16(q->used->flags) & NO_NOTIFY);
    uint16_t at = uc_le16(*(volatile uint16_t *)&q->used->ring[q->size]);
    return (uint16_t)(q->added - at - 1) < (uint16_t)(q->added - q->kicked);
}

void uc_virtqueue_kick(struct uc_virtqueue *q)
{
    if (q->added == q->kicked || q->device->off)
        return;
    fence();
    if (wants_notice(q))
        q->device->transport->notify(q);
    q->kicked = q->added;
}

/* ---- taking ---- */

static void *release(struct uc_virtqueue *q, uint16_t head)
{
    struct uc_virtq_slot *s = &q->slots[head];
    void *token = s->token;
    uint16_t last = head;
    unsigned n = 1;

    for (; q->slots[last].next != NONE; n++)
        last = q->slots[last].next;
    q->slots[last].next = q->first_free;
    q->first_free = head;
    q->free = (uint16_t)(q->free + n);
    s->token = NULL;
    return token;
}

/* Is there an answer? If not, the next one is to end a halt. */
static bool look(struct uc_virtqueue *q)
{
    if (uc_le16(q->used->count) != q->seen)
        return true;
    if (has_events(q)) {
        *(volatile uint16_t *)&q->avail->ring[q->size] = uc_le16(q->seen);
        fence();
    }
    return uc_le16(q->used->count) != q->seen;
}

void *uc_virtqueue_take(struct uc_virtqueue *q, uint32_t *written)
{
    if (q->device->off || !look(q))
        return NULL;
    __atomic_thread_fence(__ATOMIC_ACQUIRE);
    uint32_t head = uc_le32(q->used->ring[q->seen & (q->size - 1)].head);
    uint32_t n = uc_le32(q->used->ring[q->seen & (q->size - 1)].written);
    if (head >= q->size || !q->slots[head].token || n > q->slots[head].room) {
        uc_virtio_fail(q->device, "virtio: a device answered what it was not "
                                  "asked; it is not used any more");
        return NULL;
    }
    q->seen++;
    *written = n;
    return release(q, (uint16_t)head);
}

void *uc_virtqueue_abandon(struct uc_virtqueue *q)
{
    for (uint16_t i = 0; i < q->size; i++)
        if (q->slots[i].token)
            return release(q, i);
    return NULL;
}
