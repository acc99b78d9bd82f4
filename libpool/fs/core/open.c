/* SPDX-License-Identifier: BSD-2-Clause */
/* open.c: opening, and what all open directories do alike. */
#include <linux/fs.h>
#include <uc/devfs.h>

#include "walk.h"

static long may_open(struct node *n, bool slash, const struct file *f)
{
    unsigned access = ((unsigned)f->flags & O_ACCMODE) + 1, want;
    struct owner o;

    want = (access & 1 ? MAY_READ : 0) | (access & 2 ? MAY_WRITE : 0);
    if ((f->flags & O_DIRECTORY || slash) && !uc_node_is(n, NODE_DIR))
        return -ENOTDIR;
    if (f->flags & O_PATH)
        return 0;
    if (uc_node_is(n, NODE_LINK))
        return -ELOOP;
    if (f->flags & O_TRUNC)
        want |= MAY_WRITE;
    if (uc_node_is(n, NODE_DIR) && (want & MAY_WRITE || f->flags & O_CREAT))
        return -EISDIR;
    long error = uc_may(n, want);
    if (!error && uc_user_id() && f->flags & O_NOATIME && !UC_NODE_HOST) {
        error = uc_node_owner(n, &o);
        if (!error && uc_user_id() != o.uid)
            error = -EPERM;
    }
    return error;
}

static long create(struct walk *w, unsigned mode, struct file *f)
{
    struct node *n;
    struct owner o;
    long error = uc_may_add(w->dir);

    if (!error)
        error = uc_own(w->dir, NODE_FILE | mode, &o);
    if (!error)
        error = uc_node_create(w, &o, f, &n);
    if (error)
        return error;
    f->flags &= ~O_TRUNC;
    error = uc_node_open(n, f);
    if (error)
        uc_node_drop(n);
    return error;
}

static long open_last(struct walk *w, unsigned mode, struct file *f)
{
    const bool making = UC_NODE_WRITE && f->flags & O_CREAT;
    const bool exclusive = making && f->flags & O_EXCL;
    bool following = !exclusive && !(f->flags & O_NOFOLLOW);

    for (;;) {
        struct node *n;
        if (making && w->slash && !uc_walk_is_dots(w))
            return -EISDIR;
        long error = uc_walk_last(w, &n);
        if (error == -ENOENT && making)
            return create(w, mode, f);
        if (error)
            return error;
        if (!uc_node_is(n, NODE_LINK) ||
            !(following || (w->slash && !exclusive))) {
            error = exclusive ? -EEXIST : may_open(n, w->slash, f);
            if (!error)
                error = uc_node_open(n, f);
            if (CFG_MAP_SHARED && !error && f->flags & O_TRUNC &&
                f->ops == &uc_node_file_ops)
                uc_map_cut(n, 0);
            if (error)
                uc_node_drop(n);
            return error;
        }
        error = uc_walk_follow(w, n);
        uc_node_drop(n);
        if (error)
            return error;
    }
}

long uc_fs_open(struct node *dir, const char *path, unsigned mode,
                struct file *f)
{
    bool change = f->flags & (O_CREAT | O_TRUNC) && !uc_node_is_read_only();
    struct walk w;
    long error = uc_node_enter(change);

    if (error)
        return error;
    error = uc_walk(&w, dir, path);
    if (!error) {
        error = open_last(&w, mode, f);
        uc_walk_end(&w);
    }
    return uc_node_leave(change, error);
}

/* ---- open directories ---- */

static long dir_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)f, (void)p, (void)n, (void)pos;
    return -EISDIR;
}

static int64_t dir_seek(struct file *f, int64_t offset, int whence)
{
    if (whence == SEEK_CUR)
        offset += f->pos;
    else if (whence != SEEK_SET)
        return -EINVAL;
    return offset < 0 ? -EINVAL : (f->pos = offset);
}

bool uc_node_list(struct listing *l, uint64_t ino, int64_t next, unsigned mode,
                  const char *name, size_t length)
{
    struct dirent64 {
        uint64_t d_ino;
        int64_t d_off;
        unsigned short d_reclen;
        unsigned char d_type;
        char d_name[];
    } *d = (struct dirent64 *)(l->p + l->done);
    size_t head = offsetof(struct dirent64, d_name);
    size_t all = (head + length + 1 + 7) & ~(size_t)7;

    if (all > l->room - l->done) {
        l->full = true;
        return false;
    }
    d->d_ino = ino;
    d->d_off = l->f->pos = next;
    d->d_reclen = (unsigned short)all;
    d->d_type = (unsigned char)(mode >> 12 & 15);
    memcpy(d->d_name, name, length);
    memset(d->d_name + length, 0, all - head - length);
    l->done += all;
    return true;
}

static long dir_getdents(struct file *f, void *p, size_t room)
{
    struct listing l = {.f = f, .p = p, .room = room};
    long error = uc_node_enter(false);

    if (error)
        return error;
    error = uc_node_entries(f->node, &l);
    if (l.done)
        error = (long)l.done;
    else if (l.full)
        error = -EINVAL;
    return uc_node_leave(false, error);
}

const struct file_ops uc_node_dir_ops = {
    .read = dir_read,
    .seek = dir_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .getdents = dir_getdents,
    .sync = UC_NODE_SYNC,
    .release = uc_node_release,
};

struct node *uc_fs_dir_of(struct file *f)
{
    struct node *n = f->ops == &uc_node_dir_ops ? f->node : NULL;
    return n;
}

/* ---- the current directory ---- */

void uc_fs_hold(struct node *dir)
{
    dir->refs++;
}

void uc_fs_drop(struct node *dir)
{
    if (uc_node_enter(false))
        return;
    uc_node_drop_later(dir);
    uc_node_leave(false, 0);
}

long uc_fs_dir(struct node *dir, const char *path, struct node **result)
{
    struct node *n;
    long error = uc_node_enter(false);

    if (error)
        return error;
    error = uc_walk_find(dir, path, true, &n);
    if (!error) {
        error = uc_node_is(n, NODE_DIR) ? uc_may(n, MAY_RUN) : -ENOTDIR;
        if (!error)
            uc_fs_hold(*result = n);
        uc_node_drop(n);
    }
    return uc_node_leave(false, error);
}

/* Puts the name of n in its parent before p[*at]; n becomes the parent. */
static long put_name(struct node **n, char *p, size_t *at)
{
    struct node *up;
    char name[NAME_LONGEST];
    size_t length;
    long error = uc_node_parent(*n, &up);

    if (error)
        return error;
    error = uc_node_name(*n, up, name, &length);
    uc_node_drop(*n);
    *n = up;
    if (error)
        return error;
    if (*at < length + 1)
        return -ERANGE;
    *at -= length;
    memcpy(p + *at, name, length);
    p[--*at] = '/';
    return 0;
}

/* Names from the directory up, written from the end of the buffer down. */
long uc_fs_path(struct node *dir, char *p, size_t size)
{
    size_t at = size;
    struct node *n;
    long error;

    if (size < 2)
        return -ERANGE;
    error = uc_node_enter(false);
    if (error)
        return error;
    p[--at] = 0;
    error = uc_node_again(dir, &n);
    if (error)
        return uc_node_leave(false, error);
    while (!uc_node_is_root(n) && !error)
        error = put_name(&n, p, &at);
    uc_node_drop(n);
    uc_node_leave(false, 0);
    if (error)
        return error;
    if (at == size - 1)
        p[--at] = '/';
    memmove(p, p + at, size - at);
    return (long)(size - at);
}
