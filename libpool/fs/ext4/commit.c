/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * commit.c: what changed since the last commit, made durable as a whole.
 *
 * What the library keeps beside the blocks (bitmaps, descriptors of groups, the
 * superblock, inodes in use) is put into their blocks first, of those groups
 * that changed. A block that was freed stays marked in the map until then, so
 * that it gets no new contents while the disk still says whose it is.
 */
#include <linux/errno.h>
#include <uc/clock.h>
#include <uc/endian.h>

#include "jbd2.h"
#include "uc_changes.h"
#include "walk.h"

enum { /* of a group */
    INODES_CHANGED = 1,
    BLOCKS_CHANGED = 2,
};

struct freed {
    uint64_t block, count;
};

static uint8_t *groups;
static bool any_group;
static struct freed *freed; /* in this transaction, by runs */
static size_t freed_count, freed_room;
static uint64_t freed_blocks;
static bool in_log; /* one of them is */
static uint64_t last_commit;
static bool unclean; /* without a log: changed since the last end */

int uc_ext4_commit_start(void)
{
    groups = uc_kalloc(uc_ext4->group_desc_count);
    last_commit = uc_clock_mono();
    return groups ? 0 : -ENOMEM;
}

uint64_t uc_ext4_last_commit(void)
{
    return last_commit;
}

/* ---- told by the library ---- */

void uc_ext4_inode_changed(uint32_t group)
{
    groups[group] |= INODES_CHANGED;
    any_group = true;
}

void uc_ext4_block_changed(uint32_t group)
{
    groups[group] |= BLOCKS_CHANGED;
    any_group = true;
}

static bool more_freed(void)
{
    size_t room = freed_room ? 2 * freed_room : 64;
    struct freed *now = uc_kalloc(room * sizeof *now);

    if (!now)
        return false;
    if (freed) {
        memcpy(now, freed, freed_count * sizeof *now);
        uc_kfree(freed, freed_room * sizeof *freed);
    }
    freed = now;
    freed_room = room;
    return true;
}

/* Without memory to remember it the block is lost until e2fsck finds it. */
bool uc_ext4_block_freed(uint64_t block)
{
    struct freed *last = freed_count ? &freed[freed_count - 1] : NULL;

    in_log |= uc_ext4_forget(block);
    freed_blocks++;
    if (last && block == last->block + last->count) {
        last->count++;
        return true;
    }
    if (freed_count < freed_room || more_freed())
        freed[freed_count++] = (struct freed){block, 1};
    return true;
}

static void release_freed(void)
{
    for (size_t i = 0; i < freed_count; i++)
        ext2fs_unmark_block_bitmap_range2(uc_ext4->block_map, freed[i].block,
                                          (blk_t)freed[i].count);
    freed_count = 0;
    freed_blocks = 0;
}

uint64_t uc_ext4_free_blocks(void)
{
    uint64_t n = ext2fs_free_blocks_count(uc_ext4->super);

    return n > SPARE_BLOCKS ? n - SPARE_BLOCKS : 0;
}

bool uc_ext4_has_room(uint64_t blocks)
{
    uint64_t n = uc_ext4_free_blocks();

    if (n < blocks)
        return false;
    return n - blocks >= freed_blocks || !uc_ext4_commit(true);
}

/* ---- into blocks ---- */

static long put_block(uint64_t block, const void *p)
{
    struct buffer *b = uc_ext4_new(block);

    if (!b)
        return -EIO;
    memcpy(b->data, p, uc_ext4_block_size);
    uc_ext4_dirty(b, BUFFER_META);
    uc_ext4_put(b);
    return 0;
}

static long put_block_map(dgrp_t g, char *page)
{
    ext2_filsys fs = uc_ext4;
    uint32_t bits = EXT2_BLOCKS_PER_GROUP(fs->super);
    uint64_t first = ext2fs_group_first_block2(fs, g);
    uint64_t left = ext2fs_blocks_count(fs->super) - first;
    uint32_t here = left < bits ? (uint32_t)left : bits;

    memset(page, 0xff, uc_ext4_block_size);
    memset(page, 0, bits / 8);
    if (ext2fs_get_block_bitmap_range2(fs->block_map, first, here, page))
        return -EIO;
    for (uint32_t i = here; i < bits; i++)
        ext2fs_set_bit(i, page);
    ext2fs_block_bitmap_csum_set(fs, g, page, (int)(bits / 8));
    return put_block(ext2fs_block_bitmap_loc(fs, g), page);
}

