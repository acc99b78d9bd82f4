/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dir.c: the entries of directories. A directory is a file of blocks, each full
 * of entries that say how long they are; one without an inode is free room.
 * Those that Linux has indexed look the same to who reads all of it; only
 * adding to them is left to the library.
 */
#include <linux/errno.h>
#include <uc/devfs.h>
#include <uc/endian.h>

#include "walk.h"

enum {
    HEAD = 8,  /* of an entry, before its name */
    TAIL = 12, /* of a block with a checksum */
    TAIL_TYPE = 0xde,
};

/* The numbers of an entry are little-endian. */
static unsigned length_of(const struct ext2_dir_entry *e)
{
    return uc_le16(e->name_len) & 0xff;
}

static unsigned type_of(const struct ext2_dir_entry *e)
{
    return uc_le16(e->name_len) >> 8;
}

static unsigned room_of(const struct ext2_dir_entry *e)
{
    return uc_le16(e->rec_len);
}

static void set_room(struct ext2_dir_entry *e, unsigned room)
{
    e->rec_len = uc_le16((uint16_t)room);
}

/* What an entry takes at least. */
static unsigned needs(unsigned length)
{
    return (HEAD + length + 3) & ~3u;
}

static bool is_sound(const struct ext2_dir_entry *e, unsigned at)
{
    return room_of(e) >= HEAD && !(room_of(e) & 3) &&
           room_of(e) <= uc_ext4_block_size - at &&
           needs(length_of(e)) <= room_of(e);
}

static struct ext2_dir_entry *entry_at(struct buffer *b, unsigned at)
{
    return (struct ext2_dir_entry *)(b->data + at);
}

/* Block l, pinned; *b is NULL for a hole. */
static long get_block(struct node *dir, uint64_t l, struct buffer **b)
{
    uint64_t block;
    long error = uc_ext4_map(dir, l, &block);

    *b = NULL;
    if (error || !block)
        return error;
    *b = uc_ext4_get(block, 0, 0);
    if (!*b)
        return -EIO;
    if ((*b)->state & BUFFER_CHECKED)
        return 0;
    if (!ext2fs_dir_block_csum_verify(uc_ext4, dir->ino, entry_at(*b, 0))) {
        uc_ext4_put(*b);
        return -EIO;
    }
    (*b)->state |= BUFFER_CHECKED;
    return 0;
}

static void block_changed(struct node *dir, struct buffer *b)
{
    ext2fs_dir_block_csum_set(uc_ext4, dir->ino, entry_at(b, 0));
    uc_ext4_dirty(b, BUFFER_META);
}

/* ---- one after the other ---- */

static bool fill(struct dir_entry *to, const struct ext2_dir_entry *e,
                 uint64_t at)
{
    if (!e->inode || !length_of(e))
        return false;
    to->ino = uc_le32(e->inode);
    to->type = type_of(e);
    to->length = length_of(e);
    to->name = e->name;
    to->next = at + room_of(e);
    return true;
}

static long made_up_entry(uint64_t at, struct dir_entry *e)
{
    static const char dots[] = "..";

    if (at >= 2 + UC_DEVICES)
        return 0;
    *e = (struct dir_entry){.next = at + 1, .type = EXT2_FT_DIR};
    if (at < 2) {
        e->ino = at ? EXT2_ROOT_INO : (ext2_ino_t)UC_EXT4_DEV;
        e->name = dots;
        e->length = (unsigned)at + 1;
        return 1;
    }
    e->ino = UC_EXT4_DEV + (ext2_ino_t)at - 1;
    e->type = EXT2_FT_CHRDEV;
    e->name = uc_devices[at - 2].name;
    while (e->length < sizeof uc_devices->name && e->name[e->length])
        e->length++;
    return 1;
}

long uc_ext4_entry(struct node *dir, uint64_t at, struct dir_entry *e)
{
    uint64_t size = (uint64_t)uc_ext4_size(dir);

    if (dir->ino == UC_EXT4_DEV)
        return made_up_entry(at, e);
    for (uint64_t l = at / uc_ext4_block_size; l * uc_ext4_block_size < size;
         l++) {
        struct buffer *b;
        long found = 0, error = get_block(dir, l, &b);
        if (error)
            return error;
        for (unsigned o = 0; b && o < uc_ext4_block_size && !found;) {
            const struct ext2_dir_entry *d = entry_at(b, o);
            uint64_t here = l * uc_ext4_block_size + o;
            if (!is_sound(d, o))
                found = -EIO;
            else if (here >= at && fill(e, d, here))
                found = 1;
            o += room_of(d);
        }
        if (b)
            uc_ext4_put(b);
        if (found)
            return found;
    }
    return 0;
}

