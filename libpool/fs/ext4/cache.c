/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cache.c: blocks of the disk in memory, and the library's I/O over them.
 *
 * The least recently used block that has not changed goes when there are too
 * many; changed contents are written when half of all blocks are, changed
 * metadata only by a commit. Every changed block is on one list, which is
 * taken apart as a whole; a block whose change does not count any more (it was
 * freed) is dropped then.
 */
#include <linux/errno.h>
#include <uc/log.h>

#include "walk.h"

enum {
    LEAST = 64,
    MOST = 8192, /* blocks */
    SHARE = 8,   /* of the machine's memory, at most */
    AHEAD = 32,
};

static struct buffer **table; /* by block */
static size_t buckets;
static unsigned count, most, changed, meta;
static struct buffer *newest, *oldest, *list, *logged;
static uint64_t disk_blocks;

int uc_ext4_cache_start(uint32_t block_size, uint64_t blocks)
{
    uint64_t total, available;

    uc_ext4_block_size = block_size;
    disk_blocks = blocks;
    uc_pages_total(&total, &available);
    total /= (uint64_t)SHARE * block_size;
    most = total > MOST ? MOST : total < LEAST ? LEAST : (unsigned)total;
    for (buckets = LEAST; buckets < most; buckets *= 2)
        ;
    table = uc_kalloc(buckets * sizeof *table);
    return table ? 0 : -ENOMEM;
}

static struct buffer **bucket(uint64_t block)
{
    return &table[(block ^ block >> 16) & (buckets - 1)];
}

static struct buffer *find(uint64_t block)
{
    struct buffer *b = *bucket(block);

    while (b && b->block != block)
        b = b->hash_next;
    return b;
}

/* ---- the order of use ---- */

static void unlink_use(struct buffer *b)
{
    *(b->newer ? &b->newer->older : &newest) = b->older;
    *(b->older ? &b->older->newer : &oldest) = b->newer;
}

static void use(struct buffer *b)
{
    b->newer = NULL;
    b->older = newest;
    *(newest ? &newest->newer : &oldest) = b;
    newest = b;
}

static char *new_data(void)
{
    return uc_ext4_block_size == UC_PAGE ? uc_pages_alloc(1, false)
                                         : uc_kalloc(uc_ext4_block_size);
}

static void free_data(char *p)
{
    if (uc_ext4_block_size == UC_PAGE)
        uc_pages_free(p, 1);
    else
        uc_kfree(p, uc_ext4_block_size);
}

static bool is_free(const struct buffer *b)
{
    return !b->pins && !(b->state & (BUFFER_LISTED | BUFFER_LOGGED));
}

static void evict(struct buffer *b)
{
    struct buffer **at = bucket(b->block);

    while (*at != b)
        at = &(*at)->hash_next;
    *at = b->hash_next;
    unlink_use(b);
    free_data(b->data);
    uc_kfree(b, sizeof *b);
    count--;
}

/* Makes room for one more, if anything can go. */
static void shrink(void)
{
    for (struct buffer *b = oldest; b && count >= most;) {
        struct buffer *next = b->newer;
        if (is_free(b))
            evict(b);
        b = next;
    }
}

/* Makes room where the program has taken the memory; false: nothing can go. */
static bool evict_one(void)
{
    for (struct buffer *b = oldest; b; b = b->newer)
        if (is_free(b)) {
            evict(b);
            return true;
        }
    return false;
}

void uc_ext4_cache_drop(void)
{
    while (evict_one())
        ;
}

/* A new buffer for a block that has none; pinned, its data undefined. */
static struct buffer *add(uint64_t block)
{
    if (count >= most)
        shrink();
    struct buffer *b = uc_kalloc(sizeof *b);
    while (b && !(b->data = new_data()) && evict_one())
        ;
    if (!b || !b->data) {
        uc_kfree(b, sizeof *b);
        return NULL;
    }
    b->block = block;
    b->pins = 1;
    b->hash_next = *bucket(block);
    *bucket(block) = b;
    use(b);
    count++;
    return b;
}

void uc_ext4_put(struct buffer *b)
{
    if (!--b->pins && !(b->state & BUFFER_VALID) && is_free(b))
        evict(b);
}

static struct buffer *pin(struct buffer *b)
{
    b->pins++;
    unlink_use(b);
    use(b);
    return b;
}

