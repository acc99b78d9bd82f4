/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * block.c: blkfront (xen/io/blkif.h). The back end sees pages of ours only,
 * which are granted once, for good: what is written is copied there, what is
 * read from there. So it may keep them mapped (feature-persistent), needs no
 * alignment of ours, and changes nothing that has been looked at.
 *
 * A request of the pool becomes as many of the ring's as it takes; with
 * indirect descriptors, one. What is known of these is kept here: an answer has
 * to name one that is open.
 */
#include <linux/errno.h>
#include <uc/block.h>
#include <uc/lock.h>
#include <uc/mem.h>
#include <uc/string.h>
#include <uc/xen.h>
#include <xen/grant_table.h>
#include <xen/io/blkif.h>

enum {
    SLOTS = 32, /* requests in the ring's page */
    PAGES = 160,
    DIRECT = BLKIF_MAX_SEGMENTS_PER_REQUEST,
    SECTORS = UC_PAGE / UC_BLOCK_SECTOR,
};

struct page {
    char *p;
    grant_ref_t ref;
};

/* A request of the ring, and what it is a part of. */
struct slot {
    struct uc_block_request *request; /* NULL: free */
    uint32_t from, bytes;             /* of the request's data */
    uint8_t count, pages[UC_BLOCK_PARTS];
    struct page table; /* of indirect descriptors, once it was needed */
};

static struct {
    struct uc_xen_device d;
    struct blkif_sring *ring; /* NULL: not open */
    grant_ref_t ref;
    unsigned port;
    uint32_t sent, taken; /* ours */
    uint16_t handle;
    unsigned most; /* pages of a request */
    bool read_only, flush, barrier;
    uint64_t sectors;
} disk;

static struct slot slots[SLOTS];
static struct page pages[PAGES];
static uint8_t free_pages[PAGES];
static unsigned made, free_count;
static struct uc_queue changes; /* woken when requests are done */

/* ---- start ---- */

static bool make_page(struct page *page, bool read_only)
{
    page->p = uc_pages_alloc(1, true);
    int ref = page->p ? uc_xen_grant(disk.d.domain, page->p, read_only) : -1;

    if (ref < 0 && page->p)
        uc_pages_free(page->p, 1);
    page->ref = (grant_ref_t)ref;
    return ref >= 0;
}

/* More pages, if there may be and are some. */
static void make_more(void)
{
    if (made < PAGES && make_page(&pages[made], false))
        free_pages[free_count++] = (uint8_t)made++;
}

/* With an empty ring. */
static int connect(void)
{
    int port;

    memset(disk.ring, 0, UC_PAGE);
    disk.ring->req_event = disk.ring->rsp_event = 1;
    disk.sent = disk.taken = 0;
    port = uc_xen_channel(disk.d.domain);
    if (port < 0)
        return port;
    disk.port = (unsigned)port;
    long error = uc_xen_put(&disk.d, "ring-ref", disk.ref);
    if (!error)
        error = uc_xen_put(&disk.d, "event-channel", disk.port);
    if (!error)
        error = uc_xen_put_text(&disk.d, "protocol", "x86_64-abi");
    if (!error)
        error = uc_xen_put(&disk.d, "feature-persistent", 1);
    return (int)(error ? error : uc_xen_connect(&disk.d, false));
}

/* "device/vbd/N": N. */
static uint16_t handle_of(const char *path)
{
    unsigned n = 0;

    for (const char *s = path + strlen(path); s > path && s[-1] != '/';)
        s--, n++;
    path += strlen(path) - n;
    for (n = 0; *path >= '0' && *path <= '9'; path++)
        n = n * 10 + (unsigned)(*path - '0');
    return (uint16_t)n;
}

static void read_features(void)
{
    uint64_t indirect =
        uc_xen_number(&disk.d, "feature-max-indirect-segments", 0);

    disk.handle = handle_of(disk.d.path);
    disk.sectors = uc_xen_number(&disk.d, "sectors", 0);
    disk.read_only = uc_xen_number(&disk.d, "info", 0) & VDISK_READONLY;
    disk.flush = uc_xen_number(&disk.d, "feature-flush-cache", 0);
    disk.barrier = uc_xen_number(&disk.d, "feature-barrier", 0);
    disk.most = indirect > DIRECT ? UC_BLOCK_PARTS : DIRECT;
    if (disk.most > DIRECT && indirect < disk.most)
        disk.most = (unsigned)indirect;
}

static int set_up(void)
{
    struct page ring;

    if (!make_page(&ring, false))
        return -ENOMEM;
    disk.ring = (struct blkif_sring *)ring.p;
    disk.ref = ring.ref;
    return connect();
}