/* ---- by name ---- */

struct place {
    struct buffer *b;                      /* pinned */
    struct ext2_dir_entry *entry, *before; /* before: NULL: first in block */
};

/* 1: found; 0: not here. */
static long find_in(struct buffer *b, const char *name, size_t length,
                    struct place *p)
{
    struct ext2_dir_entry *before = NULL;

    for (unsigned o = 0; o < uc_ext4_block_size;) {
        struct ext2_dir_entry *e = entry_at(b, o);
        if (!is_sound(e, o))
            return -EIO;
        if (e->inode && length_of(e) == length &&
            memcmp(e->name, name, length) == 0) {
            *p = (struct place){b, e, before};
            return 1;
        }
        before = e;
        o += room_of(e);
    }
    return 0;
}

static long find(struct node *dir, const char *name, size_t length,
                 struct place *p)
{
    uint64_t size = (uint64_t)uc_ext4_size(dir);

    for (uint64_t l = 0; l * uc_ext4_block_size < size; l++) {
        struct buffer *b;
        long found = 0, error = get_block(dir, l, &b);
        if (error)
            return error;
        if (b)
            found = find_in(b, name, length, p);
        if (found > 0)
            return 0;
        if (b)
            uc_ext4_put(b);
        if (found < 0)
            return found;
    }
    return -ENOENT;
}

static long find_ino(struct node *dir, const char *name, size_t length,
                     ext2_ino_t *ino)
{
    struct place p;
    long error = find(dir, name, length, &p);

    if (error)
        return error;
    *ino = uc_le32(p.entry->inode);
    uc_ext4_put(p.b);
    if (!*ino || *ino > uc_ext4->super->s_inodes_count)
        return -EIO;
    return 0;
}

static bool is_name(const char *name, size_t length, const char *s)
{
    return strlen(s) == length && memcmp(s, name, length) == 0;
}

/* What the disk does not have: /dev, and what should be in it. */
static long find_made_up(struct node *dir, const char *name, size_t length,
                         ext2_ino_t *ino)
{
    ext2_ino_t dev = UC_EXT4_DEV;
    struct node *root;
    long error;
    int d = 0;

    if (dir->ino == EXT2_ROOT_INO && is_name(name, length, "dev")) {
        *ino = UC_EXT4_DEV;
        return 0;
    }
    while (d < UC_DEVICES && !is_name(name, length, uc_devices[d].name))
        d++;
    if (d == UC_DEVICES)
        return -ENOENT;
    if (dir->ino != UC_EXT4_DEV) {
        error = uc_ext4_node(EXT2_ROOT_INO, &root);
        if (error)
            return error;
        error = find_ino(root, "dev", 3, &dev);
        uc_node_drop(root);
        if (error)
            return error;
    }
    *ino = UC_EXT4_DEV + 1 + (ext2_ino_t)d;
    return dir->ino == dev ? 0 : -ENOENT;
}

long uc_ext4_lookup(struct node *dir, const char *name, size_t length,
                    ext2_ino_t *ino)
{
    long error = -ENOENT;

    if (dir->ino != UC_EXT4_DEV)
        error = find_ino(dir, name, length, ino);
    return error == -ENOENT ? find_made_up(dir, name, length, ino) : error;
}

/* ---- changing ---- */

static unsigned file_type(const struct node *n)
{
    static const uint8_t types[16] = {[LINUX_S_IFREG >> 12] = EXT2_FT_REG_FILE,
                                      [LINUX_S_IFDIR >> 12] = EXT2_FT_DIR,
                                      [LINUX_S_IFCHR >> 12] = EXT2_FT_CHRDEV,
                                      [LINUX_S_IFBLK >> 12] = EXT2_FT_BLKDEV,
                                      [LINUX_S_IFIFO >> 12] = EXT2_FT_FIFO,
                                      [LINUX_S_IFSOCK >> 12] = EXT2_FT_SOCK,
                                      [LINUX_S_IFLNK >> 12] = EXT2_FT_SYMLINK};

    if (!ext2fs_has_feature_filetype(uc_ext4->super))
        return 0;
    return types[n->inode->i_mode >> 12];
}

long uc_ext4_dir_changed(struct node *dir)
{
    long error = uc_ext4_refresh(dir);

    uc_ext4_touch(dir, TIME_CHANGE | TIME_MODIFY);
    return error ? error : uc_ext4_changed(dir);
}

