/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * data.c: the contents of files. Which block of the disk a block of a file is,
 * the library knows; the last run of adjacent blocks that it told is kept. An
 * inode that the library is to change goes to the cache first, as the library
 * reads it anew. A block that was set aside without contents (fallocate) reads
 * as zeros, and becomes an ordinary one when it is written.
 */
#include <linux/errno.h>

#include "walk.h"

enum {
    READ_AHEAD = 31, /* blocks */
};

static char *scratch; /* two blocks, for the library */

static char *work_space(void)
{
    if (!scratch)
        scratch = uc_pages_alloc(2, false);
    return scratch;
}

static uint64_t block_of(int64_t at)
{
    return (uint64_t)at / uc_ext4_block_size;
}

/* ---- where contents are ---- */

/* The run that has block l of a file with a tree of runs; none: a hole. */
static long find_run(struct node *n, uint64_t l, struct ext2fs_extent *x,
                     bool *found)
{
    ext2_extent_handle_t h;
    errcode_t e = ext2fs_extent_open2(uc_ext4, n->ino, uc_ext4_inode(n), &h);

    *found = false;
    if (e)
        return uc_ext4_error(e);
    e = ext2fs_extent_goto(h, l);
    if (!e)
        e = ext2fs_extent_get(h, EXT2_EXTENT_CURRENT, x);
    *found = !e && l >= x->e_lblk && l - x->e_lblk < x->e_len;
    ext2fs_extent_free(h);
    if (e == EXT2_ET_EXTENT_NOT_FOUND || e == EXT2_ET_NO_CURRENT_NODE)
        e = 0;
    return uc_ext4_error(e);
}

/* `empty`: set aside without contents; such a block is not given. */
static long map(struct node *n, uint64_t l, uint64_t *block, bool *empty)
{
    struct ext2fs_extent x;
    blk64_t b = 0;
    bool found;

    *empty = false;
    *block = 0;
    if (l - n->run_start < n->run_count) {
        *block = n->run_block + (l - n->run_start);
        return 0;
    }
    if (!(n->inode->i_flags & EXT4_EXTENTS_FL)) {
        errcode_t e = ext2fs_bmap2(uc_ext4, n->ino, uc_ext4_inode(n),
                                   work_space(), 0, l, NULL, &b);
        *block = b;
        return uc_ext4_error(e);
    }
    if (l >= UINT32_MAX)
        return 0;
    long error = find_run(n, l, &x, &found);
    if (error || !found)
        return error;
    *empty = x.e_flags & EXT2_EXTENT_FLAGS_UNINIT;
    if (*empty)
        return 0;
    n->run_start = x.e_lblk;
    n->run_block = x.e_pblk;
    n->run_count = x.e_len;
    *block = x.e_pblk + (l - x.e_lblk);
    return 0;
}

long uc_ext4_map(struct node *n, uint64_t l, uint64_t *block)
{
    bool empty;

    return map(n, l, block, &empty);
}

/* ---- reading ---- */

/* How many blocks after l, up to `last`, stand after it on the disk too. */
static unsigned ahead(const struct node *n, uint64_t l, uint64_t last)
{
    uint64_t end = n->run_start + n->run_count;
    uint64_t more = last > l ? last - l : 0;

    if (l - n->run_start >= n->run_count)
        return 0;
    if (more > READ_AHEAD)
        more = READ_AHEAD;
    return (unsigned)(l + more < end ? more : end - 1 - l);
}

long uc_node_read(struct node *n, void *p, size_t size, int64_t at)
{
    int64_t end = uc_ext4_size(n);
    char *to = p;
    long done = 0;

    if (at >= end)
        return 0;
    if ((uint64_t)(end - at) < size)
        size = (size_t)(end - at);
    uint64_t last = block_of(at + (int64_t)size - 1),
             of_file = block_of(end - 1);
    while (size) {
        size_t offset = (size_t)at % uc_ext4_block_size;
        size_t part = uc_ext4_block_size - offset;
        uint64_t block, l = block_of(at);
        long error = uc_ext4_map(n, l, &block);
        if (error)
            return done ? done : error;
        if (part > size)
            part = size;
        if (block) {
            struct buffer *b =
                uc_ext4_get(block, ahead(n, l, last), ahead(n, l, of_file));
            if (!b)
                return done ? done : -EIO;
            memcpy(to, b->data + offset, part);
            uc_ext4_put(b);
        } else {
            memset(to, 0, part);
        }
        to += part;
        at += (int64_t)part;
        done += (long)part;
        size -= part;
    }
    return done;
}

