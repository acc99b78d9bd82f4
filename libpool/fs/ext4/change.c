/* SPDX-License-Identifier: BSD-2-Clause */
/* change.c: making, removing and moving names, which core has checked. */
#include <linux/errno.h>

#include "walk.h"

static bool is_dir(const struct node *n)
{
    return uc_node_is(n, LINUX_S_IFDIR);
}

static long add_links(struct node *n, int by)
{
    long error = uc_ext4_refresh(n);

    n->inode->i_links_count = (uint16_t)(n->inode->i_links_count + by);
    uc_ext4_touch(n, TIME_CHANGE);
    return error ? error : uc_ext4_changed(n);
}

/* A directory has one more in it, which names it, or one less. */
static long add_subdirectory(struct node *dir, int by)
{
    long error = uc_ext4_refresh(dir);
    unsigned links = dir->inode->i_links_count;

    if (error || links == 1) /* too many to be counted */
        return error;
    dir->inode->i_links_count = links + (unsigned)by >= EXT2_LINK_MAX
                                    ? 1
                                    : (uint16_t)(links + (unsigned)by);
    return uc_ext4_changed(dir);
}

static bool is_full(const struct node *dir)
{
    return dir->inode->i_links_count >= EXT2_LINK_MAX - 1 &&
           !ext2fs_has_feature_dir_nlink(uc_ext4->super);
}

/* ---- making ---- */

long uc_node_may_add(struct node *dir)
{
    if (!dir->inode->i_links_count)
        return -ENOENT;
    if (dir->ino >= UC_EXT4_DEV || uc_ext4_read_only)
        return -EROFS;
    return uc_ext4_has_room(1) ? 0 : -ENOSPC;
}

/* A directory or symbolic link, which the library makes as a whole. */
static long make_whole(struct node *dir, unsigned mode, const char *target,
                       struct node **n)
{
    ext2_ino_t ino;
    errcode_t e;

    if (target && strlen(target) >= uc_ext4_block_size)
        return -ENAMETOOLONG;
    if (!target && is_full(dir))
        return -EMLINK;
    e = ext2fs_new_inode(uc_ext4, dir->ino, (int)mode, 0, &ino);
    if (!e)
        e = target ? ext2fs_symlink(uc_ext4, dir->ino, ino, NULL, target)
                   : ext2fs_mkdir(uc_ext4, dir->ino, ino, NULL);
    long error = e ? uc_ext4_error(e) : uc_ext4_node(ino, n);
    if (error)
        return error;
    (*n)->inode->i_mode = (uint16_t)mode;
    uc_ext4_touch(*n, TIME_ACCESS | TIME_CHANGE | TIME_MODIFY);
    return 0;
}

long uc_node_make(struct walk *w, const struct owner *o, const char *target,
                  struct node **result)
{
    bool whole = target || (o->mode & LINUX_S_IFMT) == LINUX_S_IFDIR;
    struct node *n;
    long error = whole ? make_whole(w->dir, o->mode, target, &n)
                       : uc_ext4_make(w->dir->ino, o->mode, &n);

    if (error)
        return error;
    uc_ext4_set_owner(n->inode, o->uid, o->gid);
    if (o->device) /* the old form has 8 bits for each part */
        n->inode->i_block[o->device > 0xffff] = o->device;
    error = uc_ext4_changed(n);
    if (!error)
        error = uc_ext4_add(w->dir, w->name, w->length, n);
    if (!error && !whole)
        error = add_links(n, 1);
    if (!error && result)
        *result = n;
    else
        uc_node_drop(n);
    return error;
}

long uc_node_create(struct walk *w, const struct owner *o, struct file *f,
                    struct node **n)
{
    (void)f;
    return uc_node_make(w, o, NULL, n);
}

long uc_node_link(struct walk *w, struct node *n)
{
    if (n->ino >= UC_EXT4_DEV)
        return -EXDEV;
    if (n->inode->i_links_count >= EXT2_LINK_MAX)
        return -EMLINK;
    if (!n->inode->i_links_count)
        return -ENOENT;
    long error = uc_ext4_add(w->dir, w->name, w->length, n);
    return error ? error : add_links(n, 1);
}

/* ---- removing ---- */

/* One name of n, in dir, is gone. */
static long lose_name(struct node *dir, struct node *n)
{
    long error = 0;

    if (is_dir(n)) {
        n->inode->i_links_count = 0;
        uc_ext4_touch(n, TIME_CHANGE);
        error = uc_ext4_changed(n);
        if (!error)
            error = add_subdirectory(dir, -1);
        if (!error && n->refs > 1) {
            n->parent = dir;
            dir->refs++;
        }
    } else {
        error = add_links(n, -1);
    }
    if (!error && !n->inode->i_links_count && n->refs > 1)
        error = uc_ext4_orphan(n);
    return error;
}

long uc_node_remove(struct walk *w, struct node *n)
{
    if (n->ino >= UC_EXT4_DEV)
        return -EROFS;
    long error = uc_ext4_remove(w->dir, w->name, w->length, n->ino);
    return error ? error : lose_name(w->dir, n);
}

/* ---- moving ---- */

/* n, a directory, has moved from one directory to another. */
static long new_parent(struct node *n, struct node *from, struct node *to)
{
    long error;

    if (!is_dir(n) || from == to)
        return 0;
    error = uc_ext4_replace(n, "..", 2, to);
    if (!error)
        error = add_subdirectory(from, -1);
    return error ? error : add_subdirectory(to, 1);
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
        error = add_links(a->node, 0); /* for its time of change */
    return error ? error : add_links(b->node, 0);
}

static long move(const struct side *a, const struct side *b)
{
    struct node *old = a->node, *from = a->walk.dir, *to = b->walk.dir;
    long error;

    if (b->node) {
        error = put_at(b, old);
        if (!error)
            error = lose_name(to, b->node);
    } else {
        error = uc_ext4_add(to, b->walk.name, b->walk.length, old);
    }
    if (!error)
        error = uc_ext4_remove(from, a->walk.name, a->walk.length, old->ino);
    if (!error)
        error = new_parent(old, from, to);
    return error ? error : add_links(old, 0);
}

long uc_node_rename(struct side *a, struct side *b, bool exchanged)
{
    if (a->node->ino >= UC_EXT4_DEV || b->walk.dir->ino >= UC_EXT4_DEV ||
        (b->node && b->node->ino >= UC_EXT4_DEV))
        return -EROFS;
    return exchanged ? exchange(a, b) : move(a, b);
}
