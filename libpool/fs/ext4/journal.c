/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * journal.c: the log of a disk as Linux's jbd2 has it (jbd2.h has the
 * format), written.
 *
 * A transaction is one or more descriptors, each followed by the blocks that it
 * names, and a commit block. Nothing is written twice in the log: blocks go to
 * their places while nothing has changed since the last commit, at once when
 * the log is half full, or when a block that is in the log was freed: it may
 * then get other contents, which replaying the log would undo. So there is
 * never a revocation to write.
 */
#include <linux/errno.h>
#include <uc/clock.h>

#include "jbd2.h"
#include "walk.h"

struct log uc_ext4_log;

enum {
    LOG_LEAST = 64, /* blocks */
};

uint32_t uc_ext4_log_sum(uint32_t seed, const void *p, size_t n)
{
    return ext2fs_crc32c_le(seed, p, n);
}

bool uc_ext4_log_checked(void)
{
    return uc_ext4_log.features & JBD2_HAS_SUM;
}

/* Linux, journal_tag_bytes() */
size_t uc_ext4_log_tag_size(void)
{
    uint32_t f = uc_ext4_log.features;

    if (f & JBD2_HAS_SUM_V3)
        return sizeof(struct jbd2_tag3);
    return (f & JBD2_HAS_64BIT ? 12 : 8) + (f & JBD2_HAS_SUM_V2 ? 2 : 0);
}

/* ---- where it is ---- */

uint64_t uc_ext4_log_block(uint32_t n)
{
    const struct log *l = &uc_ext4_log;

    for (unsigned i = 0; i < l->run_count; i++) {
        if (n < l->runs[i].n)
            return l->runs[i].block + n;
        n -= l->runs[i].n;
    }
    return 0; /* refused by the cache and by replaying */
}

uint32_t uc_ext4_log_next(uint32_t n, uint32_t by)
{
    const struct log *l = &uc_ext4_log;

    n += by;
    return n >= l->end ? n - (l->end - l->first) : n;
}

/* The blocks of the journal's inode, as runs. */
static long map_log(ext2_ino_t ino, uint32_t blocks)
{
    enum {
        RUNS = UC_PAGE / sizeof(struct log_run)
    };
    struct log *l = &uc_ext4_log;
    struct ext2_inode inode;
    errcode_t e = ext2fs_read_inode(uc_ext4, ino, &inode);

    if (e || !inode.i_links_count || !LINUX_S_ISREG(inode.i_mode))
        return -EIO;
    l->runs = (struct log_run *)uc_pages_alloc(1, true);
    if (!l->runs)
        return -ENOMEM;
    for (uint32_t i = 0; i < blocks; i++) {
        blk64_t block = 0;
        e = ext2fs_bmap2(uc_ext4, ino, &inode, NULL, 0, i, NULL, &block);
        if (e || !block || block >= ext2fs_blocks_count(uc_ext4->super))
            return -EIO;
        struct log_run *r = l->run_count ? &l->runs[l->run_count - 1] : NULL;
        if (r && block == r->block + r->n) {
            r->n++;
            continue;
        }
        if (l->run_count == RUNS)
            return -EFBIG;
        l->runs[l->run_count++] = (struct log_run){1, block};
    }
    return 0;
}

static bool is_sound(const struct jbd2_super *s)
{
    uint32_t type = big(s->head.type), end = big(s->blocks);

    return big(s->head.magic) == JBD2_MAGIC && type == JBD2_SUPER &&
           big(s->block_size) == uc_ext4_block_size && s->first &&
           big(s->first) < end && end - big(s->first) >= LOG_LEAST &&
           (!s->start ||
            (big(s->start) >= big(s->first) && big(s->start) < end));
}

static uint32_t super_sum(struct jbd2_super *s)
{
    uint32_t was = s->sum, sum;

    s->sum = 0;
    sum = uc_ext4_log_sum(~0u, s, sizeof *s);
    s->sum = was;
    return big(sum);
}

