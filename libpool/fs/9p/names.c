/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c: making, removing and moving names. The host checks; what a path
 * alone tells is answered here, as Linux does (fs/namei.c).
 */
#include "nine.h"

enum {
    NOREPLACE = 1,
    REMOVE_DIR = 0x200, /* flag of T_UNLINK */
};

/* The walk to a name that is to be made. */
static long walk_to_new(struct walk *w, struct node *dir, const char *path,
                        bool directory)
{
    struct node *n;
    long error = uc_9p_walk(w, dir, path);

    if (error)
        return error;
    error = uc_9p_is_dots(w) ? -EEXIST : uc_9p_last(w, &n);
    if (!error) {
        uc_9p_drop(n);
        error = -EEXIST;
    }
    if (error == -ENOENT)
        error = w->slash && !directory ? -ENOENT : w->dir->made_up ? -EROFS : 0;
    if (error)
        uc_9p_walk_end(w);
    return error;
}

/* A request about a name in a directory. */
static void begin_at(unsigned type, const struct walk *w)
{
    uc_9p_begin(type);
    uc_9p_put(w->dir->fid, 4);
    uc_9p_put_string(w->name, w->length);
}

long uc_fs_mkdir(struct node *dir, const char *path, unsigned mode)
{
    struct walk w;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = walk_to_new(&w, dir, path, true);
    if (!error) {
        begin_at(T_MKDIR, &w);
        uc_9p_put(mode & 01777, 4);
        uc_9p_put(0, 4);
        error = uc_9p_send();
        uc_9p_walk_end(&w);
    }
    return uc_9p_leave(error);
}

long uc_fs_mknod(struct node *dir, const char *path, unsigned mode)
{
    struct walk w;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = walk_to_new(&w, dir, path, false);
    if (!error) {
        begin_at(T_MKNOD, &w);
        uc_9p_put(mode, 4);
        uc_9p_put(0, 4);
        uc_9p_put(0, 4);
        uc_9p_put(0, 4);
        error = uc_9p_send();
        uc_9p_walk_end(&w);
    }
    return uc_9p_leave(error);
}

long uc_fs_symlink(const char *target, struct node *dir, const char *path)
{
    enum {
        LONGEST = UC_PAGE - 512 /* a request is one page */
    };
    struct walk w;
    long error;

    if (strlen(target) >= LONGEST)
        return -ENAMETOOLONG;
    error = uc_9p_enter();
    if (error)
        return error;
    error = walk_to_new(&w, dir, path, false);
    if (!error) {
        begin_at(T_SYMLINK, &w);
        uc_9p_put_string(target, strlen(target));
        uc_9p_put(0, 4);
        error = uc_9p_send();
        uc_9p_walk_end(&w);
    }
    return uc_9p_leave(error);
}

static long link_node(struct node *n, struct node *dir, const char *path)
{
    struct walk w;
    long error = walk_to_new(&w, dir, path, false);

    if (error)
        return error;
    if (uc_9p_is_dir(n))
        error = -EPERM;
    else if (n->device)
        error = -EXDEV;
    if (!error) {
        uc_9p_begin(T_LINK);
        uc_9p_put(w.dir->fid, 4);
        uc_9p_put(n->fid, 4);
        uc_9p_put_string(w.name, w.length);
        error = uc_9p_send();
    }
    uc_9p_walk_end(&w);
    return error;
}

long uc_fs_link(struct node *from_dir, const char *from, bool follow,
                struct node *dir, const char *path)
{
    struct node *n;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_find(from_dir, from, follow, &n);
    if (!error) {
        error = link_node(n, dir, path);
        uc_9p_drop(n);
    }
    return uc_9p_leave(error);
}

long uc_fs_readlink(struct node *dir, const char *path, char *p, size_t n)
{
    struct node *link;
    long r = uc_9p_enter();

    if (r)
        return r;
    r = uc_9p_find(dir, path, false, &link);
    if (!r) {
        char text[PATH_LIMIT];
        r = uc_9p_is_link(link) ? uc_9p_target(link, text, sizeof text)
                                : -EINVAL;
        if (r > 0) {
            r = (size_t)r > n ? (long)n : r;
            memcpy(p, text, (size_t)r);
        }
        uc_9p_drop(link);
    }
    return uc_9p_leave(r);
}

/* ---- removing ---- */

static long dots_error(const struct walk *w, bool rmdir)
{
    if (!uc_9p_is_dots(w))
        return 0;
    if (!rmdir)
        return -EISDIR;
    if (w->length == 2)
        return -ENOTEMPTY;
    return w->name[0] == '.' ? -EINVAL : -EBUSY;
}

static long remove_last(struct walk *w, bool rmdir)
{
    struct node *n;
    long error = dots_error(w, rmdir);

    if (error)
        return error;
    error = uc_9p_last(w, &n);
    if (error)
        return error;
    if (rmdir && !uc_9p_is_dir(n))
        error = -ENOTDIR;
    else if (!rmdir && uc_9p_is_dir(n))
        error = -EISDIR;
    else if (!rmdir && w->slash)
        error = -ENOTDIR;
    else if (n->made_up || n->device)
        error = -EROFS;
    uc_9p_drop(n);
    if (error)
        return error;
    begin_at(T_UNLINK, w);
    uc_9p_put(rmdir ? REMOVE_DIR : 0, 4);
    return uc_9p_send();
}

long uc_fs_unlink(struct node *dir, const char *path, bool rmdir)
{
    struct walk w;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_walk(&w, dir, path);
    if (!error) {
        error = remove_last(&w, rmdir);
        uc_9p_walk_end(&w);
    }
    return uc_9p_leave(error);
}

/* ---- moving ---- */

static long may_rename(struct walk *a, struct walk *b, unsigned flags)
{
    struct node *n;
    long error;

    if (uc_9p_is_dots(a))
        return -EBUSY;
    if (uc_9p_is_dots(b))
        return flags & NOREPLACE ? -EEXIST : -EBUSY;
    if (a->dir->made_up || b->dir->made_up)
        return -EROFS;
    error = uc_9p_last(a, &n);
    if (error)
        return error;
    if (!uc_9p_is_dir(n) && (a->slash || b->slash))
        error = -ENOTDIR;
    if (n->device || n->made_up)
        error = -EROFS;
    uc_9p_drop(n);
    if (error || !(flags & NOREPLACE))
        return error;
    error = uc_9p_last(b, &n);
    if (!error)
        uc_9p_drop(n);
    return error == -ENOENT ? 0 : error ? error : -EEXIST;
}

static long rename_last(struct walk *a, struct walk *b, unsigned flags)
{
    long error = may_rename(a, b, flags);

    if (error)
        return error;
    begin_at(T_RENAME, a);
    uc_9p_put(b->dir->fid, 4);
    uc_9p_put_string(b->name, b->length);
    return uc_9p_send();
}

/* The protocol has no exchange, and Linux's client answers the same. */
long uc_fs_rename(struct node *from_dir, const char *from, struct node *dir,
                  const char *path, unsigned flags)
{
    struct walk a, b;
    long error = flags & ~(unsigned)NOREPLACE ? -EINVAL : uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_walk(&a, from_dir, from);
    if (!error) {
        error = uc_9p_walk(&b, dir, path);
        if (!error) {
            error = rename_last(&a, &b, flags);
            uc_9p_walk_end(&b);
        }
        uc_9p_walk_end(&a);
    }
    return uc_9p_leave(error);
}
