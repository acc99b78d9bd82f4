/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c: making, removing and moving names. The order of the checks is that
 * of Linux (fs/namei.c), which programs can see in the error they get.
 */
#include "ramfs.h"

static bool is_dir(const struct node *n)
{
    return (n->mode & S_IFMT) == S_IFDIR;
}

/* ---- making ---- */

/* The walk to a name that is to be made, and that is free. */
static long walk_to_new(struct walk *w, struct node *dir, const char *path,
                        bool directory)
{
    long error = uc_ramfs_walk(w, dir, path);
    if (error)
        return error;
    if (uc_ramfs_is_dots(w) || uc_ramfs_last(w))
        return -EEXIST;
    if ((w->slash && !directory) || !w->dir->links)
        return -ENOENT;
    return 0;
}

static long make(const struct walk *w, struct node *n)
{
    long error = n ? uc_ramfs_enter(w->dir, w->name, w->length, n) : -ENOSPC;
    if (error && n)
        uc_ramfs_settle(n);
    return error;
}

long uc_fs_mkdir(struct node *dir, const char *path, unsigned mode)
{
    struct walk w;
    long error = walk_to_new(&w, dir, path, true);
    return error ? error : make(&w, uc_ramfs_node(S_IFDIR | (mode & 01777)));
}

long uc_fs_mknod(struct node *dir, const char *path, unsigned mode)
{
    struct walk w;
    long error = walk_to_new(&w, dir, path, false);
    return error ? error : make(&w, uc_ramfs_node(mode));
}

long uc_fs_symlink(const char *target, struct node *dir, const char *path)
{
    struct walk w;
    size_t length = strlen(target);
    if (length >= PATH_LIMIT)
        return -ENAMETOOLONG;
    long error = walk_to_new(&w, dir, path, false);
    if (error)
        return error;
    struct node *n = uc_ramfs_node(S_IFLNK | 0777);
    if (!n)
        return -ENOSPC;
    n->target = uc_kalloc(length + 1);
    n->size = (int64_t)length;
    if (!n->target) {
        uc_kfree(n, sizeof *n);
        return -ENOSPC;
    }
    memcpy(n->target, target, length);
    return make(&w, n);
}

long uc_fs_link(struct node *from_dir, const char *from, bool follow,
                struct node *dir, const char *path)
{
    struct walk w;
    struct node *n;
    long error = uc_ramfs_find(from_dir, from, follow, &n);
    if (!error)
        error = walk_to_new(&w, dir, path, false);
    if (error)
        return error;
    if (is_dir(n))
        return -EPERM;
    error = uc_ramfs_enter(w.dir, w.name, w.length, n);
    if (!error)
        n->ctime = w.dir->ctime;
    return error;
}

long uc_fs_readlink(struct node *dir, const char *path, char *p, size_t n)
{
    struct node *link;
    long error = uc_ramfs_find(dir, path, false, &link);
    if (error)
        return error;
    if ((link->mode & S_IFMT) != S_IFLNK)
        return -EINVAL;
    if (n > (size_t)link->size)
        n = (size_t)link->size;
    memcpy(p, link->target, n);
    return (long)n;
}

/* ---- removing ---- */

static long may_rmdir(const struct walk *w)
{
    if (w->length == 2 && uc_ramfs_is_dots(w))
        return -ENOTEMPTY;
    if (uc_ramfs_is_dots(w))
        return w->name[0] == '.' ? -EINVAL : -EBUSY;
    struct node *n = uc_ramfs_last(w);
    if (!n)
        return -ENOENT;
    if (!is_dir(n))
        return -ENOTDIR;
    return n->dir.entries ? -ENOTEMPTY : 0;
}

static long may_unlink(const struct walk *w)
{
    if (uc_ramfs_is_dots(w))
        return -EISDIR;
    struct node *n = uc_ramfs_last(w);
    if (!n)
        return -ENOENT;
    if (is_dir(n))
        return -EISDIR;
    return w->slash ? -ENOTDIR : 0;
}