/* -EIO: damaged; -EOPNOTSUPP: with features that are not known here. */
static long read_super(void)
{
    struct log *l = &uc_ext4_log;
    struct jbd2_super *s;
    long error;

    l->super = uc_pages_alloc(1, true);
    if (!l->super)
        return -ENOMEM;
    error = uc_ext4_io_one(UC_BLOCK_READ, uc_ext4_log_block(0), l->super);
    if (error)
        return error;
    s = (struct jbd2_super *)l->super;
    if (!is_sound(s))
        return -EIO;
    l->features = big(s->incompatible);
    if (l->features & ~(uint32_t)JBD2_KNOWN || s->compatible || s->read_only)
        return -EOPNOTSUPP;
    if (uc_ext4_log_checked() && s->sum != super_sum(s))
        return -EIO;
    l->first = big(s->first);
    l->end = big(s->blocks);
    l->sequence = big(s->sequence);
    l->seed = uc_ext4_log_sum(~0u, s->uuid, sizeof s->uuid);
    return 0;
}

long uc_ext4_log_open(void)
{
    struct ext2_super_block *super = uc_ext4->super;
    char *first;
    long error;

    if (!ext2fs_has_feature_journal(super))
        return 0;
    if (!super->s_journal_inum)
        return -EOPNOTSUPP; /* it is on another disk */
    error = map_log(super->s_journal_inum, 1);
    if (error)
        return error;
    first = uc_pages_alloc(1, false);
    if (!first)
        return -ENOMEM;
    error = uc_ext4_io_one(UC_BLOCK_READ, uc_ext4_log_block(0), first);
    uint32_t blocks = big(((struct jbd2_super *)first)->blocks);
    uc_pages_free(first, 1);
    uc_pages_free((char *)uc_ext4_log.runs, 1);
    uc_ext4_log.run_count = 0;
    if (error || blocks >= ext2fs_blocks_count(super))
        return error ? error : -EIO;
    error = map_log(super->s_journal_inum, blocks);
    if (!error)
        error = read_super();
    uc_ext4_log.exists = !error;
    return error;
}

unsigned uc_ext4_log_room(void)
{
    const struct log *l = &uc_ext4_log;

    return l->exists ? (l->end - l->first) / 4 : 1024;
}

/* ---- writing ---- */

long uc_ext4_log_super(uint32_t start)
{
    struct log *l = &uc_ext4_log;
    struct jbd2_super *s = (struct jbd2_super *)l->super;

    s->start = big(start);
    s->sequence = big(l->sequence);
    s->incompatible = big(l->features);
    if (uc_ext4_log_checked()) {
        s->sum_type = JBD2_CRC32C;
        s->sum = super_sum(s);
    }
    long error = uc_ext4_io_one(UC_BLOCK_WRITE, uc_ext4_log_block(0), l->super);
    return error ? error : uc_ext4_flush();
}

static char *page; /* for a descriptor or commit block */
static char *escaped;

static struct jbd2_head *begin_block(uint32_t type)
{
    struct jbd2_head *h = (struct jbd2_head *)page;

    memset(page, 0, uc_ext4_block_size);
    h->magic = big(JBD2_MAGIC);
    h->type = big(type);
    h->sequence = big(uc_ext4_log.sequence);
    return h;
}

/* Writes `page` at the head; after what was added before it. */
static long end_block(uint32_t *sum)
{
    struct log *l = &uc_ext4_log;

    if (uc_ext4_log_checked())
        *sum = big(uc_ext4_log_sum(l->seed, page, uc_ext4_block_size));
    long error =
        uc_ext4_io_one(UC_BLOCK_WRITE, uc_ext4_log_block(l->head), page);
    l->head = uc_ext4_log_next(l->head, 1);
    l->used++;
    return error;
}

static bool is_escaped(const struct buffer *b)
{
    uint32_t first;

    memcpy(&first, b->data, sizeof first);
    return first == big(JBD2_MAGIC);
}

/* The tag of one block, whose contents in the log are `data`. */
static void put_tag(char *at, const struct buffer *b, const char *data,
                    uint32_t flags)
{
    const struct log *l = &uc_ext4_log;
    uint32_t sequence = big(l->sequence), sum = 0;

    if (uc_ext4_log_checked()) {
        sum = uc_ext4_log_sum(l->seed, &sequence, sizeof sequence);
        sum = uc_ext4_log_sum(sum, data, uc_ext4_block_size);
    }
    if (l->features & JBD2_HAS_SUM_V3) {
        struct jbd2_tag3 tag = {big((uint32_t)b->block), big(flags),
                                big((uint32_t)(b->block >> 32)), big(sum)};
        memcpy(at, &tag, sizeof tag);
        return;
    }
    struct jbd2_tag tag = {big((uint32_t)b->block), uc_be16((uint16_t)sum),
                           uc_be16((uint16_t)flags),
                           big((uint32_t)(b->block >> 32))};
    size_t size = uc_ext4_log_tag_size();
    memcpy(at, &tag, size < sizeof tag ? size : sizeof tag);
}

