/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * node.c: inodes in use: open files, directories that something begins at, and
 * whatever a call has at hand. An inode whose last name went while it was open
 * is on the disk's list of orphans, so that it goes if the machine does.
 */
#include <linux/errno.h>
#include <uc/clock.h>
#include <uc/devfs.h>
#include <uc/endian.h>

#include "walk.h"

enum {
    BUCKETS = 64,
    SECOND = 1000000000,
    EXTRA_TIME_BITS = 2,
};

static struct node *table[BUCKETS];

static struct node **bucket(ext2_ino_t ino)
{
    return &table[ino % BUCKETS];
}

static size_t inode_size(void)
{
    size_t n = EXT2_INODE_SIZE(uc_ext4->super);

    return n < sizeof(struct ext2_inode_large) ? sizeof(struct ext2_inode_large)
                                               : n;
}

static size_t node_size(void)
{
    return sizeof(struct node) + inode_size();
}

struct ext2_inode *uc_ext4_inode(struct node *n)
{
    return (struct ext2_inode *)n->inode;
}

/* A name of /dev that the disk does not have, or /dev itself. */
static long made_up(struct node *n)
{
    struct ext2_inode_large *i = n->inode;
    unsigned d = n->ino - UC_EXT4_DEV - 1;

    i->i_links_count = n->ino == UC_EXT4_DEV ? 2 : 1;
    i->i_mode = LINUX_S_IFDIR | 0755;
    if (n->ino == UC_EXT4_DEV)
        return 0;
    i->i_mode = (uint16_t)uc_devices[d].mode;
    i->i_block[0] = (uint32_t)uc_devices[d].major << 8 | uc_devices[d].minor;
    return 0;
}

static long read_node(struct node *n)
{
    if (n->ino >= UC_EXT4_DEV)
        return made_up(n);
    return uc_ext4_error(ext2fs_read_inode_full(
        uc_ext4, n->ino, uc_ext4_inode(n), (int)inode_size()));
}

long uc_ext4_node(ext2_ino_t ino, struct node **result)
{
    struct node *n = *bucket(ino);

    while (n && n->ino != ino)
        n = n->next;
    if (n) {
        n->refs++;
        *result = n;
        return uc_node_is(n, LINUX_S_IFDIR) ? uc_ext4_refresh(n) : 0;
    }
    n = uc_kalloc(node_size());
    if (!n)
        return -ENOMEM;
    n->ino = ino;
    n->refs = 1;
    long error = read_node(n);
    if (error) {
        uc_kfree(n, node_size());
        return error;
    }
    n->next = *bucket(ino);
    *bucket(ino) = n;
    *result = n;
    return 0;
}

long uc_ext4_refresh(struct node *n)
{
    return uc_node_is(n, LINUX_S_IFDIR) ? read_node(n) : 0;
}

long uc_ext4_write_node(struct node *n)
{
    n->changed = n->times = false;
    if (n->ino >= UC_EXT4_DEV)
        return 0;
    return uc_ext4_error(ext2fs_write_inode_full(
        uc_ext4, n->ino, uc_ext4_inode(n), (int)inode_size()));
}

long uc_ext4_changed(struct node *n)
{
    if (uc_node_is(n, LINUX_S_IFDIR))
        return uc_ext4_write_node(n);
    n->changed = true;
    return 0;
}

long uc_ext4_write_nodes(bool times)
{
    long error = 0;

    for (unsigned i = 0; i < BUCKETS; i++)
        for (struct node *n = table[i]; n && !error; n = n->next)
            if (n->changed || (times && n->times))
                error = uc_ext4_write_node(n);
    return error;
}

/* ---- times ---- */

/* What is beyond the signed 32 bits of the other field. */
static uint32_t extra(uint64_t ns)
{
    int64_t seconds = (int64_t)(ns / SECOND);
    uint32_t epoch = (uint32_t)((seconds - (int32_t)seconds) >> 32) & 3;

    return (uint32_t)(ns % SECOND) << EXTRA_TIME_BITS | epoch;
}