long uc_fs_unlink(struct node *dir, const char *path, bool rmdir)
{
    struct walk w;
    long error = uc_ramfs_walk(&w, dir, path);
    if (!error)
        error = rmdir ? may_rmdir(&w) : may_unlink(&w);
    if (!error)
        uc_ramfs_leave(uc_ramfs_lookup(w.dir, w.name, w.length));
    return error;
}

/* ---- moving ---- */

static bool is_above(const struct node *high, const struct node *n)
{
    const struct node *root = uc_ramfs_root();
    for (; n != root; n = n->dir.parent)
        if (n == high)
            return true;
    return high == root;
}

enum {
    NOREPLACE = 1,
    EXCHANGE = 2
};

/* The checks of one name against the other; *new may be absent. */
static long may_rename(const struct walk *a, const struct node *old,
                       const struct walk *b, const struct node *new,
                       unsigned flags)
{
    if (!old)
        return -ENOENT;
    if (flags & NOREPLACE && new)
        return -EEXIST;
    if (flags & EXCHANGE && !new)
        return -ENOENT;
    if (flags & EXCHANGE && b->slash && !is_dir(new))
        return -ENOTDIR;
    if (!is_dir(old) && (a->slash || (!(flags & EXCHANGE) && b->slash)))
        return -ENOTDIR;
    if (is_dir(old) && is_above(old, b->dir))
        return -EINVAL;
    if (new && is_dir(new) && is_above(new, a->dir))
        return flags & EXCHANGE ? -EINVAL : -ENOTEMPTY;
    if (!new)
        return b->dir->links ? 0 : -ENOENT;
    if (new == old || flags & EXCHANGE)
        return 0;
    if (is_dir(old) && !is_dir(new))
        return -ENOTDIR;
    if (!is_dir(old) && is_dir(new))
        return -EISDIR;
    return is_dir(new) && new->dir.entries ? -ENOTEMPTY : 0;
}

/* Each entry gets the other's node. */
static long exchange(struct entry *x, struct entry *y)
{
    struct node *a = x->node, *b = y->node;
    struct node *from = x->dir, *to = y->dir;
    x->node = b;
    y->node = a;
    if (is_dir(a)) {
        a->dir.self = y;
        a->dir.parent = to;
        from->links--, from->refs--;
        to->links++, to->refs++;
    }
    if (is_dir(b)) {
        b->dir.self = x;
        b->dir.parent = from;
        to->links--, to->refs--;
        from->links++, from->refs++;
    }
    uc_ramfs_touch(from);
    uc_ramfs_touch(to);
    return 0;
}

long uc_fs_rename(struct node *from_dir, const char *from, struct node *dir,
                  const char *path, unsigned flags)
{
    struct walk a, b;
    long error = uc_ramfs_walk(&a, from_dir, from);
    if (!error)
        error = uc_ramfs_walk(&b, dir, path);
    if (error)
        return error;
    if (uc_ramfs_is_dots(&a))
        return -EBUSY;
    if (uc_ramfs_is_dots(&b))
        return flags & NOREPLACE ? -EEXIST : -EBUSY;
    struct entry *x = uc_ramfs_lookup(a.dir, a.name, a.length);
    struct entry *y = uc_ramfs_lookup(b.dir, b.name, b.length);
    struct node *old = x ? x->node : 0;
    error = may_rename(&a, old, &b, y ? y->node : 0, flags);
    if (error || (y && old == y->node))
        return error;
    if (flags & EXCHANGE)
        return exchange(x, y);
    old->refs++; /* across the moment without a name */
    error = uc_ramfs_enter(b.dir, b.name, b.length, old);
    if (!error && y)
        uc_ramfs_leave(y);
    if (!error)
        uc_ramfs_leave(x);
    old->refs--;
    uc_ramfs_settle(old);
    return error;
}
