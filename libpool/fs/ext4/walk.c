/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * walk.c: from paths to inodes, by the rules of path_resolution(7), as ramfs
 * does it. Targets of symbolic links are read into memory that lasts until the
 * outermost walk ends.
 */
#include <linux/errno.h>

#include "ext4.h"

static void set_dir(struct walk *w, struct node *dir)
{
    struct node *old = w->dir;

    w->dir = dir;
    if (old)
        uc_ext4_drop(old);
}

/*
 * Follows what the last component names while it is a symbolic link. May
 * stand in the middle of a longer path, so it must not disturb *w but for
 * the count of links.
 */
static long target(struct walk *w, struct node **result)
{
    struct walk inner = *w;
    struct node *n;
    long error;

    inner.dir->refs++;
    for (;;) {
        error = uc_ext4_last(&inner, &n);
        if (error || !uc_ext4_is(n, LINUX_S_IFLNK))
            break;
        error = uc_ext4_follow(&inner, n);
        uc_ext4_drop(n);
        if (error)
            break;
    }
    set_dir(&inner, NULL);
    w->links = inner.links;
    if (!error && inner.slash && !uc_ext4_is(n, LINUX_S_IFDIR)) {
        uc_ext4_drop(n);
        error = -ENOTDIR;
    }
    if (!error)
        *result = n;
    return error;
}

/* Walks on from w->dir along path. */
static long walk(struct walk *w, const char *path)
{
    struct node *n;

    if (*path == '/') {
        long error = uc_ext4_node(EXT2_ROOT_INO, &n);
        if (error)
            return error;
        set_dir(w, n);
    }
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
        w->slash = false; /* the check below is for all directories */
        long error = target(w, &n);
        if (error)
            return error;
        if (!uc_ext4_is(n, LINUX_S_IFDIR)) {
            uc_ext4_drop(n);
            return -ENOTDIR;
        }
        set_dir(w, n);
        path = rest;
    }
}

long uc_ext4_walk(struct walk *w, struct node *dir, const char *path)
{
    long error = 0;

    *w = (struct walk){.texts = &w->own};
    if (!*path)
        return -ENOENT;
    if (strlen(path) >= PATH_LIMIT)
        return -ENAMETOOLONG;
    error = uc_ext4_node(dir ? dir->ino : EXT2_ROOT_INO, &w->dir);
    if (!error)
        error = walk(w, path);
    if (error)
        uc_ext4_walk_end(w);
    return error;
}

void uc_ext4_walk_end(struct walk *w)
{
    set_dir(w, NULL);
    for (struct text *t = w->own, *next; t; t = next) {
        next = t->next;
        uc_kfree(t, sizeof *t);
    }
    w->own = NULL;
}

long uc_ext4_last(struct walk *w, struct node **n)
{
    ext2_ino_t ino = w->dir->ino;
    bool up = w->length == 2 && w->name[0] == '.' && w->name[1] == '.';
    long error = 0;

    if (up) {
        ino = uc_ext4_parent(w->dir);
        error = ino ? 0 : -EIO;
    } else if (!uc_ext4_is_dots(w)) {
        error = uc_ext4_lookup(w->dir, w->name, w->length, &ino);
    }
    return error ? error : uc_ext4_node(ino, n);
}

bool uc_ext4_is_dots(const struct walk *w)
{
    return (w->length == 1 && (w->name[0] == '.' || w->name[0] == '/')) ||
           (w->length == 2 && w->name[0] == '.' && w->name[1] == '.');
}

long uc_ext4_follow(struct walk *w, struct node *link)
{
    bool slash = w->slash;
    struct text *t;

    if (++w->links > LINKS_LIMIT)
        return -ELOOP;
    t = uc_kalloc(sizeof *t);
    if (!t)
        return -ENOMEM;
    t->next = *w->texts;
    *w->texts = t;
    long error = uc_ext4_target(link, t->s, sizeof t->s);
    if (error >= 0)
        error = *t->s ? walk(w, t->s) : -ENOENT;
    w->slash |= slash;
    return error;
}

long uc_ext4_find(struct node *dir, const char *path, bool follow,
                  struct node **n)
{
    struct walk w;
    long error = uc_ext4_walk(&w, dir, path);

    if (error)
        return error;
    error = follow || w.slash ? target(&w, n) : uc_ext4_last(&w, n);
    uc_ext4_walk_end(&w);
    return error;
}

long uc_ext4_target(struct node *link, char *p, size_t n)
{
    size_t size = (size_t)uc_ext4_size(link);
    long r;

    if (size >= PATH_LIMIT)
        return -EIO;
    if (ext2fs_is_fast_symlink(uc_ext4_inode(link))) {
        memcpy(p, link->inode->i_block, size < n ? size : n);
        r = (long)(size < n ? size : n);
    } else {
        r = uc_ext4_read(link, p, n, 0);
    }
    if (r >= 0 && (size_t)r < n)
        p[r] = 0;
    return r;
}