/* ---- writing ---- */

/* A block of the disk for block l, new or set aside; its buffer, zeroed. */
static long allocate(struct node *n, uint64_t l, bool empty, struct buffer **b)
{
    int flags = empty ? BMAP_SET : BMAP_ALLOC, ret = 0;
    blk64_t block = 0;
    errcode_t e = 0;
    long error = 0;

    if (!empty && !uc_ext4_has_room(1))
        return -ENOSPC;
    if (!work_space())
        return -ENOMEM;
    error = uc_ext4_write_node(n);
    if (!error && empty) /* which one it is */
        e = ext2fs_bmap2(uc_ext4, n->ino, uc_ext4_inode(n), scratch, 0, l, &ret,
                         &block);
    if (!error && !e)
        e = ext2fs_bmap2(uc_ext4, n->ino, uc_ext4_inode(n), scratch, flags, l,
                         NULL, &block);
    if (error || e)
        return error ? error : uc_ext4_error(e);
    *b = uc_ext4_new(block);
    if (!*b)
        return -ENOMEM;
    memset((*b)->data, 0, uc_ext4_block_size);
    n->changed = true;
    return 0;
}

/* Block l for writing; all of it, or not. */
static long get_for_write(struct node *n, uint64_t l, bool whole,
                          struct buffer **b)
{
    uint64_t block;
    bool empty;
    long error = map(n, l, &block, &empty);

    if (error)
        return error;
    if (!block)
        return allocate(n, l, empty, b);
    *b = whole ? uc_ext4_new(block) : uc_ext4_get(block, 0, 0);
    return *b ? 0 : -EIO;
}

/* Zeros from `at` to the end of its block, where there is one. */
static long clear_rest(struct node *n, int64_t at)
{
    size_t offset = (size_t)at % uc_ext4_block_size;
    uint64_t block;
    long error = uc_ext4_map(n, block_of(at), &block);

    if (error || !block || !offset)
        return error;
    struct buffer *b = uc_ext4_get(block, 0, 0);
    if (!b)
        return -EIO;
    memset(b->data + offset, 0, uc_ext4_block_size - offset);
    uc_ext4_dirty(b, BUFFER_DATA);
    uc_ext4_put(b);
    return 0;
}

static int64_t longest(const struct node *n)
{
    if (n->inode->i_flags & EXT4_EXTENTS_FL)
        return (int64_t)(UINT32_MAX - 1) * uc_ext4_block_size;
    uint64_t per_block = uc_ext4_block_size / 4;
    uint64_t blocks = EXT2_NDIR_BLOCKS + per_block + per_block * per_block +
                      per_block * per_block * per_block;
    if (blocks > UINT32_MAX - 1)
        blocks = UINT32_MAX - 1;
    return (int64_t)blocks * uc_ext4_block_size;
}

static long write_part(struct node *n, const char *from, size_t part,
                       int64_t at)
{
    struct buffer *b;
    long error = get_for_write(n, block_of(at), part == uc_ext4_block_size, &b);

    if (error)
        return error;
    memcpy(b->data + (size_t)at % uc_ext4_block_size, from, part);
    uc_ext4_dirty(b, BUFFER_DATA);
    uc_ext4_put(b);
    if (at + (int64_t)part > uc_ext4_size(n))
        error = uc_ext4_set_size(n, at + (int64_t)part);
    return error;
}

/* In the middle of much: commits when memory or the log is short. */
static long make_way(void)
{
    if (uc_ext4_meta_count() > uc_ext4_log_room())
        return uc_ext4_commit(true);
    return uc_ext4_cache_full() ? uc_ext4_write_data() : 0;
}

long uc_node_write(struct node *n, const void *p, size_t size, int64_t at)
{
    const char *from = p;
    long done = 0, error = 0;

    if (!size)
        return 0;
    if (at >= longest(n))
        return -EFBIG;
    if (size > (uint64_t)(longest(n) - at))
        size = (size_t)(longest(n) - at);
    if (at > uc_ext4_size(n))
        error = clear_rest(n, uc_ext4_size(n));
    while (size && !error) {
        size_t part = uc_ext4_block_size - (size_t)at % uc_ext4_block_size;
        if (part > size)
            part = size;
        error = make_way();
        if (!error)
            error = write_part(n, from, part, at);
        if (error)
            break;
        from += part;
        at += (int64_t)part;
        done += (long)part;
        size -= part;
    }
    if (done)
        uc_ext4_touch(n, TIME_CHANGE | TIME_MODIFY);
    return error == -EIO || error == -ENOMEM || !done ? error : done;
}

