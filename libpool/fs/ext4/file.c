/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c: open regular files and directories, and opening itself. */
#include <asm/stat.h>
#include <linux/errno.h>
#include <linux/fs.h>
#include <uc/devfs.h>

#include "ext4.h"

/* ---- regular files ---- */

static long file_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    long r = uc_ext4_enter(false);

    if (r)
        return r;
    r = uc_ext4_read(f->node, p, n, *pos);
    if (r > 0)
        *pos += r;
    return uc_ext4_leave(false, r);
}

static long file_write(struct file *f, const void *p, size_t n, int64_t *pos)
{
    long r = uc_ext4_enter(true), error = 0;

    if (r)
        return r;
    if (f->flags & O_APPEND)
        *pos = uc_ext4_size(f->node);
    r = uc_ext4_write(f->node, p, n, *pos);
    if (r > 0)
        *pos += r;
    if (r > 0 && f->flags & O_DSYNC) /* O_SYNC has its bit */
        error = uc_ext4_commit((f->flags & O_SYNC) == O_SYNC);
    return uc_ext4_leave(true, error ? error : r);
}

static int64_t seek(struct node *n, const struct file *f, int64_t offset,
                    int whence)
{
    int64_t base = whence == SEEK_CUR ? f->pos : 0, to;

    if (whence == SEEK_END)
        base = uc_ext4_size(n);
    if (whence == SEEK_DATA || whence == SEEK_HOLE) {
        if (offset < 0 || offset >= uc_ext4_size(n))
            return -ENXIO;
        to = uc_ext4_next(n, offset, whence == SEEK_DATA);
        return whence == SEEK_DATA && to == uc_ext4_size(n) ? -ENXIO : to;
    }
    if (__builtin_add_overflow(base, offset, &to) || to < 0)
        return -EINVAL;
    return to;
}

static int64_t file_seek(struct file *f, int64_t offset, int whence)
{
    int64_t to = uc_ext4_enter(false);

    if (to)
        return to;
    to = seek(f->node, f, offset, whence);
    if (to >= 0)
        f->pos = to;
    uc_ext4_leave(false, 0);
    return to;
}

static long file_truncate(struct file *f, int64_t size)
{
    long error = uc_ext4_enter(true);

    return error ? error : uc_ext4_leave(true, uc_ext4_resize(f->node, size));
}

static long file_allocate(struct file *f, int64_t offset, int64_t n)
{
    long error = uc_ext4_enter(true);

    return error ? error
                 : uc_ext4_leave(true, uc_ext4_reserve(f->node, offset, n));
}

static long file_sync(struct file *f, bool data_only)
{
    long error = uc_ext4_enter(false);

    (void)f;
    return error ? error : uc_ext4_leave(false, uc_ext4_commit(!data_only));
}

static void release(struct file *f)
{
    if (uc_ext4_enter(false))
        return;
    uc_ext4_drop_later(f->node);
    uc_ext4_leave(false, 0);
}

const struct file_ops uc_ext4_file_ops = {
    .read = file_read,
    .write = file_write,
    .seek = file_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .truncate = file_truncate,
    .allocate = file_allocate,
    .sync = file_sync,
    .release = release,
};

/* ---- directories ---- */

struct dirent64 {
    uint64_t d_ino;
    int64_t d_off;
    unsigned short d_reclen;
    unsigned char d_type;
    char d_name[];
};

static long dir_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)f, (void)p, (void)n, (void)pos;
    return -EISDIR;
}

/* A position is the offset of the next entry. */
static int64_t dir_seek(struct file *f, int64_t offset, int whence)
{
    if (whence == SEEK_CUR)
        offset += f->pos;
    else if (whence != SEEK_SET)
        return -EINVAL;
    return offset < 0 ? -EINVAL : (f->pos = offset);
}

/* Appends one entry; its length, or 0 if it does not fit. */
static size_t put(char *p, size_t room, const struct dir_entry *e)
{
    static const unsigned char types[8] = {
        [EXT2_FT_REG_FILE] = LINUX_S_IFREG >> 12,
        [EXT2_FT_DIR] = LINUX_S_IFDIR >> 12,
        [EXT2_FT_CHRDEV] = LINUX_S_IFCHR >> 12,
        [EXT2_FT_BLKDEV] = LINUX_S_IFBLK >> 12,
        [EXT2_FT_FIFO] = LINUX_S_IFIFO >> 12,
        [EXT2_FT_SOCK] = LINUX_S_IFSOCK >> 12,
        [EXT2_FT_SYMLINK] = LINUX_S_IFLNK >> 12};
    size_t head = offsetof(struct dirent64, d_name);
    size_t all = (head + e->length + 1 + 7) & ~(size_t)7;
    struct dirent64 *d = (struct dirent64 *)p;

    if (all > room)
        return 0;
    d->d_ino = e->ino;
    d->d_off = (int64_t)e->next;
    d->d_reclen = (unsigned short)all;
    d->d_type = types[e->type & 7];
    memcpy(d->d_name, e->name, e->length);
    memset(d->d_name + e->length, 0, all - head - e->length);
    return all;
}

