/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * attr.c: asking about files and changing what they are. Reading a file does
 * not change its time of access, as with the mount option noatime.
 */
#include <asm/stat.h>
#include <linux/errno.h>
#include <uc/devfs.h>

#include "ext4.h"

const struct uc_device *uc_ext4_device(struct node *n)
{
    uint32_t old = n->inode->i_block[0], new = n->inode->i_block[1];
    unsigned major = old >> 8 & 0xff, minor = old & 0xff;

    if (!uc_ext4_is(n, LINUX_S_IFCHR))
        return NULL;
    if (n->ino > UC_EXT4_DEV)
        return &uc_devices[n->ino - UC_EXT4_DEV - 1];
    if (!old) {
        major = new >> 8 & 0xfff;
        minor = (new & 0xff) | (new >> 12 & 0xfff00);
    }
    for (int i = 0; i < UC_DEVICES; i++)
        if (uc_devices[i].major == major && uc_devices[i].minor == minor)
            return &uc_devices[i];
    return NULL;
}

/* Seconds have 34 bits where there is room for two more. */
static long seconds(uint32_t low, uint32_t more)
{
    return (long)(int32_t)low + ((long)(more & 3) << 32);
}

void uc_ext4_stat(struct node *n, struct stat *st)
{
    const struct ext2_inode_large *i = n->inode;
    bool wide = EXT2_INODE_SIZE(uc_ext4->super) > EXT2_GOOD_OLD_INODE_SIZE &&
                i->i_extra_isize >= 24;
    uint32_t a = wide ? i->i_atime_extra : 0, m = wide ? i->i_mtime_extra : 0;
    uint32_t c = wide ? i->i_ctime_extra : 0;

    memset(st, 0, sizeof *st);
    st->st_dev = 1;
    st->st_ino = n->ino;
    st->st_mode = i->i_mode;
    st->st_nlink = i->i_links_count;
    st->st_uid = i->i_uid | (unsigned)i->osd2.linux2.l_i_uid_high << 16;
    st->st_gid = i->i_gid | (unsigned)i->osd2.linux2.l_i_gid_high << 16;
    st->st_size = uc_ext4_size(n);
    st->st_blksize = uc_ext4_block_size;
    st->st_blocks = (long)ext2fs_get_stat_i_blocks(uc_ext4, uc_ext4_inode(n));
    st->st_atime = seconds(i->i_atime, a);
    st->st_atime_nsec = a >> 2;
    st->st_mtime = seconds(i->i_mtime, m);
    st->st_mtime_nsec = m >> 2;
    st->st_ctime = seconds(i->i_ctime, c);
    st->st_ctime_nsec = c >> 2;
    if (uc_ext4_is(n, LINUX_S_IFCHR) || uc_ext4_is(n, LINUX_S_IFBLK))
        st->st_rdev = i->i_block[0] ? i->i_block[0] : i->i_block[1];
}

static long set(struct node *n, const struct file_attr *attr)
{
    struct ext2_inode_large *i = n->inode;

    if (attr->set & ATTR_MODE)
        i->i_mode = (uint16_t)((i->i_mode & LINUX_S_IFMT) | attr->mode);
    if (attr->set & ATTR_UID) {
        i->i_uid = (uint16_t)attr->uid;
        i->osd2.linux2.l_i_uid_high = (uint16_t)(attr->uid >> 16);
    }
    if (attr->set & ATTR_GID) {
        i->i_gid = (uint16_t)attr->gid;
        i->osd2.linux2.l_i_gid_high = (uint16_t)(attr->gid >> 16);
    }
    uc_ext4_touch(n, TIME_CHANGE);
    if (attr->set & ATTR_MTIME)
        uc_ext4_set_time(n, TIME_MODIFY, attr->mtime_ns);
    if (attr->set & ATTR_ATIME)
        uc_ext4_set_time(n, TIME_ACCESS, attr->atime_ns);
    return uc_ext4_changed(n);
}

long uc_fs_node_stat(struct file *f, struct stat *st)
{
    long error = uc_ext4_enter(false);

    if (error)
        return error;
    error = uc_ext4_refresh(f->node);
    if (!error)
        uc_ext4_stat(f->node, st);
    return uc_ext4_leave(false, error);
}

long uc_fs_node_setattr(struct file *f, const struct file_attr *attr)
{
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = uc_ext4_refresh(f->node);
    return uc_ext4_leave(true, error ? error : set(f->node, attr));
}

long uc_fs_stat(struct node *dir, const char *path, bool follow,
                struct stat *st)
{
    struct node *n;
    long error = uc_ext4_enter(false);

    if (error)
        return error;
    error = uc_ext4_find(dir, path, follow, &n);
    if (!error) {
        uc_ext4_stat(n, st);
        uc_ext4_drop(n);
    }
    return uc_ext4_leave(false, error);
}

