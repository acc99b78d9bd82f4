/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * replay.c: a log that somebody left behind, this program or Linux, is brought
 * to the disk: three passes as jbd2 makes them. First to the last transaction
 * that is whole; then what was revoked, and in which; then every block that no
 * later transaction revokes is written to its place.
 */
#include <linux/errno.h>
#include <uc/log.h>

#include "jbd2.h"
#include "walk.h"

enum pass {
    SCAN,
    REVOKE,
    REPLAY
};

enum {
    REVOKED_FIRST = 1024,
    MORE = 1, /* a step's result: go on */
};

struct revoked {
    uint64_t block;
    uint32_t sequence;
    bool used;
};

struct recovery {
    uint32_t sequence,
        end;         /* of the transaction looked at; the first missing */
    uint32_t at;     /* its place in the log */
    uint32_t walked; /* log blocks looked at in this pass */
    char *page, *data;
    struct revoked *table; /* by block, open addressing */
    size_t size, count;
    unsigned replayed;
};

/* As numbers that wrap around. */
static bool is_before(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b) < 0;
}

/* ---- the table of what was revoked ---- */

static struct revoked *slot(const struct recovery *r, uint64_t block)
{
    size_t i = (block * 0x9e3779b97f4a7c15 >> 32) & (r->size - 1);

    while (r->table[i].used && r->table[i].block != block)
        i = (i + 1) & (r->size - 1);
    return &r->table[i];
}

static bool grow(struct recovery *r)
{
    struct recovery old = *r;

    r->size = old.size ? 2 * old.size : REVOKED_FIRST;
    r->table = uc_kalloc(r->size * sizeof *r->table);
    if (!r->table) {
        *r = old;
        return false;
    }
    for (size_t i = 0; i < old.size; i++)
        if (old.table[i].used)
            *slot(r, old.table[i].block) = old.table[i];
    if (old.table)
        uc_kfree(old.table, old.size * sizeof *old.table);
    return true;
}

static long revoke(struct recovery *r, uint64_t block)
{
    if (2 * r->count >= r->size && !grow(r))
        return -ENOMEM;
    struct revoked *s = slot(r, block);
    if (!s->used)
        r->count++;
    if (!s->used || is_before(s->sequence, r->sequence))
        *s = (struct revoked){block, r->sequence, true};
    return 0;
}

static bool is_revoked(const struct recovery *r, uint64_t block)
{
    if (!r->count)
        return false;
    const struct revoked *s = slot(r, block);
    return s->used && !is_before(s->sequence, r->sequence);
}

/* ---- one block of the log ---- */

static long read_log(struct recovery *r, char *to)
{
    long error = uc_ext4_io_one(UC_BLOCK_READ, uc_ext4_log_block(r->at), to);

    r->at = uc_ext4_log_next(r->at, 1);
    r->walked++;
    return error;
}

/* Is the checksum at p in the page right? */
static bool sum_fits(struct recovery *r, char *p)
{
    uint32_t was, zero = 0, sum;

    if (!uc_ext4_log_checked())
        return true;
    memcpy(&was, p, sizeof was);
    memcpy(p, &zero, sizeof zero);
    sum = uc_ext4_log_sum(uc_ext4_log.seed, r->page, uc_ext4_block_size);
    memcpy(p, &was, sizeof was);
    return was == big(sum);
}

struct tag {
    uint64_t block;
    uint32_t flags, sum;
};

static struct tag read_tag(const char *at)
{
    uint32_t f = uc_ext4_log.features;
    struct tag t;

    if (f & JBD2_HAS_SUM_V3) {
        struct jbd2_tag3 v3;
        memcpy(&v3, at, sizeof v3);
        t = (struct tag){big(v3.block), big(v3.flags), big(v3.sum)};
        if (f & JBD2_HAS_64BIT)
            t.block |= (uint64_t)big(v3.block_high) << 32;
        return t;
    }
    struct jbd2_tag v = {0};
    memcpy(&v, at, f & JBD2_HAS_64BIT ? 12 : 8);
    t = (struct tag){big(v.block), uc_be16(v.flags), uc_be16(v.sum)};
    if (f & JBD2_HAS_64BIT)
        t.block |= (uint64_t)big(v.block_high) << 32;
    return t;
}

static bool data_fits(const struct recovery *r, const struct tag *t)
{
    const struct log *l = &uc_ext4_log;
    uint32_t sequence = big(r->sequence), sum;

    if (!uc_ext4_log_checked())
        return true;
    sum = uc_ext4_log_sum(l->seed, &sequence, sizeof sequence);
    sum = uc_ext4_log_sum(sum, r->data, uc_ext4_block_size);
    return l->features & JBD2_HAS_SUM_V3 ? t->sum == sum
                                         : t->sum == (sum & 0xffff);
}

