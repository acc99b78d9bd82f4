/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * share.c: 9pfs' front end (xen/io/9pfs.h), with one ring: bytes that go there
 * and bytes that come, in pages which are granted once, for good. A message is
 * copied, so that nobody changes what has been looked at: its length is read
 * once, and only bytes of a request that is under way are taken.
 */
#include <linux/errno.h>
#include <uc/lock.h>
#include <uc/mem.h>
#include <uc/share.h>
#include <uc/string.h>
#include <uc/xen.h>
#include <xen/grant_table.h>
#include <xen/io/9pfs.h>

enum {
    ORDER = 4, /* pages of the rings, half of them for each way */
    LEAST = 2, /* a page of a message beside one of data */
    LENGTH = 4,
    HEAD = 7, /* the least that is a message */
};

static struct uc_xen_device d;
static struct xen_9pfs_data_intf *ring; /* NULL: not open */
static unsigned port;
static char *out, *in;
static uint32_t size;        /* of each; a power of two */
static uint32_t sent, taken; /* ours */
static struct uc_queue answered;

/* The answer that is under way. */
static struct {
    const struct uc_share_part *part; /* next; NULL: none is asked for */
    uint32_t at;                      /* in that part */
    uint32_t room;                    /* of all */
    uint32_t length;                  /* of the message; 0: not known yet */
    uint32_t come;                    /* of it */
} a;

static const char broken[] =
    "xen: a shared folder's ring is broken; it is not used any more";

static void fail(const char *why)
{
    uc_xen_fail(&d, why);
}

/* ---- start ---- */

static long put_all(int ref)
{
    long error = uc_xen_put_text(&d, "version", "1");

    if (!error)
        error = uc_xen_put(&d, "num-rings", 1);
    if (!error)
        error = uc_xen_put(&d, "ring-ref0", (uint64_t)ref);
    if (!error)
        error = uc_xen_put(&d, "event-channel-0", port);
    return error ? error : uc_xen_connect(&d, false);
}

/* The rings' pages, and the one that tells of them: its reference. */
static int make_rings(unsigned order)
{
    struct xen_9pfs_data_intf *shared = (void *)uc_pages_alloc(1, true);
    char *pages = uc_pages_alloc((size_t)1 << order, true);
    int ref;

    if (!shared || !pages)
        return -ENOMEM; /* once: the image has no use for its memory then */
    for (unsigned i = 0; i < 1u << order; i++) {
        ref = uc_xen_grant(d.domain, pages + i * UC_PAGE, false);
        if (ref < 0)
            return ref;
        shared->ref[i] = (grant_ref_t)ref;
    }
    shared->ring_order = order;
    size = UC_PAGE << order >> 1;
    in = pages;
    out = pages + size;
    ref = uc_xen_grant(d.domain, shared, false);
    ring = ref < 0 ? NULL : shared;
    return ref;
}

long uc_share_open(void)
{
    long error = uc_xen_find(&d, "9pfs");
    uint64_t order;

    if (error)
        return error;
    order = uc_xen_number(&d, "max-ring-page-order", 0);
    if (order < LEAST || !uc_xen_number(&d, "max-rings", 0))
        return -EPROTONOSUPPORT;
    int ref = make_rings(order < ORDER ? (unsigned)order : ORDER);
    int channel = ref < 0 ? ref : uc_xen_channel(d.domain);
    if (channel < 0)
        return channel;
    port = (unsigned)channel;
    error = put_all(ref);
    return error ? error : (long)size;
}

/* ---- messages ---- */

/* From byte `at` of a ring on, up to n that are adjacent. */
static uint32_t adjacent(uint32_t at, uint32_t n)
{
    uint32_t left = size - at % size;

    return n < left ? n : left;
}

static void put(const char *p, uint32_t n)
{
    while (n) {
        uint32_t now = adjacent(sent, n);
        memcpy(out + sent % size, p, now);
        sent += now;
        p += now;
        n -= now;
    }
}

/* Takes n bytes, for which the parts have room. */
static void take(uint32_t n)
{
    a.come += n;
    while (n) {
        uint32_t now = adjacent(taken, n);
        if (now > a.part->n - a.at)
            now = a.part->n - a.at;
        memcpy((char *)a.part->p + a.at, in + taken % size, now);
        taken += now;
        a.at += now;
        n -= now;
        if (a.at == a.part->n) {
            a.part++;
            a.at = 0;
        }
    }
}

/* The length that the message says it has. */
static uint32_t read_length(void)
{
    uint32_t n = 0;

    for (unsigned i = 0; i < LENGTH; i++)
        n |= (uint32_t)((volatile uint8_t *)in)[(taken + i) % size] << 8 * i;
    return n;
}

/* What has come of the answer; true: all of it. */
static bool look(void)
{
    uint32_t n = __atomic_load_n(&ring->in_prod, __ATOMIC_ACQUIRE) - taken;

    if (n > size || (n && !a.part)) {
        fail(broken);
        return false;
    }
    if (n < (a.length ? 1 : LENGTH))
        return false;
    if (!a.length)
        a.length = read_length();
    if (a.length < HEAD || a.length > a.room || n > a.length - a.come) {
        fail("xen: a shared folder answered what it was not asked; it is not "
             "used any more");
        return false;
    }
    take(n);
    __atomic_store_n(&ring->in_cons, taken, __ATOMIC_RELEASE);
    if (a.come == a.length)
        return true;
    uc_xen_notify(port); /* there may be more than had room */
    return false;
}

uint64_t uc_share_poll(void)
{
    if (!ring)
        return UINT64_MAX;
    uc_xen_poll(&d);
    if (!d.off && look())
        a.part = NULL;
    if (d.off || !a.part || sent == ring->out_cons)
        uc_queue_wake(&answered);
    return UINT64_MAX;
}

static void wait(void)
{
    uc_wait_quietly(&answered);
    uc_share_poll();
}

/* Waits for room for n bytes; false: the device is off. */
static bool wait_for_room(uint32_t n)
{
    while (!d.off) {
        uint32_t used =
            sent - __atomic_load_n(&ring->out_cons, __ATOMIC_ACQUIRE);
        if (used > size)
            fail(broken);
        else if (n <= size - used)
            return true;
        else
            wait();
    }
    return false;
}

long uc_share_exchange(const struct uc_share_part *parts, size_t n)
{
    uint32_t all = 0;
    size_t i;

    for (i = 0; i < n && !parts[i].in; i++)
        all += parts[i].n;
    if (all > size || !wait_for_room(all))
        return -EIO;
    memset(&a, 0, sizeof a);
    a.part = &parts[i];
    for (; i < n; i++)
        a.room += parts[i].n;
    for (i = 0; i < n && !parts[i].in; i++)
        put(parts[i].p, parts[i].n);
    __atomic_store_n(&ring->out_prod, sent, __ATOMIC_RELEASE);
    uc_xen_notify(port);
    while (a.part && !d.off)
        wait();
    return d.off ? -EIO : (long)a.length;
}