static void take_all(void);

static bool rest(void)
{
    take_all();
    for (unsigned i = 0; i < SLOTS; i++)
        if (slots[i].request)
            return false;
    return true;
}

/* What it offers may be less from now on, but not what it has. */
static int again(void)
{
    uint64_t sectors = disk.sectors;
    unsigned domain = disk.d.domain;
    int error = uc_xen_find(&disk.d, "vbd");

    if (!error && disk.d.domain != domain)
        error = -ENODEV;
    if (!error)
        error = connect();
    if (error)
        return error;
    read_features();
    return disk.sectors == sectors ? 0 : -ENODEV;
}

int uc_block_open(struct uc_block *b)
{
    if (!disk.ring) {
        disk.d.rest = rest;
        disk.d.again = again;
        int error = uc_xen_find(&disk.d, "vbd");
        if (!error)
            error = set_up();
        if (error)
            return error;
        read_features();
    }
    if (disk.d.off)
        return -EIO;
    b->sectors = disk.sectors;
    b->read_only = disk.read_only;
    return 0;
}

/* ---- requests ---- */

static void copy(const struct slot *s, bool out)
{
    const struct uc_block_request *r = s->request;
    uint32_t skip = s->from, done = 0;

    for (unsigned i = 0; i < r->count && done < s->bytes; i++) {
        char *p = r->parts[i].p;
        uint32_t n = r->parts[i].n;
        if (skip >= n) {
            skip -= n;
            continue;
        }
        p += skip;
        n -= skip;
        skip = 0;
        while (n && done < s->bytes) {
            char *own = pages[s->pages[done / UC_PAGE]].p + done % UC_PAGE;
            uint32_t most = UC_PAGE - done % UC_PAGE;
            if (most > n)
                most = n;
            if (most > s->bytes - done)
                most = s->bytes - done;
            memcpy(out ? own : p, out ? p : own, most);
            p += most;
            n -= most;
            done += most;
        }
    }
}

/* One part of r is done: the last makes it done. */
static void finish(struct uc_block_request *r, long result)
{
    if (result)
        r->result = result;
    if (--r->head.type == 0)
        r->done = true;
}

static void release(struct slot *s)
{
    for (unsigned i = 0; i < s->count; i++)
        free_pages[free_count++] = s->pages[i];
    s->count = 0;
    s->request = NULL;
}

uint64_t uc_block_poll(void);

/* A signal that is pending ends waits at once: then this looks all the time. */
static void wait_for(struct uc_queue *q)
{
    uc_wait_quietly(q);
    uc_block_poll();
}

static struct slot *free_slot(void)
{
    for (unsigned i = 0; i < SLOTS; i++)
        if (!slots[i].request)
            return &slots[i];
    return NULL;
}

/* Waits for a slot and `count` pages; NULL: the device is off. */
static struct slot *take(unsigned count)
{
    struct slot *s;

    for (;;) {
        while (free_count < count && made < PAGES) {
            unsigned before = made;
            make_more();
            if (made == before)
                break;
        }
        s = free_slot();
        if (disk.d.off || made < count)
            return NULL;
        if (s && free_count >= count)
            return s;
        wait_for(&changes);
    }
}

static struct blkif_request_segment segment_of(const struct slot *s, unsigned i)
{
    uint32_t left = s->bytes - i * UC_PAGE;
    uint32_t n = left < UC_PAGE ? left : UC_PAGE;

    return (struct blkif_request_segment){
        .gref = pages[s->pages[i]].ref,
        .last_sect = (uint8_t)(n / UC_BLOCK_SECTOR - 1)};
}

static void send(void)
{
    if (uc_xen_show(&disk.ring->req_prod, &disk.ring->req_event, disk.sent))
        uc_xen_notify(disk.port);
}

static void fill_direct(struct slot *s, unsigned kind, uint64_t sector)
{
    struct blkif_request *q = &disk.ring->ring[disk.sent++ % SLOTS].req;

    q->operation = (uint8_t)kind;
    q->nr_segments = s->count;
    q->handle = disk.handle;
    q->id = (uint64_t)(s - slots);
    q->sector_number = sector;
    for (unsigned i = 0; i < s->count; i++)
        q->seg[i] = segment_of(s, i);
}

