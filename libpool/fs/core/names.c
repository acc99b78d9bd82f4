/* SPDX-License-Identifier: BSD-2-Clause */
/* names.c: making, removing and moving names. */
#include "walk.h"

enum {
    NOREPLACE = 1,
    EXCHANGE = 2,
    DEEPEST = 1 << 20 /* more is a damaged disk's loop */
};

static bool is_dir(const struct node *n)
{
    return uc_node_is(n, NODE_DIR);
}

/* ---- making ---- */

/* The walk to a name that is to be made, and that is free. */
static long walk_to_new(struct walk *w, struct node *dir, const char *path,
                        bool directory)
{
    struct node *n;
    long error = uc_walk(w, dir, path);

    if (error)
        return error;
    error = uc_walk_is_dots(w) ? -EEXIST : uc_walk_last(w, &n);
    if (!error) {
        uc_node_drop(n);
        error = -EEXIST;
    }
    if (error == -ENOENT && (directory || !w->slash))
        error = uc_may_add(w->dir);
    if (error)
        uc_walk_end(w);
    return error;
}

static long make(struct node *dir, const char *path, unsigned mode,
                 unsigned device, const char *target)
{
    bool directory = (mode & NODE_TYPE) == NODE_DIR;
    struct owner o;
    struct walk w;
    long error = uc_node_enter(true);

    if (error)
        return error;
    error = walk_to_new(&w, dir, path, directory);
    if (!error) {
        error = uc_own(w.dir, mode, &o);
        o.device = device;
        if (!error)
            error = uc_node_make(&w, &o, target, NULL);
        uc_walk_end(&w);
    }
    return uc_node_leave(true, error);
}

long uc_fs_mkdir(struct node *dir, const char *path, unsigned mode)
{
    return make(dir, path, NODE_DIR | (mode & 01777), 0, NULL);
}

long uc_fs_mknod(struct node *dir, const char *path, unsigned mode,
                 unsigned device)
{
    return make(dir, path, mode, device, NULL);
}

long uc_fs_symlink(const char *target, struct node *dir, const char *path)
{
    if (strlen(target) >= PATH_LIMIT)
        return -ENAMETOOLONG;
    return make(dir, path, NODE_LINK | 0777, 0, target);
}

static long link_node(struct node *n, struct node *dir, const char *path)
{
    struct walk w;
    long error = walk_to_new(&w, dir, path, false);

    if (error)
        return error;
    error = is_dir(n) ? -EPERM : uc_node_link(&w, n);
    uc_walk_end(&w);
    return error;
}

long uc_fs_link(struct node *from_dir, const char *from, bool follow,
                struct node *dir, const char *path)
{
    struct node *n;
    long error = uc_node_enter(true);

    if (error)
        return error;
    error = uc_walk_find(from_dir, from, follow, &n);
    if (!error) {
        error = link_node(n, dir, path);
        uc_node_drop(n);
    }
    return uc_node_leave(true, error);
}

long uc_fs_readlink(struct node *dir, const char *path, char *p, size_t n)
{
    struct node *link;
    long r = uc_node_enter(false);

    if (r)
        return r;
    r = uc_walk_find(dir, path, false, &link);
    if (!r) {
        r = uc_node_is(link, NODE_LINK) ? uc_node_target(link, p, n) : -EINVAL;
        uc_node_drop(link);
    }
    return uc_node_leave(false, r);
}

/* ---- removing ---- */

static long dots_error(const struct walk *w, bool rmdir)
{
    if (!rmdir)
        return -EISDIR;
    if (w->length == 2)
        return -ENOTEMPTY;
    return w->name[0] == '.' ? -EINVAL : -EBUSY;
}

static long may_remove(struct walk *w, struct node *n, bool rmdir)
{
    long error = uc_may_remove(w->dir, n);

    if (error)
        return error;
    if (rmdir)
        return !is_dir(n) ? -ENOTDIR : uc_node_is_empty(n) ? 0 : -ENOTEMPTY;
    return is_dir(n) ? -EISDIR : 0;
}

static long remove_last(struct walk *w, bool rmdir)
{
    struct node *n;
    long error =
        uc_walk_is_dots(w) ? dots_error(w, rmdir) : uc_walk_last(w, &n);

    if (error)
        return error;
    if (!rmdir && w->slash)
        error = is_dir(n) ? -EISDIR : -ENOTDIR;
    else
        error = may_remove(w, n, rmdir);
    if (!error)
        error = uc_node_remove(w, n);
    uc_node_drop(n);
    return error;
}