/* ---- sizes ---- */

/* In one transaction: it has the maps of all groups that the file was in. */
static long free_from(struct node *n, uint64_t first)
{
    long error = uc_ext4_write_node(n);
    errcode_t e = 0;

    n->run_count = 0;
    if (!error)
        e = ext2fs_punch(uc_ext4, n->ino, uc_ext4_inode(n), NULL, first, ~0ULL);
    return error ? error : uc_ext4_error(e);
}

static bool has_blocks(const struct node *n)
{
    unsigned type = n->inode->i_mode & LINUX_S_IFMT;

    if (type == LINUX_S_IFLNK)
        return !ext2fs_is_fast_symlink(
            (struct ext2_inode *)(uintptr_t)n->inode);
    return type == LINUX_S_IFREG || type == LINUX_S_IFDIR;
}

long uc_ext4_free_contents(struct node *n)
{
    return has_blocks(n) ? free_from(n, 0) : 0;
}

long uc_node_resize(struct node *n, int64_t size)
{
    int64_t old = uc_ext4_size(n);
    long error = 0;

    if (size > longest(n))
        return -EFBIG;
    if (size <= old) {
        error = clear_rest(n, size);
        if (!error)
            error = uc_ext4_set_size(n, size);
        if (!error)
            error =
                free_from(n, block_of(size + (int64_t)uc_ext4_block_size - 1));
    } else {
        error = clear_rest(n, old);
        if (!error)
            error = uc_ext4_set_size(n, size);
    }
    uc_ext4_touch(n, TIME_CHANGE | TIME_MODIFY);
    n->changed = true;
    return error;
}

/* Without a tree of runs there is nothing but zeros to set aside. */
static long write_zeros(struct node *n, int64_t at, int64_t size)
{
    for (uint64_t l = block_of(at); l <= block_of(at + size - 1); l++) {
        uint64_t block;
        struct buffer *b;
        long error = make_way();
        if (!error)
            error = uc_ext4_map(n, l, &block);
        if (!error && !block) {
            error = allocate(n, l, false, &b);
            if (!error) {
                uc_ext4_dirty(b, BUFFER_DATA);
                uc_ext4_put(b);
            }
        }
        if (error)
            return error;
    }
    return 0;
}

static long reserve(struct node *n, int64_t at, int64_t size)
{
    uint64_t first = block_of(at), last = block_of(at + size - 1);
    bool tree = n->inode->i_flags & EXT4_EXTENTS_FL;
    long error = 0;

    if (size > longest(n) || at > longest(n) - size)
        return -EFBIG;
    if (!uc_ext4_has_room(last - first + 1)) /* more than is needed, if any */
        return -ENOSPC;
    if (at + size > uc_ext4_size(n))
        error = clear_rest(n, uc_ext4_size(n));
    if (!error && !tree)
        error = write_zeros(n, at, size);
    if (!error && tree) {
        error = uc_ext4_write_node(n);
        n->run_count = 0;
        if (!error)
            error = uc_ext4_error(ext2fs_fallocate(
                uc_ext4, EXT2_FALLOCATE_FORCE_UNINIT, n->ino, uc_ext4_inode(n),
                ~0ULL, first, last - first + 1));
    }
    if (!error && at + size > uc_ext4_size(n))
        error = uc_ext4_set_size(n, at + size);
    uc_ext4_touch(n, TIME_CHANGE | TIME_MODIFY);
    n->changed = true;
    return error;
}

long uc_ext4_allocate(struct file *f, int64_t at, int64_t size)
{
    long error = uc_node_enter(true);

    return error ? error : uc_node_leave(true, reserve(f->node, at, size));
}

int64_t uc_node_next(struct node *n, int64_t at, bool data)
{
    int64_t size = uc_ext4_size(n);

    while (at < size) {
        uint64_t block;
        if (uc_ext4_map(n, block_of(at), &block))
            return size;
        if (!!block == data)
            return at;
        at = (int64_t)((block_of(at) + 1) * uc_ext4_block_size);
    }
    return size;
}