static long put_inode_map(dgrp_t g, char *page)
{
    ext2_filsys fs = uc_ext4;
    uint32_t bits = EXT2_INODES_PER_GROUP(fs->super);

    memset(page, 0xff, uc_ext4_block_size);
    memset(page, 0, bits / 8);
    if (ext2fs_get_inode_bitmap_range2(fs->inode_map, (__u64)g * bits + 1, bits,
                                       page))
        return -EIO;
    ext2fs_inode_bitmap_csum_set(fs, g, page, (int)(bits / 8));
    return put_block(ext2fs_inode_bitmap_loc(fs, g), page);
}

/* The maps of group g. */
static long put_group(dgrp_t g, char *page)
{
    ext2_filsys fs = uc_ext4;
    long error = 0;

    if (ext2fs_bg_flags_test(fs, g, EXT2_BG_BLOCK_UNINIT) &&
        groups[g] & INODES_CHANGED) /* as Linux: both are then used */
        groups[g] |= BLOCKS_CHANGED;
    if (groups[g] & BLOCKS_CHANGED) {
        ext2fs_bg_flags_clear(fs, g, EXT2_BG_BLOCK_UNINIT);
        error = put_block_map(g, page);
    }
    if (!error && groups[g] & INODES_CHANGED)
        error = put_inode_map(g, page);
    ext2fs_group_desc_csum_set(fs, g);
    groups[g] = 0;
    return error;
}

static long put_descriptors(dgrp_t i)
{
    ext2_filsys fs = uc_ext4;
    blk64_t at =
        ext2fs_descriptor_block_loc2(fs, fs->super->s_first_data_block, i);

    struct buffer *b = uc_ext4_new(at);
    unsigned n = EXT2_DESC_PER_BLOCK(fs->super);
    unsigned size = EXT2_DESC_SIZE(fs->super);

    if (!b)
        return -EIO;
    memcpy(b->data, (char *)fs->group_desc + (size_t)i * uc_ext4_block_size,
           uc_ext4_block_size);
    for (unsigned g = 0; UC_IS_BIG_ENDIAN && g < n; g++)
        ext2fs_swap_group_desc2(fs,
                                (struct ext2_group_desc *)(b->data + g * size));
    uc_ext4_dirty(b, BUFFER_META);
    uc_ext4_put(b);
    return 0;
}

static long put_groups(void)
{
    ext2_filsys fs = uc_ext4;
    uint32_t per_block = EXT2_DESC_PER_BLOCK(fs->super);
    char *page = uc_pages_alloc(1, false);
    long error = page ? 0 : -ENOMEM;

    for (dgrp_t i = 0; i < fs->desc_blocks && !error; i++) {
        bool touched = false;
        for (dgrp_t g = i * per_block;
             g < (i + 1) * per_block && g < fs->group_desc_count && !error; g++)
            if (groups[g]) {
                error = put_group(g, page);
                touched = true;
            }
        if (touched && !error)
            error = put_descriptors(i);
    }
    if (page)
        uc_pages_free(page, 1);
    any_group = error;
    return error;
}

/* Changed or not: it has no state of its own that would tell. */
static long put_super(void)
{
    enum {
        AT = 1024
    };
    struct ext2_super_block *s = uc_ext4->super, *disk;
    struct buffer *b = uc_ext4_get(AT / uc_ext4_block_size, 0, 0);

    if (!b)
        return -EIO;
    if (!uc_ext4_log.exists)
        s->s_state &= (uint16_t)~EXT2_VALID_FS; /* e2fsck is to look */
    s->s_wtime = (uint32_t)(uc_clock_wall() / 1000000000);
    disk = (struct ext2_super_block *)(b->data + AT % uc_ext4_block_size);
    memcpy(disk, s, sizeof *s);
    if (UC_IS_BIG_ENDIAN)
        ext2fs_swap_super(disk);
    ext2fs_superblock_csum_set(uc_ext4, disk);
    uc_ext4_dirty(b, BUFFER_META);
    uc_ext4_put(b);
    return 0;
}

/* ---- the mark that the log is in use ---- */