static void fill_indirect(struct slot *s, unsigned kind, uint64_t sector)
{
    struct blkif_request_indirect *q =
        (void *)&disk.ring->ring[disk.sent++ % SLOTS].req;
    struct blkif_request_segment *table = (void *)s->table.p;

    q->operation = BLKIF_OP_INDIRECT;
    q->indirect_op = (uint8_t)kind;
    q->nr_segments = s->count;
    q->id = (uint64_t)(s - slots);
    q->sector_number = sector;
    q->handle = disk.handle;
    q->indirect_grefs[0] = s->table.ref;
    for (unsigned i = 0; i < s->count; i++)
        table[i] = segment_of(s, i);
}

/* Sends the part of r from byte `from` on, of n bytes; false: it cannot. */
static bool start_part(struct uc_block_request *r, uint32_t from, uint32_t n)
{
    unsigned count = (n + UC_PAGE - 1) / UC_PAGE;
    unsigned kind = r->kind == UC_BLOCK_READ ? BLKIF_OP_READ : BLKIF_OP_WRITE;
    uint64_t sector = r->sector + from / UC_BLOCK_SECTOR;
    struct slot *s = take(count);

    if (!s || (count > DIRECT && !s->table.p && !make_page(&s->table, true)))
        return false;
    s->request = r;
    s->from = from;
    s->bytes = n;
    while (s->count < count)
        s->pages[s->count++] = free_pages[--free_count];
    if (r->kind == UC_BLOCK_WRITE)
        copy(s, true);
    r->head.type++;
    if (count > DIRECT)
        fill_indirect(s, kind, sector);
    else
        fill_direct(s, kind, sector);
    send();
    return true;
}

static bool start_flush(struct uc_block_request *r)
{
    struct slot *s;

    if (!disk.flush && !disk.barrier)
        return true; /* what is answered is kept */
    s = take(0);
    if (!s)
        return false;
    s->request = r;
    s->bytes = 0;
    r->head.type++;
    fill_direct(
        s, disk.flush ? BLKIF_OP_FLUSH_DISKCACHE : BLKIF_OP_WRITE_BARRIER, 0);
    send();
    return true;
}

void uc_block_start(struct uc_block_request *r)
{
    uint32_t total = 0, from = 0;
    bool good = true;

    r->done = false;
    r->result = 0;
    r->head.type = 1; /* parts under way, and this */
    if (r->kind == UC_BLOCK_FLUSH) {
        good = start_flush(r);
    } else {
        for (unsigned i = 0; i < r->count; i++)
            total += r->parts[i].n;
        while (from < total && good) {
            uint32_t n = total - from;
            if (n > disk.most * UC_PAGE)
                n = disk.most * UC_PAGE;
            good = start_part(r, from, n);
            from += n;
        }
    }
    finish(r, good ? 0 : -EIO);
}

long uc_block_wait(struct uc_block_request *r)
{
    while (!r->done)
        wait_for(&changes);
    return r->result;
}

/* ---- answers ---- */

static void take_answer(void)
{
    const volatile struct blkif_response *a =
        &disk.ring->ring[disk.taken++ % SLOTS].rsp;
    uint64_t id = a->id;
    int16_t status = a->status;

    if (id >= SLOTS || !slots[id].request) {
        uc_xen_fail(&disk.d, "xen: a disk answered what it was not asked; it "
                             "is not used any more");
        return;
    }
    struct slot *s = &slots[id];
    struct uc_block_request *r = s->request;
    if (!status && r->kind == UC_BLOCK_READ)
        copy(s, false);
    release(s);
    finish(r, !status                          ? 0
              : status == BLKIF_RSP_EOPNOTSUPP ? -EOPNOTSUPP
                                               : -EIO);
}

/* What can be taken; the next one after that ends a halt. */
static uint32_t look(void)
{
    uint32_t end = uc_xen_answered(&disk.ring->rsp_prod, &disk.ring->rsp_event,
                                   disk.taken);

    if (end - disk.taken <= disk.sent - disk.taken)
        return end - disk.taken;
    uc_xen_fail(&disk.d, "xen: a disk's ring is broken; it is not used any "
                         "more");
    return 0;
}

static void take_all(void)
{
    bool any = false;
    uint32_t n;

    while (!disk.d.off && (n = look()))
        for (any = true; n && !disk.d.off; n--)
            take_answer();
    for (unsigned i = 0; disk.d.off && i < SLOTS; i++) {
        struct uc_block_request *r = slots[i].request;
        if (!r)
            continue;
        release(&slots[i]);
        finish(r, -EIO);
        any = true;
    }
    if (any)
        uc_queue_wake(&changes);
}

uint64_t uc_block_poll(void)
{
    if (!disk.ring)
        return UINT64_MAX;
    uc_xen_poll(&disk.d);
    take_all();
    return UINT64_MAX;
}