/* Reads b, which is new, and as many as `ahead` blocks after it. */
static long fill(struct buffer *b, unsigned ahead)
{
    struct buffer *more[AHEAD];
    unsigned n = 0;

    uc_ext4_io_add(UC_BLOCK_READ, b->block, b->data);
    if (ahead > most / 8)
        ahead = most / 8;
    for (uint64_t i = b->block + 1; n < ahead && n < AHEAD - 1; i++) {
        if (i >= disk_blocks || find(i) || !(more[n] = add(i)))
            break;
        uc_ext4_io_add(UC_BLOCK_READ, i, more[n++]->data);
    }
    long error = uc_ext4_io_end(), all = error;
    if (error && n) /* it may be one of the others that is bad */
        error = uc_ext4_io_one(UC_BLOCK_READ, b->block, b->data);
    if (!error)
        b->state |= BUFFER_VALID;
    while (n--) {
        more[n]->state |= all ? 0 : BUFFER_VALID;
        uc_ext4_put(more[n]);
    }
    return error;
}

/* How many of those before it are here: who has read them may read on. */
static unsigned before(uint64_t block, unsigned enough)
{
    unsigned n = 0;

    while (n < enough && n < block && find(block - n - 1))
        n++;
    return n;
}

struct buffer *uc_ext4_get(uint64_t block, unsigned ahead, unsigned run)
{
    struct buffer *b = find(block);

    if (b)
        return pin(b);
    if (block >= disk_blocks)
        return NULL;
    if (ahead < run) {
        unsigned n = before(block, run < AHEAD ? run : AHEAD);
        ahead = n > ahead ? n : ahead;
    }
    b = add(block);
    if (b && fill(b, ahead)) {
        uc_ext4_put(b);
        return NULL;
    }
    return b;
}

struct buffer *uc_ext4_new(uint64_t block)
{
    struct buffer *b = find(block);

    if (b)
        return pin(b);
    if (block >= disk_blocks)
        return NULL;
    b = add(block);
    if (b) {
        memset(b->data, 0, uc_ext4_block_size);
        b->state |= BUFFER_VALID;
    }
    return b;
}

/* ---- changes ---- */

void uc_ext4_dirty(struct buffer *b, unsigned state)
{
    if (!(b->state & BUFFER_LISTED)) {
        b->next = list;
        list = b;
        changed++;
    }
    meta += state == BUFFER_META && !(b->state & BUFFER_META);
    meta -= state == BUFFER_DATA && b->state & BUFFER_META;
    b->state &= (uint8_t)~(BUFFER_DATA | BUFFER_META);
    b->state |= (uint8_t)(BUFFER_LISTED | state);
}

bool uc_ext4_forget(uint64_t block)
{
    struct buffer *b = find(block);

    if (!b)
        return false;
    meta -= (b->state & BUFFER_META) != 0;
    b->state &= (uint8_t)~(BUFFER_DATA | BUFFER_META);
    return b->state & BUFFER_LOGGED;
}

unsigned uc_ext4_meta_count(void)
{
    return meta;
}

bool uc_ext4_cache_full(void)
{
    return changed > most / 2;
}

bool uc_ext4_is_clean(void)
{
    return !changed;
}

/* Merges two sorted lists. */
static struct buffer *merge(struct buffer *a, struct buffer *b)
{
    struct buffer *all = NULL, **end = &all;

    while (a && b) {
        struct buffer **less = a->block <= b->block ? &a : &b;
        *end = *less;
        end = &(*less)->next;
        *less = (*less)->next;
    }
    *end = a ? a : b;
    return all;
}

/* Bottom up: bin i holds a sorted list of 2^i blocks. */
static struct buffer *sort(struct buffer *b)
{
    struct buffer *bins[24] = {NULL}, *all = NULL;

    while (b) {
        struct buffer *one = b;
        b = b->next;
        one->next = NULL;
        int i = 0;
        for (; bins[i]; i++) {
            one = merge(bins[i], one);
            bins[i] = NULL;
        }
        bins[i] = one;
    }
    for (int i = 0; i < 24; i++)
        if (bins[i])
            all = merge(bins[i], all);
    return all;
}

/* Takes the blocks of one state off the list, and those of none. */
static struct buffer *take(unsigned state, unsigned *n)
{
    struct buffer *taken = NULL, *rest = NULL;

    *n = 0;
    for (struct buffer *b = list, *next; b; b = next) {
        next = b->next;
        if (b->state & (BUFFER_DATA | BUFFER_META) & ~state) {
            b->next = rest;
            rest = b;
            continue;
        }
        changed--;
        if (!(b->state & state)) {
            b->state &= (uint8_t)~BUFFER_LISTED;
            continue;
        }
        b->next = taken;
        taken = b;
        ++*n;
    }
    list = rest;
    return sort(taken);
}

