/* SPDX-License-Identifier: BSD-2-Clause */
/* ops.c: what core asks of inodes. */
#include <linux/errno.h>
#include <uc/devfs.h>
#include <uc/stat.h>

#include "walk.h"

/* ---- by name ---- */

long uc_node_root(struct node **n)
{
    return uc_ext4_node(EXT2_ROOT_INO, n);
}

long uc_node_again(struct node *from, struct node **n)
{
    return uc_ext4_node(from ? from->ino : EXT2_ROOT_INO, n);
}

long uc_node_lookup(struct node *dir, const char *name, size_t length,
                    struct node **n)
{
    ext2_ino_t ino;
    long error = uc_ext4_lookup(dir, name, length, &ino);

    return error ? error : uc_ext4_node(ino, n);
}

long uc_node_parent(struct node *dir, struct node **n)
{
    ext2_ino_t ino = uc_ext4_parent(dir);

    return ino ? uc_ext4_node(ino, n) : -EIO;
}

long uc_node_target(struct node *link, char *p, size_t n)
{
    size_t size = (size_t)uc_ext4_size(link);

    if (size >= PATH_LIMIT)
        return -EIO;
    if (!ext2fs_is_fast_symlink(uc_ext4_inode(link)))
        return uc_node_read(link, p, n, 0);
    memcpy(p, link->inode->i_block, size < n ? size : n);
    return (long)(size < n ? size : n);
}

long uc_node_name(struct node *dir, struct node *parent, char *name,
                  size_t *length)
{
    struct dir_entry e = {.next = 0};
    long more;

    if (!dir->inode->i_links_count)
        return -ENOENT;
    if (dir->ino == UC_EXT4_DEV)
        e = (struct dir_entry){.name = "dev", .length = 3, .ino = dir->ino};
    while (e.ino != dir->ino) {
        more = uc_ext4_entry(parent, e.next, &e);
        if (more <= 0)
            return more ? more : -ENOENT;
        if (e.length <= 2 && e.name[0] == '.' && e.name[e.length - 1] == '.')
            e.ino = 0; /* the root is its own parent */
    }
    memcpy(name, e.name, *length = e.length);
    return 0;
}

long uc_node_entries(struct node *dir, struct listing *l)
{
    static const uint16_t types[8] = {
        [EXT2_FT_REG_FILE] = LINUX_S_IFREG, [EXT2_FT_DIR] = LINUX_S_IFDIR,
        [EXT2_FT_CHRDEV] = LINUX_S_IFCHR,   [EXT2_FT_BLKDEV] = LINUX_S_IFBLK,
        [EXT2_FT_FIFO] = LINUX_S_IFIFO,     [EXT2_FT_SOCK] = LINUX_S_IFSOCK,
        [EXT2_FT_SYMLINK] = LINUX_S_IFLNK};
    struct dir_entry e;
    long more = uc_ext4_refresh(dir);

    if (!more && !dir->inode->i_links_count)
        more = -ENOENT;
    if (more)
        return more;
    while ((more = uc_ext4_entry(dir, (uint64_t)l->f->pos, &e)) > 0)
        if (!uc_node_list(l, e.ino, (int64_t)e.next, types[e.type & 7], e.name,
                          e.length))
            return 0;
    return more;
}

/* ---- attributes ---- */

/* The number as Linux shows it, from either of the two forms on disks. */
static unsigned device_number(const struct node *n)
{
    uint32_t old = n->inode->i_block[0];

    return old ? old & 0xffff : n->inode->i_block[1];
}

unsigned uc_node_device(struct node *n)
{
    return uc_node_is(n, LINUX_S_IFCHR) ? device_number(n) : 0;
}

long uc_node_owner(struct node *n, struct owner *o)
{
    const struct ext2_inode_large *i = n->inode;
    long error = uc_ext4_refresh(n);

    o->mode = i->i_mode;
    o->uid = i->i_uid | (unsigned)i->osd2.linux2.l_i_uid_high << 16;
    o->gid = i->i_gid | (unsigned)i->osd2.linux2.l_i_gid_high << 16;
    return error;
}

/* Seconds have 34 bits where there is room for two more. */
static int64_t seconds(uint32_t low, uint32_t more)
{
    return (int32_t)low + ((int64_t)(more & 3) << 32);
}

