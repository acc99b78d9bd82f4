/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c: making, removing and moving names. The order of the checks is that
 * of Linux (fs/namei.c), which programs can see in the error they get.
 */
#include <linux/errno.h>

#include "ext4.h"

static bool is_dir(const struct node *n)
{
    return uc_ext4_is(n, LINUX_S_IFDIR);
}

long uc_ext4_add_links(struct node *n, int by)
{
    long error = uc_ext4_refresh(n);

    n->inode->i_links_count = (uint16_t)(n->inode->i_links_count + by);
    uc_ext4_touch(n, TIME_CHANGE);
    return error ? error : uc_ext4_changed(n);
}

/* A directory has one more in it, which names it, or one less. */
long uc_ext4_add_subdirectory(struct node *dir, int by)
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

/* The walk to a name that is to be made, and that is free. */
static long walk_to_new(struct walk *w, struct node *dir, const char *path,
                        bool directory)
{
    struct node *n;
    long error = uc_ext4_walk(w, dir, path);

    if (error)
        return error;
    error = uc_ext4_is_dots(w) ? -EEXIST : uc_ext4_last(w, &n);
    if (!error) {
        uc_ext4_drop(n);
        error = -EEXIST;
    }
    if (error == -ENOENT) {
        error = 0;
        if ((w->slash && !directory) || !w->dir->inode->i_links_count)
            error = -ENOENT;
        else if (w->dir->ino >= UC_EXT4_DEV)
            error = -EROFS;
        else if (!uc_ext4_has_room(1))
            error = -ENOSPC;
    }
    if (error)
        uc_ext4_walk_end(w);
    return error;
}

static long make_dir(struct walk *w, unsigned mode)
{
    struct node *dir = w->dir, *n;
    ext2_ino_t ino;
    errcode_t e;

    if (is_full(dir))
        return -EMLINK;
    e = ext2fs_new_inode(uc_ext4, dir->ino, LINUX_S_IFDIR, 0, &ino);
    if (!e)
        e = ext2fs_mkdir(uc_ext4, dir->ino, ino, NULL);
    if (e)
        return uc_ext4_error(e);
    long error = uc_ext4_node(ino, &n);
    if (error)
        return error;
    n->inode->i_mode = (uint16_t)(LINUX_S_IFDIR | mode);
    uc_ext4_touch(n, TIME_ACCESS | TIME_CHANGE | TIME_MODIFY);
    error = uc_ext4_changed(n);
    if (!error)
        error = uc_ext4_add(dir, w->name, w->length, n);
    uc_ext4_drop(n);
    return error;
}

long uc_fs_mkdir(struct node *dir, const char *path, unsigned mode)
{
    struct walk w;
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = walk_to_new(&w, dir, path, true);
    if (!error) {
        error = make_dir(&w, mode & 01777);
        uc_ext4_walk_end(&w);
    }
    return uc_ext4_leave(true, error);
}

static long make_node(struct walk *w, unsigned mode)
{
    struct node *n;
    long error = uc_ext4_make(w->dir->ino, mode, &n);

    if (error)
        return error;
    error = uc_ext4_add(w->dir, w->name, w->length, n);
    if (!error)
        error = uc_ext4_add_links(n, 1);
    uc_ext4_drop(n);
    return error;
}

long uc_fs_mknod(struct node *dir, const char *path, unsigned mode)
{
    struct walk w;
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = walk_to_new(&w, dir, path, false);
    if (!error) {
        error = make_node(&w, mode);
        uc_ext4_walk_end(&w);
    }
    return uc_ext4_leave(true, error);
}

static long make_link(struct walk *w, const char *target)
{
    struct node *n;
    ext2_ino_t ino;
    errcode_t e;

    if (strlen(target) >= uc_ext4_block_size)
        return -ENAMETOOLONG;
    e = ext2fs_new_inode(uc_ext4, w->dir->ino, LINUX_S_IFLNK, 0, &ino);
    if (!e)
        e = ext2fs_symlink(uc_ext4, w->dir->ino, ino, NULL, target);
    if (e)
        return uc_ext4_error(e);
    long error = uc_ext4_node(ino, &n);
    if (error)
        return error;
    uc_ext4_touch(n, TIME_ACCESS | TIME_CHANGE | TIME_MODIFY);
    error = uc_ext4_add(w->dir, w->name, w->length, n);
    uc_ext4_drop(n);
    return error;
}