/* Written in place: no replay could set what tells that there is one to do. */
static long mark_super(bool in_use)
{
    enum {
        AT = 1024
    };
    struct ext2_super_block *s = uc_ext4->super, *disk;
    struct buffer *b = uc_ext4_get(AT / uc_ext4_block_size, 0, 0);

    if (!b)
        return -EIO;
    if (in_use)
        ext2fs_set_feature_journal_needs_recovery(s);
    else
        ext2fs_clear_feature_journal_needs_recovery(s);
    disk = (struct ext2_super_block *)(b->data + AT % uc_ext4_block_size);
    disk->s_feature_incompat = uc_le32(s->s_feature_incompat);
    ext2fs_superblock_csum_set(uc_ext4, disk);
    long error = uc_ext4_io_one(UC_BLOCK_WRITE, b->block, b->data);
    uc_ext4_put(b);
    return error ? error : uc_ext4_flush();
}

/* As Linux does at a mount: checksums in the log where the disk has them. */
static long start_log(void)
{
    struct log *l = &uc_ext4_log;
    long error;

    if (ext2fs_has_feature_metadata_csum(uc_ext4->super)) {
        l->features &= ~(uint32_t)JBD2_HAS_SUM_V2;
        l->features |= JBD2_HAS_SUM_V3;
    }
    if (ext2fs_has_feature_64bit(uc_ext4->super))
        l->features |= JBD2_HAS_64BIT;
    l->head = l->first;
    l->used = 0;
    error = mark_super(true);
    if (!error)
        error = uc_ext4_log_super(l->head);
    l->started = !error;
    return error;
}

/* ---- the commit ---- */

/* Without a log: everything in place, and e2fsck has to look after a crash. */
static long write_in_place(struct buffer *list)
{
    unclean = true;
    for (struct buffer *b = list; b; b = b->next)
        uc_ext4_io_add(UC_BLOCK_WRITE, b->block, b->data);
    long error = uc_ext4_io_end();
    return error ? error : uc_ext4_flush();
}

static long write_logged(struct buffer *list, unsigned n)
{
    struct log *l = &uc_ext4_log;
    long error = uc_ext4_log_write(list, n);

    for (struct buffer *b = list; b && !error; b = b->next)
        uc_ext4_add_logged(b);
    if (!error && (in_log || l->used > (l->end - l->first) / 2)) {
        error = uc_ext4_checkpoint();
        in_log = false;
    }
    return error;
}

static long write_all(void)
{
    unsigned n;
    bool data = !uc_ext4_is_clean();
    long error = uc_ext4_write_data();

    if (error)
        return error;
    if (!uc_ext4_meta_count() && !any_group)
        return data ? uc_ext4_flush() : 0;
    release_freed();
    if (uc_ext4_log.exists && !uc_ext4_log.started)
        error = start_log();
    if (!error && any_group)
        error = put_groups();
    if (!error)
        error = put_super();
    if (error)
        return error;
    struct buffer *list = uc_ext4_take_meta(&n);
    return uc_ext4_log.exists ? write_logged(list, n) : write_in_place(list);
}

long uc_ext4_commit(bool times)
{
    long error = uc_ext4_read_only ? 0 : uc_ext4_write_nodes(times);

    if (!error && !uc_ext4_read_only)
        error = write_all();
    if (error)
        uc_ext4_fail("ext4: the disk cannot be written");
    last_commit = uc_clock_mono();
    return error;
}

/* Without a log the end is what tells that all was written. */
static long mark_clean(void)
{
    enum {
        AT = 1024
    };
    struct buffer *b = uc_ext4_get(AT / uc_ext4_block_size, 0, 0);
    struct ext2_super_block *disk;

    if (!b)
        return -EIO;
    uc_ext4->super->s_state |= EXT2_VALID_FS;
    disk = (struct ext2_super_block *)(b->data + AT % uc_ext4_block_size);
    disk->s_state = uc_le16(uc_ext4->super->s_state);
    ext2fs_superblock_csum_set(uc_ext4, disk);
    long error = uc_ext4_io_one(UC_BLOCK_WRITE, b->block, b->data);
    uc_ext4_put(b);
    unclean = false;
    return error ? error : uc_ext4_flush();
}

long uc_ext4_finish(void)
{
    long error = uc_ext4_commit(true);

    if (error || uc_ext4_read_only)
        return error;
    if (unclean)
        return mark_clean();
    if (uc_ext4_log.started)
        error = uc_ext4_checkpoint();
    if (!error && uc_ext4_log.started)
        error = uc_ext4_log_super(0);
    if (!error && ext2fs_has_feature_journal_needs_recovery(uc_ext4->super))
        error = mark_super(false);
    uc_ext4_log.started = false;
    return error;
}