long uc_node_stat(struct node *n, struct stat *st)
{
    struct owner o;
    long error = uc_node_owner(n, &o);
    const struct ext2_inode_large *i = n->inode;
    bool wide = EXT2_INODE_SIZE(uc_ext4->super) > EXT2_GOOD_OLD_INODE_SIZE &&
                i->i_extra_isize >= 24;
    uint32_t a = wide ? i->i_atime_extra : 0, m = wide ? i->i_mtime_extra : 0;
    uint32_t c = wide ? i->i_ctime_extra : 0;

    memset(st, 0, sizeof *st);
    st->st_dev = 1;
    st->st_ino = n->ino;
    st->st_mode = o.mode;
    st->st_nlink = i->i_links_count;
    st->st_uid = o.uid;
    st->st_gid = o.gid;
    st->st_size = uc_ext4_size(n);
    st->st_blksize = uc_ext4_block_size;
    st->st_blocks =
        (int64_t)ext2fs_get_stat_i_blocks(uc_ext4, uc_ext4_inode(n));
    st->st_atime = seconds(i->i_atime, a);
    st->st_atime_nsec = a >> 2;
    st->st_mtime = seconds(i->i_mtime, m);
    st->st_mtime_nsec = m >> 2;
    st->st_ctime = seconds(i->i_ctime, c);
    st->st_ctime_nsec = c >> 2;
    if (uc_node_is(n, LINUX_S_IFCHR) || uc_node_is(n, LINUX_S_IFBLK))
        st->st_rdev = device_number(n);
    return error;
}

void uc_ext4_set_owner(struct ext2_inode_large *i, unsigned uid, unsigned gid)
{
    i->i_uid = (uint16_t)uid;
    i->osd2.linux2.l_i_uid_high = (uint16_t)(uid >> 16);
    i->i_gid = (uint16_t)gid;
    i->osd2.linux2.l_i_gid_high = (uint16_t)(gid >> 16);
}

long uc_node_setattr(struct node *n, const struct file_attr *attr)
{
    struct owner o;
    long error = uc_node_owner(n, &o);

    if (error)
        return error;
    if (attr->set & ATTR_MODE)
        n->inode->i_mode =
            (uint16_t)((n->inode->i_mode & LINUX_S_IFMT) | attr->mode);
    uc_ext4_set_owner(n->inode, attr->set & ATTR_UID ? attr->uid : o.uid,
                      attr->set & ATTR_GID ? attr->gid : o.gid);
    uc_ext4_touch(n, TIME_CHANGE);
    if (attr->set & ATTR_MTIME)
        uc_ext4_set_time(n, TIME_MODIFY, attr->mtime_ns);
    if (attr->set & ATTR_ATIME)
        uc_ext4_set_time(n, TIME_ACCESS, attr->atime_ns);
    return uc_ext4_changed(n);
}

/* ---- open files ---- */

long uc_node_open(struct node *n, struct file *f)
{
    bool writing = (f->flags & O_ACCMODE) != O_RDONLY || f->flags & O_TRUNC;
    bool path = f->flags & O_PATH, dir = uc_node_is(n, LINUX_S_IFDIR);
    const struct file_ops *device =
        path ? NULL : uc_device_ops(uc_node_device(n));
    bool regular = uc_node_is(n, LINUX_S_IFREG);
    bool fifo = CFG_FIFOS && !path && uc_node_is(n, LINUX_S_IFIFO);

    if (!path && !device && !dir && !regular && !fifo)
        return -ENXIO; /* nobody is at the other end */
    if (writing && uc_ext4_read_only && !device && !path && !fifo)
        return -EROFS;
    f->ops = dir ? &uc_node_dir_ops : &uc_node_file_ops;
    f->node = n;
    /* Devices have no release: the reference stays, and so does the node. */
    if (device)
        f->ops = device;
    if (fifo)
        f->ops = &uc_fifo_ops;
    return regular && f->flags & O_TRUNC && !path ? uc_node_resize(n, 0) : 0;
}

long uc_node_size(struct node *n, int64_t *size)
{
    *size = uc_ext4_size(n);
    return 0;
}

long uc_node_written(struct file *f) /* O_SYNC has the bit of O_DSYNC */
{
    return f->flags & O_DSYNC ? uc_ext4_commit((f->flags & O_SYNC) == O_SYNC)
                              : 0;
}

long uc_ext4_sync(struct file *f, bool data_only)
{
    long error = uc_node_enter(false);

    if (error)
        return error;
    if (CFG_MAP_SHARED)
        error = uc_map_flush(f->node, 0, SIZE_MAX);
    return uc_node_leave(false, error ? error : uc_ext4_commit(!data_only));
}

void uc_fs_usage(uint64_t *used, uint64_t *available)
{
    *used = *available = 0;
    if (uc_node_enter(false))
        return;
    *available = uc_ext4_free_blocks() * uc_ext4_block_size;
    *used =
        ext2fs_blocks_count(uc_ext4->super) * uc_ext4_block_size - *available;
    uc_node_leave(false, 0);
}
