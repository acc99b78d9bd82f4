/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * attr.c: asking about nodes and changing what they are. Reading a file does
 * not change its time of access, as with the mount option noatime.
 */
#include <asm/stat.h>
#include <uc/devfs.h>

#include "ramfs.h"

static bool is(const struct node *n, unsigned type)
{
    return (n->mode & S_IFMT) == type;
}

void uc_ramfs_stat(const struct node *n, struct stat *st)
{
    enum {
        SECOND = 1000000000,
        NAME_SIZE = 20
    }; /* as tmpfs counts names */
    memset(st, 0, sizeof *st);
    st->st_dev = 1;
    st->st_ino = n->ino;
    st->st_mode = n->mode;
    st->st_nlink = n->links;
    st->st_uid = n->uid;
    st->st_gid = n->gid;
    st->st_size = n->size;
    st->st_blksize = UC_PAGE;
    st->st_atime = (long)(n->atime / SECOND);
    st->st_atime_nsec = (long)(n->atime % SECOND);
    st->st_mtime = (long)(n->mtime / SECOND);
    st->st_mtime_nsec = (long)(n->mtime % SECOND);
    st->st_ctime = (long)(n->ctime / SECOND);
    st->st_ctime_nsec = (long)(n->ctime % SECOND);
    if (is(n, S_IFDIR))
        st->st_size = (n->dir.entries + 2L) * NAME_SIZE;
    if (is(n, S_IFREG)) {
        int64_t base = (n->data.base_size + UC_PAGE - 1) / UC_PAGE;
        st->st_blocks = ((int64_t)n->data.pages + base) * (UC_PAGE / 512);
    }
    if (is(n, S_IFCHR)) {
        const struct uc_device *d = n->device;
        st->st_rdev = d->major << 8 | d->minor;
    }
}

void uc_ramfs_setattr(struct node *n, const struct file_attr *attr)
{
    if (attr->set & ATTR_MODE)
        n->mode = (n->mode & S_IFMT) | attr->mode;
    if (attr->set & ATTR_UID)
        n->uid = attr->uid;
    if (attr->set & ATTR_GID)
        n->gid = attr->gid;
    uint64_t before = n->mtime;
    uc_ramfs_touch(n); /* for ctime */
    n->mtime = attr->set & ATTR_MTIME ? attr->mtime_ns : before;
    if (attr->set & ATTR_ATIME)
        n->atime = attr->atime_ns;
}

long uc_fs_node_stat(struct file *f, struct stat *st)
{
    uc_ramfs_stat(f->node, st);
    return 0;
}

long uc_fs_node_setattr(struct file *f, const struct file_attr *attr)
{
    uc_ramfs_setattr(f->node, attr);
    return 0;
}

long uc_fs_stat(struct node *dir, const char *path, bool follow,
                struct stat *st)
{
    struct node *n;
    long error = uc_ramfs_find(dir, path, follow, &n);
    if (!error)
        uc_ramfs_stat(n, st);
    return error;
}

/* User 0 may do all but run what nobody may. */
long uc_fs_access(struct node *dir, const char *path, bool follow, int mode)
{
    struct node *n;
    long error = uc_ramfs_find(dir, path, follow, &n);
    if (error)
        return error;
    return mode & 1 && !is(n, S_IFDIR) && !(n->mode & 0111) ? -EACCES : 0;
}

long uc_fs_setattr(struct node *dir, const char *path, bool follow,
                   const struct file_attr *attr)
{
    struct node *n;
    long error = uc_ramfs_find(dir, path, follow, &n);
    if (!error)
        uc_ramfs_setattr(n, attr);
    return error;
}

long uc_fs_truncate(struct node *dir, const char *path, int64_t size)
{
    struct node *n;
    long error = uc_ramfs_find(dir, path, true, &n);
    if (error)
        return error;
    if (is(n, S_IFDIR))
        return -EISDIR;
    return is(n, S_IFREG) ? uc_ramfs_resize(n, size) : -EINVAL;
}

void uc_fs_usage(uint64_t *used, uint64_t *available)
{
    uint64_t total;
    uc_pages_total(&total, available);
    *used = total - *available;
}

/* ---- the current directory ---- */

void uc_fs_hold(struct node *dir)
{
    dir->refs++;
}

void uc_fs_drop(struct node *dir)
{
    dir->refs--;
    uc_ramfs_settle(dir);
}

long uc_fs_dir(struct node *dir, const char *path, struct node **result)
{
    struct node *n;
    long error = uc_ramfs_find(dir, path, true, &n);
    if (error)
        return error;
    if (!is(n, S_IFDIR))
        return -ENOTDIR;
    uc_fs_hold(n);
    *result = n;
    return 0;
}

/* Names from the directory up, written from the end of the buffer down. */
long uc_fs_path(struct node *dir, char *p, size_t n)
{
    struct node *root = uc_ramfs_root(), *d;
    size_t at = n;
    if (n < 2)
        return -ERANGE;
    p[--at] = 0;
    for (d = dir ? dir : root; d != root; d = d->dir.parent) {
        struct entry *e = d->dir.self;
        if (!e)
            return -ENOENT;
        if (at < (size_t)e->length + 1)
            return -ERANGE;
        at -= e->length;
        memcpy(p + at, e->name, e->length);
        p[--at] = '/';
    }
    if (at == n - 1)
        p[--at] = '/';
    memmove(p, p + at, n - at);
    return (long)(n - at);
}

/* ---- no disk ---- */

long uc_fs_sync(void)
{
    return 0;
}

void uc_fs_end(void)
{
}
