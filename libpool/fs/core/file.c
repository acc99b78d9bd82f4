/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c: open regular files. */
#include <linux/fs.h>
#include <uc/devfs.h>

#include "walk.h"

static long file_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    long r = uc_node_enter(false);

    if (r)
        return r;
    if (CFG_MAP_SHARED)
        r = uc_map_flush(f->node, *pos, n);
    if (!r)
        r = uc_node_read(f->node, p, n, *pos);
    if (r > 0)
        *pos += r;
    return uc_node_leave(false, r);
}

/* Who is not user 0 and writes takes set-user-id from the file. */
static long clear_bits(struct node *n)
{
    struct owner o;

    if (UC_NODE_HOST || !uc_user_id())
        return 0;
    long error = uc_node_owner(n, &o);
    unsigned bits = o.mode & GROUP_RUN ? SET_USER | SET_GROUP : SET_USER;
    if (error || !(o.mode & bits))
        return error;
    struct file_attr a = {.set = ATTR_MODE, .mode = o.mode & 07777 & ~bits};
    return uc_node_setattr(n, &a);
}

static long write_at(struct file *f, const void *p, size_t n, int64_t *pos)
{
    long r = clear_bits(f->node);

    if (!r && f->flags & O_APPEND)
        r = uc_node_size(f->node, pos);
    if (!r)
        r = uc_node_write(f->node, p, n, *pos);
    if (r <= 0)
        return r;
    if (CFG_MAP_SHARED)
        uc_map_wrote(f->node, p, (size_t)r, *pos);
    *pos += r;
    long error = uc_node_written(f);
    return error ? error : r;
}

static long file_write(struct file *f, const void *p, size_t n, int64_t *pos)
{
    if (!UC_NODE_WRITE) /* nothing is opened for it */
        return -EBADF;
    long error = uc_node_enter(true);
    return error ? error : uc_node_leave(true, write_at(f, p, n, pos));
}

static int64_t seek(struct file *f, int64_t offset, int whence)
{
    int64_t base = whence == SEEK_CUR ? f->pos : 0, to;
    long error = whence > SEEK_CUR ? uc_node_size(f->node, &base) : 0;

    if (error)
        return error;
    if (whence == SEEK_DATA || whence == SEEK_HOLE) {
        if (offset < 0 || offset >= base)
            return -ENXIO;
        to = uc_node_next(f->node, offset, whence == SEEK_DATA);
        return whence == SEEK_DATA && to == base ? -ENXIO : to;
    }
    if (__builtin_add_overflow(base, offset, &to) || to < 0)
        return -EINVAL;
    return to;
}

static int64_t file_seek(struct file *f, int64_t offset, int whence)
{
    int64_t to = uc_node_enter(false);

    if (to)
        return to;
    to = seek(f, offset, whence);
    if (to >= 0)
        f->pos = to;
    uc_node_leave(false, 0);
    return to;
}

static long file_truncate(struct file *f, int64_t size)
{
    if (!UC_NODE_WRITE)
        return -EINVAL;
    long error = uc_node_enter(true);
    if (error)
        return error;
    error = uc_node_resize(f->node, size);
    if (CFG_MAP_SHARED && !error)
        uc_map_cut(f->node, size);
    return uc_node_leave(true, error);
}

long uc_fs_node_stat(struct file *f, struct stat *st)
{
    long error = uc_node_enter(false);

    return error ? error : uc_node_leave(false, uc_node_stat(f->node, st));
}

long uc_fs_node_setattr(struct file *f, const struct file_attr *attr)
{
    long error = uc_node_enter(true);

    return error ? error : uc_node_leave(true, uc_may_set(f->node, attr));
}

void uc_node_release(struct file *f)
{
    uc_fs_drop(f->node);
}

const struct file_ops uc_node_file_ops = {
    .read = file_read,
    .write = file_write,
    .seek = file_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .truncate = file_truncate,
    .allocate = UC_NODE_ALLOCATE,
    .sync = UC_NODE_SYNC,
    .release = uc_node_release,
};