/* Adds the contents of a block at log block n. */
static long put_contents(const struct buffer *b, uint32_t n, const char **data)
{
    *data = b->data;
    if (!is_escaped(b)) {
        uc_ext4_io_add(UC_BLOCK_WRITE, uc_ext4_log_block(n), b->data);
        return 0;
    }
    long error = uc_ext4_io_end(); /* `escaped` is in use no longer */
    memcpy(escaped, b->data, uc_ext4_block_size);
    memset(escaped, 0, sizeof(uint32_t));
    *data = escaped;
    uc_ext4_io_add(UC_BLOCK_WRITE, uc_ext4_log_block(n), escaped);
    return error;
}

/* One descriptor and its blocks; what is left of the list. */
static long write_some(struct buffer **list)
{
    struct log *l = &uc_ext4_log;
    const size_t tag = uc_ext4_log_tag_size();
    size_t end = uc_ext4_block_size - (uc_ext4_log_checked() ? JBD2_TAIL : 0);
    size_t at = sizeof(struct jbd2_head), need = tag + JBD2_UUID;
    uint32_t n = 0;
    long error = 0, e;

    begin_block(JBD2_DESCRIPTOR);
    for (struct buffer *b = *list; b && at + need <= end; b = b->next) {
        const char *data;
        uint32_t flags = n ? JBD2_SAME_UUID : 0;
        size_t next = at + need;
        e = put_contents(b, uc_ext4_log_next(l->head, ++n), &data);
        error = error ? error : e;
        flags |= is_escaped(b) ? JBD2_ESCAPED : 0;
        need = tag;
        if (!b->next || next + need > end)
            flags |= JBD2_LAST;
        put_tag(page + at, b, data, flags);
        if (n == 1)
            memcpy(page + at + tag, ((struct jbd2_super *)l->super)->uuid,
                   JBD2_UUID);
        at = next;
        *list = b->next;
    }
    e = end_block((uint32_t *)(page + uc_ext4_block_size - JBD2_TAIL));
    l->head = uc_ext4_log_next(l->head, n);
    l->used += n;
    return error ? error : e;
}

static long write_commit(void)
{
    uint64_t now = uc_clock_wall();
    struct jbd2_commit *h = (struct jbd2_commit *)begin_block(JBD2_COMMIT);

    h->seconds_high = big((uint32_t)(now / 1000000000 >> 32));
    h->seconds = big((uint32_t)(now / 1000000000));
    h->nanoseconds = big((uint32_t)(now % 1000000000));
    return end_block(&h->sum[0]);
}

long uc_ext4_log_write(struct buffer *list, unsigned n)
{
    struct log *l = &uc_ext4_log;
    size_t tags = uc_ext4_block_size / uc_ext4_log_tag_size() - 4;
    uint32_t need = n + (uint32_t)(n / tags) + 2;
    long error = 0;

    if (need > l->end - l->first - l->used)
        return -EFBIG;
    if (!page)
        page = uc_pages_alloc(1, true);
    if (!escaped)
        escaped = uc_pages_alloc(1, true);
    if (!page || !escaped)
        return -ENOMEM;
    while (list && !error)
        error = write_some(&list);
    if (!error)
        error = uc_ext4_flush();
    if (!error)
        error = write_commit();
    if (!error)
        error = uc_ext4_flush();
    l->sequence++;
    return error;
}

long uc_ext4_checkpoint(void)
{
    struct buffer *all = uc_ext4_take_logged();

    for (struct buffer *b = all; b; b = b->next)
        uc_ext4_io_add(UC_BLOCK_WRITE, b->block, b->data);
    long error = uc_ext4_io_end();
    if (!error)
        error = uc_ext4_flush();
    if (!error && uc_ext4_log.exists && uc_ext4_log.used)
        error = uc_ext4_log_super(uc_ext4_log.head);
    uc_ext4_log.used = error ? uc_ext4_log.used : 0;
    return error;
}