/* 1: there was room, and it is in. */
static long add_in(struct buffer *b, const char *name, size_t length,
                   const struct node *n)
{
    unsigned need = needs((unsigned)length);

    for (unsigned o = 0; o < uc_ext4_block_size;) {
        struct ext2_dir_entry *e = entry_at(b, o);
        if (!is_sound(e, o))
            return -EIO;
        unsigned own = e->inode ? needs(length_of(e)) : 0;
        if (!e->inode && room_of(e) == TAIL && !length_of(e) &&
            type_of(e) == TAIL_TYPE && o == uc_ext4_block_size - TAIL)
            return 0; /* the checksum */
        if (room_of(e) < own + need) {
            o += room_of(e);
            continue;
        }
        struct ext2_dir_entry *new = entry_at(b, o + own);
        set_room(new, room_of(e) - own);
        if (own)
            set_room(e, own);
        new->inode = uc_le32(n->ino);
        new->name_len = uc_le16((uint16_t)(length | file_type(n) << 8));
        memcpy(new->name, name, length);
        return 1;
    }
    return 0;
}

static long add_plain(struct node *dir, const char *name, size_t length,
                      struct node *n)
{
    uint64_t size = (uint64_t)uc_ext4_size(dir);

    for (uint64_t l = size / uc_ext4_block_size; l--;) {
        struct buffer *b;
        long done = 0, error = get_block(dir, l, &b);
        if (error)
            return error;
        if (b)
            done = add_in(b, name, length, n);
        if (done > 0)
            block_changed(dir, b);
        if (b)
            uc_ext4_put(b);
        if (done)
            return done < 0 ? done : 0;
    }
    return -ENOSPC;
}

static long add_indexed(struct node *dir, const char *name, size_t length,
                        struct node *n)
{
    char s[NAME_LONGEST + 1];

    memcpy(s, name, length);
    s[length] = 0;
    return uc_ext4_error(
        ext2fs_link(uc_ext4, dir->ino, s, n->ino, (int)file_type(n)));
}

long uc_ext4_add(struct node *dir, const char *name, size_t length,
                 struct node *n)
{
    bool indexed = dir->inode->i_flags & EXT2_INDEX_FL;
    long error;

    if (dir->ino >= UC_EXT4_DEV)
        return -EROFS;
    dir->run_count = 0;
    error = indexed ? add_indexed(dir, name, length, n)
                    : add_plain(dir, name, length, n);
    if (error == -ENOSPC && !indexed) {
        error = uc_ext4_error(ext2fs_expand_dir(uc_ext4, dir->ino));
        if (!error)
            error = uc_ext4_refresh(dir);
        if (!error)
            error = add_plain(dir, name, length, n);
    }
    return error ? error : uc_ext4_dir_changed(dir);
}

long uc_ext4_remove(struct node *dir, const char *name, size_t length,
                    ext2_ino_t ino)
{
    struct place p;
    long error = find(dir, name, length, &p);

    if (error)
        return error;
    if (uc_le32(p.entry->inode) != ino) {
        uc_ext4_put(p.b);
        return -EIO;
    }
    p.entry->inode = 0;
    if (p.before)
        set_room(p.before, room_of(p.before) + room_of(p.entry));
    block_changed(dir, p.b);
    uc_ext4_put(p.b);
    return uc_ext4_dir_changed(dir);
}

long uc_ext4_replace(struct node *dir, const char *name, size_t length,
                     struct node *n)
{
    struct place p;
    long error = find(dir, name, length, &p);

    if (error)
        return error;
    p.entry->inode = uc_le32(n->ino);
    p.entry->name_len = uc_le16((uint16_t)(length | file_type(n) << 8));
    block_changed(dir, p.b);
    uc_ext4_put(p.b);
    return 0;
}

bool uc_node_is_empty(struct node *dir)
{
    struct dir_entry e;
    uint64_t at = 0;

    while (uc_ext4_entry(dir, at, &e) > 0) {
        if (!is_name(e.name, e.length, ".") && !is_name(e.name, e.length, ".."))
            return false;
        at = e.next;
    }
    return true;
}

ext2_ino_t uc_ext4_parent(struct node *dir)
{
    ext2_ino_t ino;

    if (dir->ino == UC_EXT4_DEV)
        return EXT2_ROOT_INO;
    if (dir->parent)
        return dir->parent->ino;
    return find_ino(dir, "..", 2, &ino) ? 0 : ino;
}