void uc_ext4_set_time(struct node *n, unsigned which, uint64_t ns)
{
    struct ext2_inode_large *i = n->inode;
    bool wide = EXT2_INODE_SIZE(uc_ext4->super) > EXT2_GOOD_OLD_INODE_SIZE &&
                i->i_extra_isize >= 24;
    uint32_t seconds = (uint32_t)(ns / SECOND);

    if (which & TIME_ACCESS)
        i->i_atime = seconds;
    if (which & TIME_CHANGE)
        i->i_ctime = seconds;
    if (which & TIME_MODIFY)
        i->i_mtime = seconds;
    if (wide && which & TIME_ACCESS)
        i->i_atime_extra = extra(ns);
    if (wide && which & TIME_CHANGE)
        i->i_ctime_extra = extra(ns);
    if (wide && which & TIME_MODIFY)
        i->i_mtime_extra = extra(ns);
}

void uc_ext4_touch(struct node *n, unsigned which)
{
    uc_ext4_set_time(n, which, uc_clock_wall());
    n->times = true;
}

/* ---- sizes ---- */

int64_t uc_ext4_size(struct node *n)
{
    return (int64_t)EXT2_I_SIZE(uc_ext4_inode(n));
}

long uc_ext4_set_size(struct node *n, int64_t size)
{
    errcode_t e = ext2fs_inode_size_set(uc_ext4, uc_ext4_inode(n), size);

    if (!e)
        n->changed = true;
    return uc_ext4_error(e);
}

/* ---- making and deleting ---- */

long uc_ext4_make(ext2_ino_t near, unsigned mode, struct node **result)
{
    ext2_filsys fs = uc_ext4;
    struct ext2_inode inode = {.i_mode = (uint16_t)mode, .i_links_count = 0};
    ext2_ino_t ino;
    errcode_t e = ext2fs_new_inode(fs, near, (int)mode, 0, &ino);

    if (e)
        return uc_ext4_error(e);
    if (ext2fs_has_feature_extents(fs->super) &&
        ((mode & LINUX_S_IFMT) == LINUX_S_IFREG ||
         (mode & LINUX_S_IFMT) == LINUX_S_IFDIR))
        inode.i_flags = EXT4_EXTENTS_FL;
    inode.i_generation = (uint32_t)uc_clock_mono();
    e = ext2fs_write_new_inode(fs, ino, &inode);
    if (!e && inode.i_flags & EXT4_EXTENTS_FL) { /* an empty tree */
        ext2_extent_handle_t h;
        e = ext2fs_extent_open2(fs, ino, &inode, &h);
        if (!e)
            e = ext2fs_write_inode(fs, ino, &inode);
        ext2fs_extent_free(h);
    }
    if (e)
        return uc_ext4_error(e);
    ext2fs_inode_alloc_stats2(fs, ino, +1,
                              (mode & LINUX_S_IFMT) == LINUX_S_IFDIR);
    long error = uc_ext4_node(ino, result);
    if (!error) {
        uc_ext4_touch(*result, TIME_ACCESS | TIME_CHANGE | TIME_MODIFY);
        error = uc_ext4_changed(*result);
    }
    return error;
}

/* The block of extended attributes, which inodes may share. */
static long free_attributes(struct node *n)
{
    ext2_filsys fs = uc_ext4;
    blk64_t block = ext2fs_file_acl_block(fs, uc_ext4_inode(n));
    struct buffer *b;

    if (!block)
        return 0;
    b = uc_ext4_get(block, 0, 0);
    if (!b)
        return -EIO;
    struct ext2_ext_attr_header *h = (struct ext2_ext_attr_header *)b->data;
    uint32_t users = uc_le32(h->h_refcount);
    bool last = users <= 1;
    if (!last) {
        h->h_refcount = uc_le32(users - 1);
        ext2fs_ext_attr_block_csum_set(fs, n->ino, block, h);
        uc_ext4_dirty(b, BUFFER_META);
    }
    uc_ext4_put(b);
    if (last)
        ext2fs_block_alloc_stats2(fs, block, -1);
    ext2fs_file_acl_block_set(fs, uc_ext4_inode(n), 0);
    return 0;
}

