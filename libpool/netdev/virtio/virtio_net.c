/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * virtio_net.c: virtio-net (Virtio 1.0, 5.1). A frame with its header fits in
 * half a page. There are no more buffers than an eighth of the memory holds;
 * when the stack keeps so many that the device has half of what it should
 * have, those that come are marked as scarce.
 */
#include <linux/errno.h>
#include <uc/endian.h>
#include <uc/mem.h>
#include <uc/netbuf.h>
#include <uc/platform.h>
#include <uc/string.h>
#include <uc/virtio.h>

enum {
    FEATURE_CSUM = 0,
    FEATURE_GUEST_CSUM = 1,
    FEATURE_MAC = 5,
    FEATURE_STATUS = 16,

    CONFIG_STATUS = 6,
    LINK_UP = 1,

    NEEDS_SUM = 1, /* flags of the header */
    SUM_VALID = 2,

    RECEIVE = 0, /* queues */
    TRANSMIT = 1,
    RECEIVE_SIZE = 64,
    TRANSMIT_SIZE = 256,

    MTU = 1500,
    FRAME = MTU + 14,
};

struct header {
    uint8_t flags, segment_kind;
    uint16_t head_size, segment_size, sum_from, sum_at, buffers;
};

struct buffer {
    struct uc_netbuf b; /* next: of free ones */
    struct header head; /* the frame follows */
    char data[FRAME];
};
_Static_assert(sizeof(struct buffer) <= UC_NETBUF_SIZE,
               "two buffers fit in a page");
_Static_assert(sizeof(struct header) <= UC_NETDEV_HEAD, "room for the header");

static struct uc_virtio *device;
static struct uc_virtqueue receive, transmit;

/* ---- buffers ---- */

static struct buffer *take_buffer(void)
{
    return (struct buffer *)uc_netbuf_take();
}

static unsigned lent(void)
{
    return receive.size - receive.free;
}

static void lend(struct buffer *b)
{
    const struct uc_virtio_part part = {&b->head,
                                        sizeof b->head + sizeof b->data, true};

    if (uc_virtqueue_add(&receive, &part, 1, b))
        uc_netdev_give_back(&b->b);
}

static void lend_all(void)
{
    struct buffer *b;

    while (receive.free && (b = take_buffer()))
        lend(b);
    uc_virtqueue_kick(&receive);
}

/* ---- start ---- */

static void read_mac(uint8_t mac[6])
{
    uint64_t chance = uc_plat_wall_ns();

    if (device->features >> FEATURE_MAC & 1) {
        uc_virtio_config(device, 0, mac, 6);
        return;
    }
    uc_plat_random(&chance, sizeof chance);
    memcpy(mac, &chance, 6);
    mac[0] = (uint8_t)((mac[0] & ~1) | 2); /* one device, locally chosen */
}

static long set_up(struct uc_virtio *v)
{
    const uint64_t wanted = 1u << FEATURE_CSUM | 1u << FEATURE_GUEST_CSUM |
                            1u << FEATURE_MAC | 1u << FEATURE_STATUS |
                            1u << UC_VIRTIO_EVENTS;
    int error = uc_virtio_begin(v, wanted);

    if (!error)
        error = uc_virtio_queue(v, RECEIVE, RECEIVE_SIZE, &receive);
    if (!error)
        error = uc_virtio_queue(v, TRANSMIT, TRANSMIT_SIZE, &transmit);
    if (error)
        return error;
    uc_virtio_ready(v);
    uc_netbuf_limit(2 * RECEIVE_SIZE);
    lend_all();
    return lent() ? 0 : -ENOMEM;
}

long uc_netdev_start(struct uc_netdev *d)
{
    struct uc_virtio *v = uc_virtio_find(UC_VIRTIO_NET, 0);

    if (!v)
        return -ENODEV;
    device = v;
    long error = set_up(v);
    if (error)
        return error;
    read_mac(d->mac);
    d->mtu = MTU;
    d->sums = v->features >> FEATURE_CSUM & 1;
    return 0;
}

bool uc_netdev_up(void)
{
    uint16_t status;

    if (!(device->features >> FEATURE_STATUS & 1))
        return true;
    uc_virtio_config(device, CONFIG_STATUS, &status, sizeof status);
    return uc_le16(status) & LINK_UP;
}

/* ---- frames ---- */

static void take_sent(void)
{
    uint32_t written;
    void *token;

    while ((token = uc_virtqueue_take(&transmit, &written)))
        uc_net_sent(token);
}

long uc_netdev_send(const struct uc_netdev_frame *f)
{
    struct uc_virtio_part parts[UC_NETDEV_PARTS];
    struct header *h =
        (struct header *)((uintptr_t)f->parts[0].p - sizeof(struct header));

    memset(h, 0, sizeof *h);
    if (f->sum_from) {
        h->flags = NEEDS_SUM;
        h->sum_from = uc_le16(f->sum_from);
        h->sum_at = uc_le16(f->sum_at);
    }
    for (size_t i = 0; i < f->count; i++)
        parts[i] = (struct uc_virtio_part){f->parts[i].p,
                                           (uint32_t)f->parts[i].n, false};
    parts[0].p = h;
    parts[0].n += sizeof *h;
    if (transmit.free < 2 * UC_NETDEV_PARTS)
        take_sent();
    return uc_virtqueue_add(&transmit, parts, f->count, f->token);
}

bool uc_netdev_busy(void)
{
    take_sent();
    return !device->off && transmit.free != transmit.size;
}

void uc_netdev_flush(void)
{
    uc_virtqueue_kick(&transmit);
}

static void pass_on(struct buffer *b, uint32_t n)
{
    if (n <= sizeof b->head) {
        uc_netdev_give_back(&b->b);
        return;
    }
    b->b.next = NULL;
    b->b.scarce = lent() < RECEIVE_SIZE / 2 && uc_netbuf_all_made();
    b->b.data = b->data;
    b->b.size = n - sizeof b->head;
    b->b.checked = b->head.flags & (NEEDS_SUM | SUM_VALID);
    uc_net_received(&b->b);
}

void uc_netdev_poll(void)
{
    struct buffer *b;
    uint32_t n;

    uc_virtio_poll(device);
    take_sent();
    while ((b = uc_virtqueue_take(&receive, &n)))
        pass_on(b, n);
    lend_all();
}