static long replay_block(struct recovery *r, const struct tag *t)
{
    uint32_t magic = big(JBD2_MAGIC);
    long error = read_log(r, r->data);

    if (error || is_revoked(r, t->block))
        return error;
    if (t->block >= ext2fs_blocks_count(uc_ext4->super) || !data_fits(r, t))
        return -EIO;
    if (t->flags & JBD2_ESCAPED)
        memcpy(r->data, &magic, sizeof magic);
    r->replayed++;
    return uc_ext4_io_one(UC_BLOCK_WRITE, t->block, r->data);
}

static long descriptor(struct recovery *r, enum pass pass)
{
    size_t tag = uc_ext4_log_tag_size(), at = sizeof(struct jbd2_head);
    size_t end = uc_ext4_block_size - (uc_ext4_log_checked() ? JBD2_TAIL : 0);

    if (!sum_fits(r, r->page + uc_ext4_block_size - JBD2_TAIL))
        return pass == SCAN ? 0 : -EIO;
    while (at + tag <= end) {
        struct tag t = read_tag(r->page + at);
        if (pass == REPLAY) {
            long error = replay_block(r, &t);
            if (error)
                return error;
        } else {
            r->at = uc_ext4_log_next(r->at, 1);
            r->walked++;
        }
        at += tag + (t.flags & JBD2_SAME_UUID ? 0 : JBD2_UUID);
        if (t.flags & JBD2_LAST)
            break;
    }
    return MORE;
}

static long revocation(struct recovery *r, enum pass pass)
{
    bool wide = uc_ext4_log.features & JBD2_HAS_64BIT;
    size_t size = wide ? 8 : 4, at = sizeof(struct jbd2_revoke);
    size_t end = uc_ext4_block_size - (uc_ext4_log_checked() ? JBD2_TAIL : 0);
    uint32_t used = big(((struct jbd2_revoke *)r->page)->used);

    if (!sum_fits(r, r->page + uc_ext4_block_size - JBD2_TAIL) || used > end)
        return pass == SCAN ? 0 : -EIO;
    for (; pass == REVOKE && at + size <= used; at += size) {
        uint32_t part[2];
        memcpy(part, r->page + at, size);
        uint64_t block =
            wide ? (uint64_t)big(part[0]) << 32 | big(part[1]) : big(part[0]);
        long error = revoke(r, block);
        if (error)
            return error;
    }
    return MORE;
}

/* MORE; 0: the log ends here; -errno. */
static long step(struct recovery *r, enum pass pass)
{
    const struct jbd2_head *h = (struct jbd2_head *)r->page;
    uint32_t size = uc_ext4_log.end - uc_ext4_log.first;

    if ((pass != SCAN && r->sequence == r->end) || r->walked >= size)
        return 0;
    long error = read_log(r, r->page);
    if (error)
        return error;
    if (big(h->magic) != JBD2_MAGIC || big(h->sequence) != r->sequence)
        return pass == SCAN ? 0 : -EIO;
    switch (big(h->type)) {
    case JBD2_DESCRIPTOR:
        return descriptor(r, pass);
    case JBD2_REVOKE:
        return revocation(r, pass);
    case JBD2_COMMIT:
        if (!sum_fits(r, r->page + offsetof(struct jbd2_commit, sum)))
            return pass == SCAN ? 0 : -EIO;
        r->sequence++;
        return MORE;
    default:
        return pass == SCAN ? 0 : -EIO;
    }
}

static long one_pass(struct recovery *r, enum pass pass)
{
    const struct jbd2_super *s = (struct jbd2_super *)uc_ext4_log.super;
    long more;

    r->sequence = big(s->sequence);
    r->at = big(s->start);
    r->walked = 0;
    while ((more = step(r, pass)) == MORE)
        ;
    if (pass == SCAN)
        r->end = r->sequence;
    return more;
}

long uc_ext4_replay(void)
{
    struct recovery r = {.page = uc_pages_alloc(1, false),
                         .data = uc_pages_alloc(1, false)};
    long error = r.page && r.data ? 0 : -ENOMEM;

    for (enum pass pass = SCAN; pass <= REPLAY && !error; pass++)
        error = one_pass(&r, pass);
    if (!error)
        error = uc_ext4_flush();
    if (!error) {
        uc_ext4_log.sequence = r.end + 1;
        error = uc_ext4_log_super(0);
    }
    if (!error)
        uc_log("ext4: the journal was replayed; blocks", r.replayed);
    if (r.page)
        uc_pages_free(r.page, 1);
    if (r.data)
        uc_pages_free(r.data, 1);
    if (r.table)
        uc_kfree(r.table, r.size * sizeof *r.table);
    return error;
}