long uc_fs_symlink(const char *target, struct node *dir, const char *path)
{
    struct walk w;
    long error;

    if (strlen(target) >= PATH_LIMIT)
        return -ENAMETOOLONG;
    error = uc_ext4_enter(true);
    if (error)
        return error;
    error = walk_to_new(&w, dir, path, false);
    if (!error) {
        error = make_link(&w, target);
        uc_ext4_walk_end(&w);
    }
    return uc_ext4_leave(true, error);
}

static long link_node(struct node *n, struct node *dir, const char *path)
{
    struct walk w;
    long error = walk_to_new(&w, dir, path, false);

    if (error)
        return error;
    if (is_dir(n))
        error = -EPERM;
    else if (n->ino >= UC_EXT4_DEV)
        error = -EXDEV;
    else if (n->inode->i_links_count >= EXT2_LINK_MAX)
        error = -EMLINK;
    else if (!n->inode->i_links_count)
        error = -ENOENT;
    if (!error)
        error = uc_ext4_add(w.dir, w.name, w.length, n);
    if (!error)
        error = uc_ext4_add_links(n, 1);
    uc_ext4_walk_end(&w);
    return error;
}

long uc_fs_link(struct node *from_dir, const char *from, bool follow,
                struct node *dir, const char *path)
{
    struct node *n;
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = uc_ext4_find(from_dir, from, follow, &n);
    if (!error) {
        error = link_node(n, dir, path);
        uc_ext4_drop(n);
    }
    return uc_ext4_leave(true, error);
}

long uc_fs_readlink(struct node *dir, const char *path, char *p, size_t n)
{
    struct node *link;
    long r = uc_ext4_enter(false);

    if (r)
        return r;
    r = uc_ext4_find(dir, path, false, &link);
    if (!r) {
        char text[PATH_LIMIT];
        r = uc_ext4_is(link, LINUX_S_IFLNK)
                ? uc_ext4_target(link, text, sizeof text)
                : -EINVAL;
        if (r > 0) {
            r = (size_t)r > n ? (long)n : r;
            memcpy(p, text, (size_t)r);
        }
        uc_ext4_drop(link);
    }
    return uc_ext4_leave(false, r);
}

/* ---- removing ---- */

static long may_rmdir(struct walk *w, struct node *n)
{
    (void)w;
    if (!is_dir(n))
        return -ENOTDIR;
    return uc_ext4_is_empty(n) ? 0 : -ENOTEMPTY;
}

static long may_unlink(struct walk *w, struct node *n)
{
    if (is_dir(n))
        return -EISDIR;
    return w->slash ? -ENOTDIR : 0;
}

static long dots_error(const struct walk *w, bool rmdir)
{
    if (!uc_ext4_is_dots(w))
        return 0;
    if (!rmdir)
        return -EISDIR;
    if (w->length == 2)
        return -ENOTEMPTY;
    return w->name[0] == '.' ? -EINVAL : -EBUSY;
}

/* One name of n is gone. */
long uc_ext4_lose_name(struct node *dir, struct node *n)
{
    long error = 0;

    if (is_dir(n)) {
        n->inode->i_links_count = 0;
        uc_ext4_touch(n, TIME_CHANGE);
        error = uc_ext4_changed(n);
        if (!error)
            error = uc_ext4_add_subdirectory(dir, -1);
        if (!error && n->refs > 1) {
            n->parent = dir;
            dir->refs++;
        }
    } else {
        error = uc_ext4_add_links(n, -1);
    }
    if (!error && !n->inode->i_links_count && n->refs > 1)
        error = uc_ext4_orphan(n);
    return error;
}

static long remove_last(struct walk *w, bool rmdir)
{
    struct node *n;
    long error = dots_error(w, rmdir);

    if (error)
        return error;
    error = uc_ext4_last(w, &n);
    if (error)
        return error;
    error = rmdir ? may_rmdir(w, n) : may_unlink(w, n);
    if (!error && n->ino >= UC_EXT4_DEV)
        error = -EROFS;
    if (!error)
        error = uc_ext4_remove(w->dir, w->name, w->length, n->ino);
    if (!error)
        error = uc_ext4_lose_name(w->dir, n);
    uc_ext4_drop(n);
    return error;
}

long uc_fs_unlink(struct node *dir, const char *path, bool rmdir)
{
    struct walk w;
    long error = uc_ext4_enter(true);

    if (error)
        return error;
    error = uc_ext4_walk(&w, dir, path);
    if (!error) {
        error = remove_last(&w, rmdir);
        uc_ext4_walk_end(&w);
    }
    return uc_ext4_leave(true, error);
}