/* User 0 may do all but run what nobody may. */
static long access(struct node *n, int mode)
{
    if (mode & 2 && uc_ext4_read_only)
        return -EROFS;
    return mode & 1 && !uc_ext4_is(n, LINUX_S_IFDIR) &&
                   !(n->inode->i_mode & 0111)
               ? -EACCES
               : 0;
}

long uc_fs_access(struct node *dir, const char *path, bool follow, int mode)
{
    struct node *n;
    long error = uc_ext4_enter(false);

    if (error)
        return error;
    error = uc_ext4_find(dir, path, follow, &n);
    if (!error) {
        error = access(n, mode);
        uc_ext4_drop(n);
    }
    return uc_ext4_leave(false, error);
}

long uc_fs_setattr(struct node *dir, const char *path, bool follow,
                   const struct file_attr *attr)
{
    struct node *n;
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = uc_ext4_find(dir, path, follow, &n);
    if (!error) {
        error = set(n, attr);
        uc_ext4_drop(n);
    }
    return uc_ext4_leave(true, error);
}

long uc_fs_truncate(struct node *dir, const char *path, int64_t size)
{
    struct node *n;
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = uc_ext4_find(dir, path, true, &n);
    if (!error) {
        if (uc_ext4_is(n, LINUX_S_IFDIR))
            error = -EISDIR;
        else
            error = uc_ext4_is(n, LINUX_S_IFREG) ? uc_ext4_resize(n, size)
                                                 : -EINVAL;
        uc_ext4_drop(n);
    }
    return uc_ext4_leave(true, error);
}

void uc_fs_usage(uint64_t *used, uint64_t *available)
{
    *used = *available = 0;
    if (uc_ext4_enter(false))
        return;
    *available = uc_ext4_free_blocks() * uc_ext4_block_size;
    *used =
        ext2fs_blocks_count(uc_ext4->super) * uc_ext4_block_size - *available;
    uc_ext4_leave(false, 0);
}

/* ---- the current directory ---- */

void uc_fs_hold(struct node *dir)
{
    dir->refs++;
}

void uc_fs_drop(struct node *dir)
{
    if (uc_ext4_enter(false))
        return;
    uc_ext4_drop_later(dir);
    uc_ext4_leave(false, 0);
}

long uc_fs_dir(struct node *dir, const char *path, struct node **result)
{
    struct node *n;
    long error = uc_ext4_enter(false);

    if (error)
        return error;
    error = uc_ext4_find(dir, path, true, &n);
    if (!error && !uc_ext4_is(n, LINUX_S_IFDIR)) {
        uc_ext4_drop(n);
        error = -ENOTDIR;
    }
    if (!error)
        *result = n;
    return uc_ext4_leave(false, error);
}

/* Puts the name of `ino` in dir before p[*at]. */
static long put_name(struct node *dir, ext2_ino_t ino, char *p, size_t *at)
{
    struct dir_entry e = {.next = 0};
    long more;

    if (ino == UC_EXT4_DEV)
        e = (struct dir_entry){.name = "dev", .length = 3, .ino = ino};
    while (e.ino != ino) {
        more = uc_ext4_entry(dir, e.next, &e);
        if (more <= 0)
            return more ? more : -ENOENT;
        if (e.length <= 2 && e.name[0] == '.' && e.name[e.length - 1] == '.')
            e.ino = 0; /* the root is its own parent */
    }
    if (*at < (size_t)e.length + 1)
        return -ERANGE;
    *at -= e.length;
    memcpy(p + *at, e.name, e.length);
    p[--*at] = '/';
    return 0;
}

/* Names from the directory up, written from the end of the buffer down. */
static long path_of(struct node *dir, char *p, size_t *at)
{
    ext2_ino_t ino = dir ? dir->ino : EXT2_ROOT_INO;
    struct node *d;
    long error = 0;

    while (ino != EXT2_ROOT_INO && !error) {
        error = uc_ext4_node(ino, &d);
        if (error)
            return error;
        ext2_ino_t up = d->inode->i_links_count ? uc_ext4_parent(d) : 0;
        uc_ext4_drop(d);
        if (!up)
            return -ENOENT;
        error = uc_ext4_node(up, &d);
        if (error)
            return error;
        error = put_name(d, ino, p, at);
        uc_ext4_drop(d);
        ino = up;
    }
    return error;
}

long uc_fs_path(struct node *dir, char *p, size_t n)
{
    size_t at = n;
    long error;

    if (n < 2)
        return -ERANGE;
    error = uc_ext4_enter(false);
    if (error)
        return error;
    p[--at] = 0;
    error = path_of(dir, p, &at);
    uc_ext4_leave(false, 0);
    if (error)
        return error;
    if (at == n - 1)
        p[--at] = '/';
    memmove(p, p + at, n - at);
    return (long)(n - at);
}
