/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mount.c: the disk becomes the root with the first call, and calls take turns:
 * the library knows of one at a time, and any of them may wait for the disk.
 */
#include <linux/errno.h>
#include <uc/clock.h>
#include <uc/endian.h>
#include <uc/log.h>

#include "walk.h"

ext2_filsys uc_ext4;
bool uc_ext4_read_only;

enum {
    SECTORS = 2, /* of the superblock, from 1024 on */
    MAGIC_AT = 56,
    BLOCK_SIZE_AT = 24,
    INODES_CACHED = 32,
};
static const uint64_t COMMIT_AFTER = 5000000000; /* ns, as Linux has it */

static bool tried;

/* ---- mounting ---- */

static long refuse(const char *why, long error)
{
    uc_log(why, -1);
    return error;
}

/* Why it cannot be read, or NULL. */
static const char *unknown(const struct ext2_super_block *s)
{
    static const struct {
        uint32_t bit;
        const char *text;
    } features[] = {
        {EXT3_FEATURE_INCOMPAT_JOURNAL_DEV,
         "ext4: the disk is a journal (journal_dev)"},
        {EXT4_FEATURE_INCOMPAT_MMP, "ext4: the disk has mmp, not known here"},
        {EXT4_FEATURE_INCOMPAT_INLINE_DATA,
         "ext4: the disk has inline_data, not known here"},
        {EXT4_FEATURE_INCOMPAT_ENCRYPT,
         "ext4: the disk has encrypt, not known here"},
        {EXT4_FEATURE_INCOMPAT_CASEFOLD,
         "ext4: the disk has casefold, not known here"},
    };
    const uint32_t known =
        EXT2_FEATURE_INCOMPAT_FILETYPE | EXT3_FEATURE_INCOMPAT_RECOVER |
        EXT2_FEATURE_INCOMPAT_META_BG | EXT3_FEATURE_INCOMPAT_EXTENTS |
        EXT4_FEATURE_INCOMPAT_64BIT | EXT4_FEATURE_INCOMPAT_FLEX_BG |
        EXT4_FEATURE_INCOMPAT_LARGEDIR | EXT4_FEATURE_INCOMPAT_CSUM_SEED |
        EXT4_FEATURE_INCOMPAT_EA_INODE;

    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (s->s_feature_incompat & features[i].bit)
            return features[i].text;
    return s->s_feature_incompat & ~known
               ? "ext4: the disk has features that are not known here"
               : NULL;
}

/* What may be read but not changed here. */
static bool has_unwritable(const struct ext2_super_block *s)
{
    const uint32_t known =
        EXT2_FEATURE_RO_COMPAT_SPARSE_SUPER |
        EXT2_FEATURE_RO_COMPAT_LARGE_FILE | EXT4_FEATURE_RO_COMPAT_HUGE_FILE |
        EXT4_FEATURE_RO_COMPAT_GDT_CSUM | EXT4_FEATURE_RO_COMPAT_DIR_NLINK |
        EXT4_FEATURE_RO_COMPAT_EXTRA_ISIZE |
        EXT4_FEATURE_RO_COMPAT_METADATA_CSUM;

    return s->s_feature_ro_compat & ~known;
}

/* The block size of the disk, 0: it has no such file system. */
static long read_block_size(uint64_t sectors, uint32_t *size)
{
    char *page = uc_pages_alloc(1, true);
    struct uc_block_request r = {.kind = UC_BLOCK_READ,
                                 .sector = 2,
                                 .parts = {{page, SECTORS * UC_BLOCK_SECTOR}},
                                 .count = 1};
    uint16_t magic;
    uint32_t shift;

    if (!page)
        return -ENOMEM;
    if (sectors < 4) {
        uc_pages_free(page, 1);
        return refuse("ext4: the disk is too small for a file system", -EIO);
    }
    uc_block_start(&r);
    long error = uc_block_wait(&r);
    memcpy(&magic, page + MAGIC_AT, sizeof magic);
    memcpy(&shift, page + BLOCK_SIZE_AT, sizeof shift);
    uc_pages_free(page, 1);
    if (error)
        return refuse("ext4: the disk cannot be read", error);
    if (uc_le16(magic) != EXT2_SUPER_MAGIC)
        return refuse("ext4: the disk has no ext2, ext3 or ext4", -EIO);
    shift = uc_le32(shift);
    if (shift > 2)
        return refuse("ext4: its blocks are larger than 4096 bytes", -EIO);
    *size = 1024u << shift;
    return 0;
}

static long open_library(uint64_t sectors)
{
    int flags = EXT2_FLAG_64BITS | EXT2_FLAG_SKIP_MMP;
    errcode_t e;

    if (!uc_ext4_read_only)
        flags |= EXT2_FLAG_RW;
    e = ext2fs_open("disk", flags | EXT2_FLAG_FORCE, 0, 0,
                    (io_manager)(uintptr_t)&uc_ext4_io, &uc_ext4);
    if (e == EXT2_ET_NO_MEMORY)
        return refuse("ext4: there is too little memory for the disk", -ENOMEM);
    if (e)
        return refuse("ext4: the disk is damaged: see e2fsck", -EIO);
    uint64_t blocks = ext2fs_blocks_count(uc_ext4->super);
    if (blocks > sectors / (uc_ext4_block_size / UC_BLOCK_SECTOR))
        return refuse("ext4: the disk ends before its file system", -EIO);
    const char *why = unknown(uc_ext4->super);
    return why ? refuse(why, -EIO) : 0;
}

