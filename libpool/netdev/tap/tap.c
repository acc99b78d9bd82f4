/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tap.c: a tap device. unicore-run opens it, which takes rights that the
 * program need not have, and leaves it as descriptor 4.
 */
#include <asm/ioctls.h>
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/uio.h>
#include <uc/mem.h>
#include <uc/netbuf.h>
#include <uc/platform.h>
#include <uc/raw.h>
#include <uc/string.h>

enum {
    TAP = 4,
    MTU = 1500,
    FRAME = MTU + 14,
    AT_ONCE = 64, /* frames of one look */
};

struct buffer {
    struct uc_netbuf b;
    char data[FRAME];
};
_Static_assert(sizeof(struct buffer) <= UC_NETBUF_SIZE, "two fit in a page");

static struct buffer *take_buffer(void)
{
    return (struct buffer *)uc_netbuf_take();
}

long uc_netdev_start(struct uc_netdev *d)
{
    uint64_t chance = uc_plat_wall_ns();
    long flags = uc_raw3(__NR_fcntl, TAP, F_GETFL, 0);

    if (flags < 0)
        return -ENODEV;
    uc_raw3(__NR_fcntl, TAP, F_SETFL, flags | O_NONBLOCK);
    uc_plat_random(&chance, sizeof chance);
    memcpy(d->mac, &chance, sizeof d->mac);
    d->mac[0] = (uint8_t)((d->mac[0] & ~1) | 2);
    d->mtu = MTU;
    d->sums = false;
    uc_plat_wait_also(TAP);
    return 0;
}

bool uc_netdev_all(void)
{
    return true; /* all that the host sends there */
}

bool uc_netdev_up(void)
{
    return true;
}

long uc_netdev_send(const struct uc_netdev_frame *f)
{
    struct iovec parts[UC_NETDEV_PARTS];

    for (size_t i = 0; i < f->count; i++) {
        union {
            const void *given;
            void *p;
        } u = {f->parts[i].p}; /* writev does not write to it */
        parts[i] = (struct iovec){u.p, f->parts[i].n};
    }
    uc_raw3(__NR_writev, TAP, (long)parts, (long)f->count);
    uc_net_sent(f->token); /* or lost, as frames may be */
    return 0;
}

bool uc_netdev_busy(void)
{
    return false;
}

void uc_netdev_flush(void)
{
}

void uc_netdev_poll(void)
{
    for (int i = 0; i < AT_ONCE; i++) {
        struct buffer *b = take_buffer();
        if (!b)
            return;
        long n = uc_raw3(__NR_read, TAP, (long)b->data, sizeof b->data);
        if (n <= 0) {
            uc_netdev_give_back(&b->b);
            return;
        }
        b->b.next = NULL;
        b->b.data = b->data;
        b->b.size = (size_t)n;
        b->b.checked = b->b.scarce = false;
        uc_net_received(&b->b);
    }
}