long uc_ext4_write_data(void)
{
    unsigned n;
    struct buffer *all = take(BUFFER_DATA, &n);

    for (struct buffer *b = all; b; b = b->next)
        uc_ext4_io_add(UC_BLOCK_WRITE, b->block, b->data);
    long error = uc_ext4_io_end();
    for (struct buffer *b = all, *next; b; b = next) {
        next = b->next;
        b->state &= (uint8_t)~(BUFFER_LISTED | BUFFER_DATA);
        if (error) /* it is still to be written */
            uc_ext4_dirty(b, BUFFER_DATA);
    }
    return error;
}

struct buffer *uc_ext4_take_meta(unsigned *n)
{
    struct buffer *all = take(BUFFER_META, n);

    for (struct buffer *b = all; b; b = b->next)
        b->state &= (uint8_t)~(BUFFER_LISTED | BUFFER_META);
    meta = 0;
    return all;
}

void uc_ext4_add_logged(struct buffer *b)
{
    if (!(b->state & BUFFER_LOGGED)) {
        b->next_logged = logged;
        logged = b;
    }
    b->state |= BUFFER_LOGGED;
}

/* Linked by `next`, sorted: only while nothing has changed. */
struct buffer *uc_ext4_take_logged(void)
{
    struct buffer *all = logged;

    for (struct buffer *b = all; b; b = b->next_logged) {
        b->next = b->next_logged;
        b->state &= (uint8_t)~BUFFER_LOGGED;
    }
    logged = NULL;
    return sort(all);
}

/* ---- the library's I/O: by bytes, as its block size changes ---- */

static errcode_t io_open(const char *name, int flags, io_channel *channel)
{
    static struct struct_io_channel c;

    (void)name, (void)flags;
    c.magic = EXT2_ET_MAGIC_IO_CHANNEL;
    c.manager = (io_manager)(uintptr_t)&uc_ext4_io;
    c.block_size = 1024;
    c.refcount = 1;
    *channel = &c;
    return 0;
}

static errcode_t io_close(io_channel channel)
{
    (void)channel;
    return 0;
}

static errcode_t io_set_size(io_channel channel, int size)
{
    channel->block_size = size;
    return 0;
}

static errcode_t transfer(io_channel channel, uint64_t block, int n, char *to,
                          const char *from)
{
    uint64_t at = block * (uint64_t)channel->block_size;
    size_t left = n < 0 ? (size_t)-n : (size_t)n * (size_t)channel->block_size;

    while (left) {
        size_t offset = at % uc_ext4_block_size;
        size_t part = uc_ext4_block_size - offset;
        if (part > left)
            part = left;
        bool whole = from && part == uc_ext4_block_size;
        struct buffer *b = whole ? uc_ext4_new(at / uc_ext4_block_size)
                                 : uc_ext4_get(at / uc_ext4_block_size, 0, 0);
        if (!b)
            return EIO;
        if (from) {
            memcpy(b->data + offset, from, part);
            uc_ext4_dirty(b, BUFFER_META);
            from += part;
        } else {
            memcpy(to, b->data + offset, part);
            to += part;
        }
        uc_ext4_put(b);
        at += part;
        left -= part;
    }
    return 0;
}

static errcode_t io_read(io_channel channel, unsigned long long block, int n,
                         void *data)
{
    return transfer(channel, block, n, data, NULL);
}

static errcode_t io_write(io_channel channel, unsigned long long block, int n,
                          const void *data)
{
    return transfer(channel, block, n, NULL, data);
}

static errcode_t io_read_32(io_channel channel, unsigned long block, int n,
                            void *data)
{
    return transfer(channel, block, n, data, NULL);
}

static errcode_t io_write_32(io_channel channel, unsigned long block, int n,
                             const void *data)
{
    return transfer(channel, block, n, NULL, data);
}

static errcode_t io_flush(io_channel channel)
{
    (void)channel;
    return 0;
}

const struct struct_io_manager uc_ext4_io = {
    .magic = EXT2_ET_MAGIC_IO_MANAGER,
    .name = "uc",
    .open = io_open,
    .close = io_close,
    .set_blksize = io_set_size,
    .read_blk = io_read_32,
    .write_blk = io_write_32,
    .flush = io_flush,
    .read_blk64 = io_read,
    .write_blk64 = io_write,
};