/* Replays the log if there is something in it; everything is read anew. */
static long recover(uint64_t sectors)
{
    long error = uc_ext4_log_open();

    if (error == -EOPNOTSUPP)
        return refuse("ext4: the journal is of a kind not known here", -EIO);
    if (error)
        return refuse("ext4: the journal is damaged: see e2fsck", error);
    if (!ext2fs_has_feature_journal_needs_recovery(uc_ext4->super))
        return 0;
    if (uc_ext4_read_only)
        return refuse("ext4: the journal is to be replayed, but the disk "
                      "cannot be written",
                      -EROFS);
    error = uc_ext4_replay();
    if (error)
        return refuse("ext4: the journal cannot be replayed: see e2fsck",
                      error);
    ext2fs_free(uc_ext4);
    uc_ext4_cache_drop();
    return open_library(sectors);
}

static void may_write(void)
{
    struct ext2_super_block *s = uc_ext4->super;
    const char *why = NULL;

    if (has_unwritable(s))
        why = "ext4: the disk has features that allow reading only";
    else if (s->s_state & EXT2_ERROR_FS)
        why = "ext4: the disk has errors, it is only read: see e2fsck";
    else if (!(s->s_state & EXT2_VALID_FS) && !ext2fs_has_feature_journal(s))
        why = "ext4: the disk was not unmounted, it is only read: see e2fsck";
    if (why && !uc_ext4_read_only) {
        uc_log(why, -1);
        uc_ext4_read_only = true;
    }
}

static long read_maps(void)
{
    errcode_t e;

    uc_ext4->default_bitmap_type = EXT2FS_BMAP64_RBTREE;
    e = ext2fs_read_bitmaps(uc_ext4);
    if (!e)
        e = ext2fs_create_inode_cache(uc_ext4, INODES_CACHED);
    if (e == EXT2_ET_NO_MEMORY)
        return refuse("ext4: there is too little memory for the disk", -ENOMEM);
    return e ? refuse("ext4: the disk is damaged: see e2fsck", -EIO) : 0;
}

static long mount(void)
{
    struct uc_block disk;
    uint32_t size;

    if (uc_block_open(&disk))
        return refuse("ext4: there is no disk (unicore-run --disk)", -ENODEV);
    uc_ext4_read_only = disk.read_only;
    long error = read_block_size(disk.sectors, &size);
    if (!error)
        error =
            uc_ext4_cache_start(size, disk.sectors / (size / UC_BLOCK_SECTOR));
    if (!error)
        error = open_library(disk.sectors);
    if (!error)
        error = recover(disk.sectors);
    if (error)
        return error;
    may_write();
    error = uc_ext4_commit_start();
    if (!error && !uc_ext4_read_only)
        error = read_maps();
    if (!error && !uc_ext4_read_only)
        error = uc_ext4_delete_orphans();
    return error;
}

/* ---- calls ---- */

void uc_ext4_fail(const char *why)
{
    if (uc_ext4_read_only)
        return;
    uc_ext4_read_only = true;
    uc_log(why, -1);
    uc_log("ext4: no more changes; the disk stays as of the last sync", -1);
}

static bool is_due(void)
{
    return uc_ext4_meta_count() > uc_ext4_log_room() || uc_ext4_cache_full() ||
           uc_clock_mono() - uc_ext4_last_commit() > COMMIT_AFTER;
}

long uc_node_enter(bool change)
{
    static long error;

    uc_call_begin();
    if (!tried) {
        tried = true;
        error = mount();
    }
    long result = error;
    if (!result && change && uc_ext4_read_only)
        result = -EROFS;
    if (!result && change && is_due())
        result = uc_ext4_commit(true);
    if (!result && uc_ext4)
        uc_ext4->now = (time_t)(uc_clock_wall() / 1000000000);
    if (result)
        uc_call_end();
    return result;
}

long uc_node_leave(bool change, long result)
{
    if (change && (result == -EIO || result == -ENOMEM))
        uc_ext4_fail("ext4: an error in the middle of a change");
    uc_call_end();
    return result;
}

long uc_ext4_error(errcode_t e)
{
    switch (e) {
    case 0:
        return 0;
    case EXT2_ET_BLOCK_ALLOC_FAIL:
    case EXT2_ET_INODE_ALLOC_FAIL:
    case EXT2_ET_DIR_NO_SPACE:
        return -ENOSPC;
    case EXT2_ET_NO_MEMORY:
    case ENOMEM:
        return -ENOMEM;
    case EXT2_ET_FILE_TOO_BIG:
        return -EFBIG;
    case EXT2_ET_RO_FILSYS:
        return -EROFS;
    default:
        return -EIO;
    }
}

long uc_fs_sync(void)
{
    long error = uc_node_enter(false);

    return error ? error : uc_node_leave(false, uc_ext4_commit(true));
}

void uc_fs_end(void)
{
    if (tried && !uc_node_enter(false))
        uc_node_leave(false, uc_ext4_finish());
}