long uc_fs_unlink(struct node *dir, const char *path, bool rmdir)
{
    struct walk w;
    long error = uc_node_enter(true);

    if (error)
        return error;
    error = uc_walk(&w, dir, path);
    if (!error) {
        error = remove_last(&w, rmdir);
        uc_walk_end(&w);
    }
    return uc_node_leave(true, error);
}

/* ---- moving ---- */

/* 1: high is n or above it; 0: it is not; -errno. */
static long is_above(const struct node *high, struct node *from)
{
    struct node *n = from, *up;
    long error = 0;

    uc_node_hold(n);
    for (int depth = 0; !error && !uc_node_is_same(n, high); depth++) {
        bool root = uc_node_is_root(n);
        if (!root)
            error = depth < DEEPEST ? uc_node_parent(n, &up) : -EIO;
        uc_node_drop(n);
        if (root || error)
            return error;
        n = up;
    }
    if (!error)
        uc_node_drop(n);
    return error ? error : 1;
}

/* The new name is that of something, which must not be above the old. */
static long may_replace(const struct side *a, const struct side *b,
                        unsigned flags)
{
    struct node *old = a->node, *new = b->node;
    long above = is_dir(new) ? is_above(new, a->walk.dir) : 0;

    if (above)
        return above < 0 ? above : flags & EXCHANGE ? -EINVAL : -ENOTEMPTY;
    if (uc_node_is_same(old, new))
        return 0;
    long error = uc_may_remove(b->walk.dir, new);
    if (error || flags & EXCHANGE)
        return error;
    if (is_dir(old) && !is_dir(new))
        return -ENOTDIR;
    if (!is_dir(old) && is_dir(new))
        return -EISDIR;
    return is_dir(new) && !uc_node_is_empty(new) ? -ENOTEMPTY : 0;
}

/* A directory that gets another parent changes itself. */
static long may_move(struct node *n, const struct side *a, const struct side *b)
{
    if (!is_dir(n) || uc_node_is_same(a->walk.dir, b->walk.dir))
        return 0;
    return uc_may(n, MAY_WRITE);
}

static long may_rename(const struct side *a, const struct side *b,
                       unsigned flags)
{
    struct node *old = a->node, *new = b->node;

    if (!old)
        return -ENOENT;
    if (flags & NOREPLACE && new)
        return -EEXIST;
    if (flags & EXCHANGE && !new)
        return -ENOENT;
    if (flags & EXCHANGE && b->walk.slash && !is_dir(new))
        return -ENOTDIR;
    if (!is_dir(old) &&
        (a->walk.slash || (!(flags & EXCHANGE) && b->walk.slash)))
        return -ENOTDIR;
    if (UC_NODE_HOST)
        return 0;
    long error = is_dir(old) ? is_above(old, b->walk.dir) : 0;
    if (error)
        return error < 0 ? error : -EINVAL;
    error =
        new && uc_node_is_same(old, new) ? 0 : uc_may_remove(a->walk.dir, old);
    if (!error)
        error = new ? may_replace(a, b, flags) : uc_may_add(b->walk.dir);
    if (!error)
        error = may_move(old, a, b);
    return error || !(flags & EXCHANGE) ? error : may_move(new, a, b);
}

static long rename_sides(struct side *a, struct side *b, unsigned flags)
{
    long error;

    if (uc_walk_is_dots(&a->walk))
        return -EBUSY;
    if (uc_walk_is_dots(&b->walk))
        return flags & NOREPLACE ? -EEXIST : -EBUSY;
    error = uc_walk_last(&a->walk, &a->node);
    if (error == -ENOENT || !error)
        error = uc_walk_last(&b->walk, &b->node);
    if (error && error != -ENOENT)
        return error;
    error = may_rename(a, b, flags);
    if (error || (b->node && uc_node_is_same(a->node, b->node)))
        return error;
    return uc_node_rename(a, b, flags & EXCHANGE);
}

static void end(struct side *s)
{
    if (s->node)
        uc_node_drop(s->node);
    uc_walk_end(&s->walk);
}

long uc_fs_rename(struct node *from_dir, const char *from, struct node *dir,
                  const char *path, unsigned flags)
{
    struct side a = {.node = NULL}, b = {.node = NULL};
    long error = uc_node_enter(true);

    if (error)
        return error;
    error = uc_walk(&a.walk, from_dir, from);
    if (!error) {
        error = uc_walk(&b.walk, dir, path);
        if (!error) {
            error = rename_sides(&a, &b, flags);
            end(&b);
        }
        end(&a);
    }
    return uc_node_leave(true, error);
}