static long list(struct file *f, char *p, size_t room)
{
    struct node *dir = f->node;
    struct dir_entry e;
    size_t done = 0;
    long more = uc_ext4_refresh(dir);

    if (!more && !dir->inode->i_links_count)
        more = -ENOENT;
    if (more)
        return more;
    while ((more = uc_ext4_entry(dir, (uint64_t)f->pos, &e)) > 0) {
        size_t n = put(p + done, room - done, &e);
        if (!n)
            return done ? (long)done : -EINVAL;
        f->pos = (int64_t)e.next;
        done += n;
    }
    return done ? (long)done : more;
}

static long dir_getdents(struct file *f, void *p, size_t room)
{
    long error = uc_ext4_enter(false);

    return error ? error : uc_ext4_leave(false, list(f, p, room));
}

const struct file_ops uc_ext4_dir_ops = {
    .read = dir_read,
    .seek = dir_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .getdents = dir_getdents,
    .sync = file_sync,
    .release = release,
};

struct node *uc_fs_dir_of(struct file *f)
{
    struct node *n = f->ops == &uc_ext4_dir_ops ? f->node : NULL;
    return n;
}

/* ---- opening ---- */

/* n is held, and stays so if this succeeds. */
static long open_node(struct node *n, bool slash, struct file *f)
{
    bool writing = (f->flags & O_ACCMODE) != O_RDONLY || f->flags & O_TRUNC;
    bool path = f->flags & O_PATH;
    const struct uc_device *device = uc_ext4_device(n);

    if ((f->flags & O_DIRECTORY || slash) && !uc_ext4_is(n, LINUX_S_IFDIR))
        return -ENOTDIR;
    if (uc_ext4_is(n, LINUX_S_IFLNK) && !path)
        return -ELOOP;
    if (uc_ext4_is(n, LINUX_S_IFDIR) && (writing || f->flags & O_CREAT))
        return -EISDIR;
    if (!path && !device && !uc_ext4_is(n, LINUX_S_IFDIR) &&
        !uc_ext4_is(n, LINUX_S_IFREG))
        return -ENXIO; /* nobody is at the other end */
    if (writing && uc_ext4_read_only && !device && !path)
        return -EROFS;
    f->ops =
        uc_ext4_is(n, LINUX_S_IFDIR) ? &uc_ext4_dir_ops : &uc_ext4_file_ops;
    f->node = n;
    if (uc_ext4_is(n, LINUX_S_IFREG) && f->flags & O_TRUNC && !path)
        return uc_ext4_resize(n, 0);
    /* Devices have no release: the reference stays, and so does the node. */
    if (device && !path)
        f->ops = device->ops;
    return 0;
}

static long create(struct walk *w, unsigned mode, struct file *f)
{
    struct node *n;
    long error;

    if (uc_ext4_read_only || w->dir->ino >= UC_EXT4_DEV)
        return -EROFS;
    if (!w->dir->inode->i_links_count)
        return -ENOENT;
    if (!uc_ext4_has_room(1))
        return -ENOSPC;
    error = uc_ext4_make(w->dir->ino, LINUX_S_IFREG | mode, &n);
    if (error)
        return error;
    error = uc_ext4_add(w->dir, w->name, w->length, n);
    if (!error) {
        n->inode->i_links_count = 1;
        error = uc_ext4_changed(n);
        f->flags &= ~O_TRUNC;
    }
    if (!error)
        error = open_node(n, false, f);
    if (error)
        uc_ext4_drop(n);
    return error;
}

static long open_path(struct walk *w, unsigned mode, struct file *f)
{
    const bool making = f->flags & O_CREAT;
    const bool exclusive = making && f->flags & O_EXCL;
    bool following = !exclusive && !(f->flags & O_NOFOLLOW);

    for (;;) {
        struct node *n;
        if (making && w->slash && !uc_ext4_is_dots(w))
            return -EISDIR;
        long error = uc_ext4_last(w, &n);
        if (error == -ENOENT && making)
            return create(w, mode, f);
        if (error)
            return error;
        if (!uc_ext4_is(n, LINUX_S_IFLNK) ||
            !(following || (w->slash && !exclusive))) {
            error = exclusive ? -EEXIST : open_node(n, w->slash, f);
            if (error)
                uc_ext4_drop(n);
            return error;
        }
        error = uc_ext4_follow(w, n);
        uc_ext4_drop(n);
        if (error)
            return error;
    }
}

long uc_fs_open(struct node *dir, const char *path, unsigned mode,
                struct file *f)
{
    bool change = f->flags & (O_CREAT | O_TRUNC) && !uc_ext4_read_only;
    struct walk w;
    long error = uc_ext4_enter(change);

    if (error)
        return error;
    error = uc_ext4_walk(&w, dir, path);
    if (!error) {
        error = open_path(&w, mode, f);
        uc_ext4_walk_end(&w);
    }
    return uc_ext4_leave(change, error);
}
