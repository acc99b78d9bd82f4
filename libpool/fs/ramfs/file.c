/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c: open regular files and directories, and opening itself. */
#include <linux/fs.h>
#include <uc/devfs.h>

#include "ramfs.h"

static bool is(const struct node *n, unsigned type)
{
    return (n->mode & S_IFMT) == type;
}

/* ---- regular files ---- */

static long file_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    long r = uc_ramfs_read(f->node, p, n, *pos);
    if (r > 0)
        *pos += r;
    return r;
}

static long file_write(struct file *f, const void *p, size_t n, int64_t *pos)
{
    struct node *node = f->node;
    if (!CFG_WRITE) /* nothing is opened for it */
        return -EBADF;
    if (f->flags & O_APPEND)
        *pos = node->size;
    long r = uc_ramfs_write(node, p, n, *pos);
    if (r > 0)
        *pos += r;
    return r;
}

static int64_t file_seek(struct file *f, int64_t offset, int whence)
{
    struct node *n = f->node;
    int64_t base = whence == SEEK_CUR ? f->pos : 0, to;
    if (whence == SEEK_END)
        base = n->size;
    if (whence == SEEK_DATA || whence == SEEK_HOLE) {
        if (offset < 0 || offset >= n->size)
            return -ENXIO;
        to = uc_ramfs_next(n, offset, whence == SEEK_DATA);
        if (whence == SEEK_DATA && to == n->size)
            return -ENXIO;
        return f->pos = to;
    }
    if (__builtin_add_overflow(base, offset, &to) || to < 0)
        return -EINVAL;
    return f->pos = to;
}

static long file_truncate(struct file *f, int64_t size)
{
    return CFG_WRITE ? uc_ramfs_resize(f->node, size) : -EINVAL;
}

static long file_allocate(struct file *f, int64_t offset, int64_t n)
{
    return CFG_WRITE ? uc_ramfs_reserve(f->node, offset, n) : -EBADF;
}

static void release(struct file *f)
{
    struct node *n = f->node;
    n->refs--;
    uc_ramfs_settle(n);
}

const struct file_ops uc_ramfs_file_ops = {
    .read = file_read,
    .write = file_write,
    .seek = file_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .truncate = file_truncate,
    .allocate = file_allocate,
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

/* A position is the cookie of the last entry seen, after 1 "." and 2 "..". */
static int64_t dir_seek(struct file *f, int64_t offset, int whence)
{
    if (whence == SEEK_CUR)
        offset += f->pos;
    else if (whence != SEEK_SET)
        return -EINVAL;
    return offset < 0 ? -EINVAL : (f->pos = offset);
}

/* Appends one entry; its length, or 0 if it does not fit. */
static size_t put(char *p, size_t room, const struct node *n, const char *name,
                  size_t length, int64_t next)
{
    size_t all = (offsetof(struct dirent64, d_name) + length + 1 + 7) & ~7UL;
    struct dirent64 *d = (struct dirent64 *)p;
    if (all > room)
        return 0;
    d->d_ino = n->ino;
    d->d_off = next;
    d->d_reclen = (unsigned short)all;
    d->d_type = (unsigned char)((n->mode & S_IFMT) >> 12);
    memcpy(d->d_name, name, length);
    memset(d->d_name + length, 0,
           all - offsetof(struct dirent64, d_name) - length);
    return all;
}

static long dir_getdents(struct file *f, void *p, size_t room)
{
    struct node *dir = f->node;
    size_t done = 0, n = 1;
    if (!dir->links)
        return -ENOENT;
    for (; f->pos < 2 && n; done += n) {
        n = put((char *)p + done, room - done, f->pos ? dir->dir.parent : dir,
                "..", (size_t)f->pos + 1, f->pos + 1);
        f->pos += n != 0;
    }
    for (struct entry *e = dir->dir.first; e && n; e = e->next) {
        if (e->cookie + 2 <= f->pos)
            continue;
        n = put((char *)p + done, room - done, e->node, e->name, e->length,
                e->cookie + 2);
        done += n;
        if (n)
            f->pos = e->cookie + 2;
    }
    return done || n ? (long)done : -EINVAL;
}

const struct file_ops uc_ramfs_dir_ops = {
    .read = dir_read,
    .seek = dir_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .getdents = dir_getdents,
    .release = release,
};

struct node *uc_fs_dir_of(struct file *f)
{
    struct node *n = f->ops == &uc_ramfs_dir_ops ? f->node : 0;
    return n;
}

/* ---- opening ---- */

static long open_node(struct node *n, bool slash, struct file *f)
{
    bool writing = (f->flags & O_ACCMODE) != O_RDONLY || f->flags & O_TRUNC;
    if ((f->flags & O_DIRECTORY || slash) && !is(n, S_IFDIR))
        return -ENOTDIR;
    if (is(n, S_IFLNK) && !(f->flags & O_PATH))
        return -ELOOP;
    if (is(n, S_IFDIR) && (writing || f->flags & O_CREAT))
        return -EISDIR;
    if ((is(n, S_IFSOCK) || is(n, S_IFIFO)) && !(f->flags & O_PATH))
        return -ENXIO; /* nobody is at the other end */
    f->ops = &uc_ramfs_file_ops;
    if (is(n, S_IFDIR))
        f->ops = &uc_ramfs_dir_ops;
    else if (CFG_WRITE && is(n, S_IFREG) && f->flags & O_TRUNC)
        uc_ramfs_resize(n, 0);
    n->refs++;
    f->node = n;
    if (!is(n, S_IFCHR) || f->flags & O_PATH)
        return 0;
    /* Devices have no release: the reference stays, and so does the node. */
    f->ops = ((const struct uc_device *)n->device)->ops;
    return 0;
}

static long create(const struct walk *w, unsigned mode, struct file *f)
{
    if (!w->dir->links)
        return -ENOENT;
    struct node *n = uc_ramfs_node(S_IFREG | mode);
    if (!n)
        return -ENOSPC;
    long error = uc_ramfs_enter(w->dir, w->name, w->length, n);
    if (error) {
        uc_ramfs_settle(n);
        return error;
    }
    f->flags &= ~O_TRUNC;
    return open_node(n, false, f);
}

long uc_fs_open(struct node *dir, const char *path, unsigned mode,
                struct file *f)
{
    struct walk w;
    const bool making = CFG_WRITE && f->flags & O_CREAT;
    const bool exclusive = making && f->flags & O_EXCL;
    bool following = !exclusive && !(f->flags & O_NOFOLLOW);
    long error = uc_ramfs_walk(&w, dir, path);
    while (!error) {
        if (making && w.slash && !uc_ramfs_is_dots(&w))
            return -EISDIR;
        struct node *n = uc_ramfs_last(&w);
        if (!n)
            return making ? create(&w, mode, f) : -ENOENT;
        if (!is(n, S_IFLNK) || !(following || (w.slash && !exclusive))) {
            if (exclusive)
                return -EEXIST;
            return open_node(n, w.slash, f);
        }
        error = uc_ramfs_follow(&w, n);
    }
    return error;
}
