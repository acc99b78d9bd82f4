/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * walk.c: from paths to nodes, by the rules of path_resolution(7).
 */
#include "ramfs.h"

static struct node *step(struct node *dir, const char *name, size_t length)
{
    if (length == 1 && (name[0] == '.' || name[0] == '/'))
        return dir;
    if (length == 2 && name[0] == '.' && name[1] == '.')
        return dir->dir.parent;
    struct entry *e = uc_ramfs_lookup(dir, name, length);
    return e ? e->node : 0;
}

static bool is(const struct node *n, unsigned type)
{
    return (n->mode & S_IFMT) == type;
}

/*
 * Follows what the last component names while it is a symbolic link. May
 * stand in the middle of a longer path, so it must not disturb *w but for
 * the count of links.
 */
static long target(struct walk *w, struct node **result)
{
    struct walk inner = *w;
    for (;;) {
        struct node *n = uc_ramfs_last(&inner);
        if (!n)
            return -ENOENT;
        if (!is(n, S_IFLNK)) {
            *result = n;
            w->links = inner.links;
            return inner.slash && !is(n, S_IFDIR) ? -ENOTDIR : 0;
        }
        long error = uc_ramfs_follow(&inner, n);
        if (error)
            return error;
    }
}

/* Walks on from w->dir along path. */
static long walk(struct walk *w, const char *path)
{
    if (*path == '/')
        w->dir = uc_ramfs_root();
    for (;;) {
        while (*path == '/')
            path++;
        size_t length = 0;
        while (path[length] && path[length] != '/')
            length++;
        if (length > NAME_LONGEST)
            return -ENAMETOOLONG;
        const char *rest = path + length;
        while (*rest == '/')
            rest++;
        w->name = length ? path : "/";
        w->length = length ? length : 1;
        w->slash = rest != path + length;
        if (!*rest)
            return 0;
        struct node *n = 0;
        w->slash = false; /* the check below is for all directories */
        long error = target(w, &n);
        if (error)
            return error;
        if (!is(n, S_IFDIR))
            return -ENOTDIR;
        w->dir = n;
        path = rest;
    }
}

long uc_ramfs_walk(struct walk *w, struct node *dir, const char *path)
{
    *w = (struct walk){.dir = dir ? dir : uc_ramfs_root()};
    if (!*path)
        return -ENOENT;
    if (strlen(path) >= PATH_LIMIT)
        return -ENAMETOOLONG;
    return walk(w, path);
}

struct node *uc_ramfs_last(const struct walk *w)
{
    return step(w->dir, w->name, w->length);
}

bool uc_ramfs_is_dots(const struct walk *w)
{
    return (w->length == 1 && (w->name[0] == '.' || w->name[0] == '/')) ||
           (w->length == 2 && w->name[0] == '.' && w->name[1] == '.');
}

long uc_ramfs_follow(struct walk *w, const struct node *link)
{
    bool slash = w->slash;
    if (++w->links > LINKS_LIMIT)
        return -ELOOP;
    long error = walk(w, link->target);
    w->slash |= slash;
    return error;
}

long uc_ramfs_find(struct node *dir, const char *path, bool follow,
                   struct node **result)
{
    struct walk w;
    long error = uc_ramfs_walk(&w, dir, path);
    if (error)
        return error;
    if (follow || w.slash)
        return target(&w, result);
    *result = uc_ramfs_last(&w);
    return *result ? 0 : -ENOENT;
}
