/* SPDX-License-Identifier: BSD-2-Clause */
/* rename.c: moving names, checked in the order of Linux (fs/namei.c). */
#include <linux/errno.h>

#include "ext4.h"

enum {
    NOREPLACE = 1,
    EXCHANGE = 2
};

struct side {
    struct walk walk;
    struct node *node; /* held; NULL: nothing has that name */
};

static bool is_dir(const struct node *n)
{
    return uc_ext4_is(n, LINUX_S_IFDIR);
}

/* 1: high is n or above it; 0: it is not; -errno. */
static long is_above(const struct node *high, const struct node *n)
{
    ext2_ino_t ino = n->ino;
    uint32_t most = uc_ext4->super->s_inodes_count;

    while (ino != high->ino) {
        struct node *d;
        if (ino == EXT2_ROOT_INO || ino == UC_EXT4_DEV)
            return 0;
        long error = most-- ? uc_ext4_node(ino, &d) : -EIO;
        if (error)
            return error;
        ino = uc_ext4_parent(d);
        uc_ext4_drop(d);
        if (!ino)
            return -EIO;
    }
    return 1;
}

/* The new name is that of a directory or so, and must not be above the old. */
static long may_replace(const struct side *a, const struct side *b,
                        unsigned flags)
{
    struct node *old = a->node, *new = b->node;

    if (is_dir(new)) {
        long above = is_above(new, a->walk.dir);
        if (above)
            return above < 0 ? above : flags & EXCHANGE ? -EINVAL : -ENOTEMPTY;
    }
    if (new == old || flags & EXCHANGE)
        return 0;
    if (is_dir(old) && !is_dir(new))
        return -ENOTDIR;
    if (!is_dir(old) && is_dir(new))
        return -EISDIR;
    return is_dir(new) && !uc_ext4_is_empty(new) ? -ENOTEMPTY : 0;
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
    if (is_dir(old)) {
        long above = is_above(old, b->walk.dir);
        if (above)
            return above < 0 ? above : -EINVAL;
    }
    if (new)
        return may_replace(a, b, flags);
    return b->walk.dir->inode->i_links_count ? 0 : -ENOENT;
}

/* n, a directory, has moved from one directory to another. */
static long new_parent(struct node *n, struct node *from, struct node *to)
{
    long error;

    if (!is_dir(n) || from == to)
        return 0;
    error = uc_ext4_replace(n, "..", 2, to);
    if (!error)
        error = uc_ext4_add_subdirectory(from, -1);
    return error ? error : uc_ext4_add_subdirectory(to, 1);
}

static long put_at(const struct side *s, struct node *n)
{
    long error = uc_ext4_replace(s->walk.dir, s->walk.name, s->walk.length, n);

    return error ? error : uc_ext4_dir_changed(s->walk.dir);
}

static long exchange(const struct side *a, const struct side *b)
{
    long error = put_at(a, b->node);

    if (!error)
        error = put_at(b, a->node);
    if (!error)
        error = new_parent(a->node, a->walk.dir, b->walk.dir);
    if (!error)
        error = new_parent(b->node, b->walk.dir, a->walk.dir);
    if (!error)
        error = uc_ext4_add_links(a->node, 0); /* for its time of change */
    return error ? error : uc_ext4_add_links(b->node, 0);
}

static long move(const struct side *a, const struct side *b)
{
    struct node *old = a->node, *from = a->walk.dir, *to = b->walk.dir;
    long error;

    if (b->node) {
        error = put_at(b, old);
        if (!error)
            error = uc_ext4_lose_name(to, b->node);
    } else {
        error = uc_ext4_has_room(1)
                    ? uc_ext4_add(to, b->walk.name, b->walk.length, old)
                    : -ENOSPC;
    }
    if (!error)
        error = uc_ext4_remove(from, a->walk.name, a->walk.length, old->ino);
    if (!error)
        error = new_parent(old, from, to);
    return error ? error : uc_ext4_add_links(old, 0);
}

static long rename_sides(struct side *a, struct side *b, unsigned flags)
{
    long error;

    if (uc_ext4_is_dots(&a->walk))
        return -EBUSY;
    if (uc_ext4_is_dots(&b->walk))
        return flags & NOREPLACE ? -EEXIST : -EBUSY;
    error = uc_ext4_last(&a->walk, &a->node);
    if (error == -ENOENT || !error)
        error = uc_ext4_last(&b->walk, &b->node);
    if (error && error != -ENOENT)
        return error;
    error = may_rename(a, b, flags);
    if (error || a->node == b->node)
        return error;
    if (a->node->ino >= UC_EXT4_DEV || b->walk.dir->ino >= UC_EXT4_DEV ||
        (b->node && b->node->ino >= UC_EXT4_DEV))
        return -EROFS;
    return flags & EXCHANGE ? exchange(a, b) : move(a, b);
}

static void end(struct side *s)
{
    if (s->node)
        uc_ext4_drop(s->node);
    uc_ext4_walk_end(&s->walk);
}

long uc_fs_rename(struct node *from_dir, const char *from, struct node *dir,
                  const char *path, unsigned flags)
{
    struct side a = {.node = NULL}, b = {.node = NULL};
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = uc_ext4_walk(&a.walk, from_dir, from);
    if (!error) {
        error = uc_ext4_walk(&b.walk, dir, path);
        if (!error) {
            error = rename_sides(&a, &b, flags);
            end(&b);
        }
        end(&a);
    }
    return uc_ext4_leave(true, error);
}
