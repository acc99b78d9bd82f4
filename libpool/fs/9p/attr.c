/* SPDX-License-Identifier: BSD-2-Clause */
/* attr.c: asking about files and changing what they are; directories. */
#include <asm/stat.h>
#include <uc/devfs.h>

#include "nine.h"

long uc_fs_node_stat(struct file *f, struct stat *st)
{
    long error = uc_9p_enter();

    return error ? error : uc_9p_leave(uc_9p_stat(f->node, st));
}

long uc_fs_node_setattr(struct file *f, const struct file_attr *attr)
{
    long error = uc_9p_enter();

    return error ? error : uc_9p_leave(uc_9p_setattr(f->node, attr));
}

long uc_fs_stat(struct node *dir, const char *path, bool follow,
                struct stat *st)
{
    struct node *n;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_find(dir, path, follow, &n);
    if (!error) {
        error = uc_9p_stat(n, st);
        uc_9p_drop(n);
    }
    return uc_9p_leave(error);
}

/* User 0 may do all but run what nobody may; the host has its own mind. */
long uc_fs_access(struct node *dir, const char *path, bool follow, int mode)
{
    struct stat st;
    long error = uc_fs_stat(dir, path, follow, &st);

    if (error)
        return error;
    return mode & 1 && (st.st_mode & S_IFMT) != S_IFDIR && !(st.st_mode & 0111)
               ? -EACCES
               : 0;
}

long uc_fs_setattr(struct node *dir, const char *path, bool follow,
                   const struct file_attr *attr)
{
    struct node *n;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_find(dir, path, follow, &n);
    if (!error) {
        error = uc_9p_setattr(n, attr);
        uc_9p_drop(n);
    }
    return uc_9p_leave(error);
}

static long truncate_node(struct node *n, int64_t size)
{
    struct stat st;
    long error = uc_9p_stat(n, &st);

    if (error)
        return error;
    if ((st.st_mode & S_IFMT) == S_IFDIR)
        return -EISDIR;
    return (st.st_mode & S_IFMT) == S_IFREG ? uc_9p_resize(n, size) : -EINVAL;
}

long uc_fs_truncate(struct node *dir, const char *path, int64_t size)
{
    struct node *n;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_find(dir, path, true, &n);
    if (!error) {
        error = truncate_node(n, size);
        uc_9p_drop(n);
    }
    return uc_9p_leave(error);
}

/* What was written is the host's at once; the host may keep it in memory. */
long uc_fs_sync(void)
{
    return 0;
}

void uc_fs_end(void)
{
}

void uc_fs_usage(uint64_t *used, uint64_t *available)
{
    *used = *available = 0;
    if (uc_9p_enter())
        return;
    uc_9p_begin(T_STATFS);
    uc_9p_put(0, 4);
    if (!uc_9p_send()) {
        uc_9p_get(4); /* type */
        uint64_t size = uc_9p_get(4), all = uc_9p_get(8), left;
        uc_9p_get(8);
        left = uc_9p_get(8);
        *available = left * size;
        *used = all > left ? (all - left) * size : 0;
    }
    uc_9p_leave(0);
}

/* ---- the current directory ---- */

void uc_fs_hold(struct node *dir)
{
    dir->refs++;
}

void uc_fs_drop(struct node *dir)
{
    if (uc_9p_enter())
        return;
    uc_9p_drop_later(dir);
    uc_9p_leave(0);
}

long uc_fs_dir(struct node *dir, const char *path, struct node **result)
{
    struct node *n;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_find(dir, path, true, &n);
    if (!error && !uc_9p_is_dir(n)) {
        uc_9p_drop(n);
        error = -ENOTDIR;
    }
    if (!error)
        *result = n;
    return uc_9p_leave(error);
}

/* Reads entries of the open directory until one has this number. */
static long find_name(struct node *dir, uint64_t path, char *name, size_t *n)
{
    uint64_t offset = 0;

    for (;;) {
        uc_9p_begin(T_READDIR);
        uc_9p_put(dir->fid, 4);
        uc_9p_put(offset, 8);
        uc_9p_put(UC_PAGE / 2, 4);
        long error = uc_9p_send();
        if (error)
            return error;
        if (!uc_9p_get(4))
            return -ENOENT;
        while (!uc_9p_short()) {
            uint64_t at = uc_9p_qid().path;
            uint64_t next = uc_9p_get(8);
            uc_9p_get(1);
            const char *s = uc_9p_get_string(n);
            if (uc_9p_short())
                break;
            offset = next;
            if (at == path && *n && *n <= NAME_LONGEST && s[0] != '.') {
                memcpy(name, s, *n);
                return 0;
            }
        }
    }
}

static long open_dir(struct node *dir)
{
    uc_9p_begin(T_OPEN);
    uc_9p_put(dir->fid, 4);
    uc_9p_put(O_RDONLY | O_DIRECTORY, 4);
    return uc_9p_send();
}

/* Puts the name of n in its parent before p[*at]; n becomes the parent. */
static long put_name(struct node **n, char *p, size_t *at)
{
    struct node *up;
    char name[NAME_LONGEST];
    size_t length = 3;
    long error = uc_9p_lookup(*n, "..", 2, &up);

    if (error)
        return error;
    if ((*n)->made_up) {
        memcpy(name, "dev", 3);
    } else {
        error = open_dir(up);
        if (!error)
            error = find_name(up, (*n)->qid.path, name, &length);
        uc_9p_drop(up); /* an open one leads nowhere */
        if (!error)
            error = uc_9p_lookup(*n, "..", 2, &up);
    }
    if (error)
        return error;
    uc_9p_drop(*n);
    *n = up;
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
    error = uc_9p_enter();
    if (error)
        return error;
    p[--at] = 0;
    error = uc_9p_lookup(dir, "", 0, &n);
    if (error)
        return uc_9p_leave(error);
    while (!n->root && !error)
        error = put_name(&n, p, &at);
    uc_9p_drop(n);
    uc_9p_leave(0);
    if (error)
        return error;
    if (at == size - 1)
        p[--at] = '/';
    memmove(p, p + at, size - at);
    return (long)(size - at);
}
