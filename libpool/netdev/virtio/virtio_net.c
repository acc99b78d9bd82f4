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
    FEATURE_GUEST_TSO4 = 7,
    FEATURE_GUEST_TSO6 = 8,
    FEATURE_HOST_TSO4 = 11,
    FEATURE_HOST_TSO6 = 12,
    FEATURE_MERGED = 15, /* a frame may take several buffers */
    FEATURE_STATUS = 16,

    CONFIG_STATUS = 6,
    LINK_UP = 1,

    NEEDS_SUM = 1, /* flags of the header */
    SUM_VALID = 2,

    TCP4 = 1, /* cut_kind */
    TCP6 = 4,

    RECEIVE = 0, /* queues */
    TRANSMIT = 1,
    RECEIVE_SIZE = 64,
    TRANSMIT_SIZE = 256,

    MTU = 1500,
    FRAME = MTU + 14,
    LONGEST = 65535, /* that the stack can count */
};

struct header {
    uint8_t flags, cut_kind;
    uint16_t head_size, cut_at, sum_from, sum_at, buffers;
};

struct buffer {
    struct uc_netbuf b; /* next: of free ones */
    struct header head; /* the frame follows; or more of one, from here on */
    char data[FRAME];
};
_Static_assert(sizeof(struct buffer) <= UC_NETBUF_SIZE,
               "two buffers fit in a page");
_Static_assert(sizeof(struct header) <= UC_NETDEV_HEAD, "room for the header");

static struct uc_virtio *device;
static struct uc_virtqueue receive, transmit;

static bool has(int feature)
{
    return device->features >> feature & 1;
}

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

    if (has(FEATURE_MAC)) {
        uc_virtio_config(device, 0, mac, 6);
        return;
    }
    uc_plat_random(&chance, sizeof chance);
    memcpy(mac, &chance, 6);
    mac[0] = (uint8_t)((mac[0] & ~1) | 2); /* one device, locally chosen */
}

/* Long frames come only where they may take several buffers. */
static int agree(struct uc_virtio *v)
{
    const uint64_t long_in =
                       1u << FEATURE_GUEST_TSO4 | 1u << FEATURE_GUEST_TSO6,
                   wanted = 1u << FEATURE_CSUM | 1u << FEATURE_GUEST_CSUM |
                            1u << FEATURE_MAC | 1u << FEATURE_HOST_TSO4 |
                            1u << FEATURE_HOST_TSO6 | 1u << FEATURE_MERGED |
                            1u << FEATURE_STATUS | 1u << UC_VIRTIO_EVENTS;
    int error = uc_virtio_begin(v, wanted | long_in);

    if (!error && v->features & long_in && !has(FEATURE_MERGED))
        error = uc_virtio_begin(v, wanted);
    return error;
}

static long set_up(struct uc_virtio *v)
{
    int error = agree(v);

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
    d->sums = has(FEATURE_CSUM);
    d->cuts = has(FEATURE_HOST_TSO4) && has(FEATURE_HOST_TSO6);
    return 0;
}

/* Nothing was agreed on by which frames could be chosen (5.1.6.5). */
bool uc_netdev_all(void)
{
    return true;
}

bool uc_netdev_up(void)
{
    uint16_t status;

    if (!has(FEATURE_STATUS))
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
    if (f->cut_at) {
        h->cut_kind = f->v6 ? TCP6 : TCP4;
        h->cut_at = uc_le16(f->cut_at);
        h->head_size = uc_le16(f->head);
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

/* ---- frames that come ---- */

/* One of which not all buffers have come. */
static struct {
    struct uc_netbuf *first, **end;
    unsigned missing;
    size_t size;
} frame;

static void drop(void)
{
    for (struct uc_netbuf *b = frame.first, *next; b; b = next) {
        next = b->next;
        uc_netdev_give_back(b);
    }
    frame.missing = 0;
}

static void begin(struct buffer *b)
{
    frame.first = &b->b;
    frame.missing = has(FEATURE_MERGED) ? uc_le16(b->head.buffers) : 1;
    frame.size = 0;
    b->b.data = b->data;
    b->b.checked = b->head.flags & (NEEDS_SUM | SUM_VALID);
}

/* n: bytes of the buffer that the device says it has filled. */
static void take_part(struct buffer *b, uint32_t n)
{
    size_t head = frame.missing ? 0 : sizeof b->head;

    b->b.next = NULL;
    b->b.size = n > head ? n - head : 0;
    if (frame.missing) {
        b->b.data = (char *)&b->head;
        *frame.end = &b->b;
    } else {
        begin(b);
    }
    frame.end = &b->b.next;
    frame.size += b->b.size;
    if (!b->b.size || frame.missing - 1 >= RECEIVE_SIZE ||
        frame.size > LONGEST) {
        drop();
    } else if (!--frame.missing) {
        frame.first->scarce = lent() < RECEIVE_SIZE / 2 && uc_netbuf_all_made();
        uc_net_received(frame.first);
    }
}

void uc_netdev_poll(void)
{
    struct buffer *b;
    uint32_t n;

    uc_virtio_poll(device);
    take_sent();
    while ((b = uc_virtqueue_take(&receive, &n)))
        take_part(b, n);
    lend_all();
}