static long orphan_next(ext2_ino_t ino, ext2_ino_t *next)
{
    struct node *n;
    long error = uc_ext4_node(ino, &n);

    if (error)
        return error;
    *next = n->inode->i_dtime;
    n->refs--; /* somebody else holds it, or mount.c does */
    return 0;
}

/* Takes n off the list of orphans. */
static long unlist(struct node *n)
{
    struct ext2_super_block *s = uc_ext4->super;
    ext2_ino_t at = s->s_last_orphan, next = n->inode->i_dtime;
    struct node *before;
    long error = 0;

    n->orphan = false;
    if (at == n->ino) {
        s->s_last_orphan = next;
        return 0;
    }
    for (ext2_ino_t to = 0; at && !error; at = to) {
        error = orphan_next(at, &to);
        if (to == n->ino)
            break;
    }
    if (error || !at)
        return error ? error : -EIO;
    error = uc_ext4_node(at, &before);
    if (error)
        return error;
    before->inode->i_dtime = next;
    error = uc_ext4_write_node(before);
    before->refs--;
    return error;
}

long uc_ext4_orphan(struct node *n)
{
    n->inode->i_dtime = uc_ext4->super->s_last_orphan;
    uc_ext4->super->s_last_orphan = n->ino;
    n->orphan = true;
    return uc_ext4_changed(n);
}

static long delete(struct node *n)
{
    bool dir = uc_node_is(n, LINUX_S_IFDIR);
    long error = uc_ext4_free_contents(n);

    if (!error)
        error = free_attributes(n);
    if (!error && n->orphan)
        error = unlist(n);
    n->inode->i_dtime = (uint32_t)uc_ext4->now;
    n->inode->i_links_count = 0;
    if (!error)
        error = ext2fs_inode_size_set(uc_ext4, uc_ext4_inode(n), 0) ? -EIO : 0;
    if (!error)
        error = uc_ext4_write_node(n);
    if (!error)
        ext2fs_inode_alloc_stats2(uc_ext4, n->ino, -1, dir);
    return error;
}

void uc_node_drop(struct node *n)
{
    struct node **at = bucket(n->ino);

    if (--n->refs)
        return;
    if (!uc_ext4_read_only && n->ino < UC_EXT4_DEV) {
        long error = uc_ext4_refresh(n);
        if (!error && !n->inode->i_links_count)
            error = delete (n);
        else if (!error && (n->changed || n->times))
            error = uc_ext4_write_node(n);
        if (error)
            uc_ext4_fail("ext4: an inode cannot be written");
    }
    while (*at != n)
        at = &(*at)->next;
    *at = n->next;
    if (n->parent)
        uc_node_drop(n->parent);
    uc_kfree(n, node_size());
}

/* At the mount: what was open, or half truncated, when the machine stopped. */
long uc_ext4_delete_orphans(void)
{
    ext2_ino_t ino = uc_ext4->super->s_last_orphan;
    uint32_t most = uc_ext4->super->s_inodes_count;
    long error = 0;

    for (; ino && !error; most--) {
        struct node *n;
        if (ino > uc_ext4->super->s_inodes_count || !most)
            return -EIO;
        error = uc_ext4_node(ino, &n);
        if (error)
            return error;
        ino = n->inode->i_dtime;
        n->inode->i_dtime = 0;
        if (n->inode->i_links_count) { /* a truncation */
            error = uc_node_resize(n, uc_ext4_size(n));
            n->changed = true;
        }
        uc_ext4->super->s_last_orphan = ino;
        uc_node_drop(n);
    }
    return error;
}
