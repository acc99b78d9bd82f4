/* SPDX-License-Identifier: BSD-2-Clause */
/* file.c: open files and directories, and opening itself. */
#include <asm/stat.h>
#include <linux/fs.h>
#include <uc/devfs.h>

#include "nine.h"

/* ---- regular files ---- */

static size_t at_most(size_t n)
{
    return n < DATA_MOST ? n : DATA_MOST;
}

static void begin_transfer(unsigned type, const struct node *n, int64_t at,
                           size_t size)
{
    uc_9p_begin(type);
    uc_9p_put(n->fid, 4);
    uc_9p_put((uint64_t)at, 8);
    uc_9p_put(size, 4);
}

static long file_read(struct file *f, void *p, size_t size, int64_t *pos)
{
    struct node *n = f->node;
    long done = 0, r = uc_9p_enter();

    if (r)
        return r;
    while (size) {
        size_t part = at_most(size);
        begin_transfer(T_READ, n, *pos, part);
        r = uc_9p_receive_data((char *)p + done, part);
        if (r <= 0)
            break;
        done += r;
        *pos += r;
        size -= (size_t)r;
        if ((size_t)r < part)
            break;
    }
    return uc_9p_leave(done ? done : r);
}

static long write_all(struct node *n, const char *p, size_t size, int64_t *pos)
{
    long done = 0, r = 0;

    while (size) {
        size_t part = at_most(size);
        begin_transfer(T_WRITE, n, *pos, part);
        r = uc_9p_send_data(p + done, part);
        if (r <= 0)
            break;
        done += r;
        *pos += r;
        size -= (size_t)r;
    }
    if (*pos > n->size)
        n->size = *pos;
    return done ? done : r;
}

static long file_write(struct file *f, const void *p, size_t size, int64_t *pos)
{
    struct node *n = f->node;
    struct stat st;
    long r = uc_9p_enter();

    if (r)
        return r;
    if (f->flags & O_APPEND) {
        r = uc_9p_stat(n, &st);
        *pos = st.st_size;
    }
    return uc_9p_leave(r ? r : write_all(n, p, size, pos));
}

static int64_t file_seek(struct file *f, int64_t offset, int whence)
{
    struct stat st = {.st_size = 0};
    int64_t base = whence == SEEK_CUR ? f->pos : 0, to;

    if (whence > SEEK_CUR) {
        long error = uc_fs_node_stat(f, &st);
        if (error)
            return error;
    }
    if (whence == SEEK_DATA || whence == SEEK_HOLE) { /* all is data */
        if (offset < 0 || offset >= st.st_size)
            return -ENXIO;
        return f->pos = whence == SEEK_DATA ? offset : st.st_size;
    }
    if (whence == SEEK_END)
        base = st.st_size;
    if (__builtin_add_overflow(base, offset, &to) || to < 0)
        return -EINVAL;
    return f->pos = to;
}

static long file_truncate(struct file *f, int64_t size)
{
    long error = uc_9p_enter();

    return error ? error : uc_9p_leave(uc_9p_resize(f->node, size));
}

static long file_sync(struct file *f, bool data_only)
{
    struct node *n = f->node;
    long error = uc_9p_enter();

    if (error)
        return error;
    if (n->made_up || !n->open)
        return uc_9p_leave(0);
    uc_9p_begin(T_FSYNC);
    uc_9p_put(n->fid, 4);
    uc_9p_put(data_only, 4);
    return uc_9p_leave(uc_9p_send());
}

static void release(struct file *f)
{
    if (uc_9p_enter())
        return;
    uc_9p_drop_later(f->node);
    uc_9p_leave(0);
}

const struct file_ops uc_9p_file_ops = {
    .read = file_read,
    .write = file_write,
    .seek = file_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .truncate = file_truncate,
    .sync = file_sync,
    .release = release,
};

/* ---- directories ---- */

struct dirent64 {
    uint64_t d_ino;
    int64_t d_off;
    unsigned short d_reclen;
    unsigned char d_type;
    char d_name[];
};

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

/* Appends one entry; its length, or 0 if it does not fit. */
static size_t put(char *p, size_t room, const struct dirent64 *head,
                  const char *name, size_t length)
{
    size_t start = offsetof(struct dirent64, d_name);
    size_t all = (start + length + 1 + 7) & ~(size_t)7;

    if (all > room)
        return 0;
    struct dirent64 *d = (struct dirent64 *)p;
    *d = *head;
    d->d_reclen = (unsigned short)all;
    memcpy(d->d_name, name, length);
    memset(d->d_name + length, 0, all - start - length);
    return all;
}

static long list_made_up(struct file *f, char *p, size_t room)
{
    size_t done = 0, n;

    for (; f->pos < 2 + UC_DEVICES; f->pos++) {
        int64_t i = f->pos;
        const char *name = i < 2 ? ".." : uc_devices[i - 2].name;
        size_t length = i < 2 ? (size_t)i + 1 : 0;
        struct dirent64 head = {
            .d_ino = 1 + (uint64_t)i, .d_off = i + 1, .d_type = i < 2 ? 4 : 2};
        while (i >= 2 && length < sizeof uc_devices->name && name[length])
            length++;
        n = put(p + done, room - done, &head, name, length);
        if (!n)
            return done ? (long)done : -EINVAL;
        done += n;
    }
    return (long)done;
}

/* One answer of the host: bytes, 0 at the end, -EINVAL: no room for one. */
static long list(struct file *f, char *p, size_t room)
{
    struct node *n = f->node;
    size_t done = 0, length;

    uc_9p_begin(T_READDIR);
    uc_9p_put(n->fid, 4);
    uc_9p_put((uint64_t)f->pos, 8);
    uc_9p_put(UC_PAGE / 2, 4);
    long error = uc_9p_send();
    if (error || !uc_9p_get(4))
        return error;
    for (;;) {
        struct dirent64 head = {.d_ino = uc_9p_qid().path};
        head.d_off = (int64_t)uc_9p_get(8);
        head.d_type = (unsigned char)uc_9p_get(1);
        const char *name = uc_9p_get_string(&length);
        if (uc_9p_short())
            return (long)done;
        size_t size = put(p + done, room - done, &head, name, length);
        if (!size)
            return done ? (long)done : -EINVAL;
        f->pos = head.d_off;
        done += size;
    }
}

static long dir_getdents(struct file *f, void *p, size_t room)
{
    struct node *n = f->node;
    long error;

    if (n->made_up)
        return list_made_up(f, p, room);
    error = uc_9p_enter();
    return error ? error : uc_9p_leave(list(f, p, room));
}

const struct file_ops uc_9p_dir_ops = {
    .read = dir_read,
    .seek = dir_seek,
    .stat = uc_fs_node_stat,
    .setattr = uc_fs_node_setattr,
    .getdents = dir_getdents,
    .sync = file_sync,
    .release = release,
};

struct node *uc_fs_dir_of(struct file *f)
{
    struct node *n = f->ops == &uc_9p_dir_ops ? f->node : NULL;
    return n;
}

/* ---- opening ---- */

static const int passed = O_ACCMODE | O_TRUNC | O_APPEND | O_DSYNC | O_SYNC;

static long open_number(struct node *n, int flags)
{
    if (n->made_up)
        return 0;
    uc_9p_begin(T_OPEN);
    uc_9p_put(n->fid, 4);
    uc_9p_put((uint32_t)flags, 4);
    long error = uc_9p_send();
    n->open = !error;
    return error;
}

/* n is held, and stays so if this succeeds. */
static long open_node(struct node *n, bool slash, struct file *f)
{
    bool writing = (f->flags & O_ACCMODE) != O_RDONLY || f->flags & O_TRUNC;
    bool path = f->flags & O_PATH;
    struct stat st;

    if ((f->flags & O_DIRECTORY || slash) && !uc_9p_is_dir(n))
        return -ENOTDIR;
    if (uc_9p_is_link(n) && !path)
        return -ELOOP;
    if (uc_9p_is_dir(n) && (writing || f->flags & O_CREAT))
        return -EISDIR;
    long error = uc_9p_stat(n, &st);
    if (error)
        return error;
    unsigned type = st.st_mode & S_IFMT;
    if (!path && !n->device && type != S_IFDIR && type != S_IFREG)
        return -ENXIO; /* a device or pipe of the host is not ours to open */
    f->ops = uc_9p_is_dir(n) ? &uc_9p_dir_ops : &uc_9p_file_ops;
    f->node = n;
    if (n->device && !path)
        f->ops = n->device->ops; /* no release: the reference stays */
    if (n->device || path)
        return 0;
    return open_number(n, uc_9p_is_dir(n) ? O_RDONLY | O_DIRECTORY
                                          : f->flags & passed);
}

static long create(struct walk *w, unsigned mode, struct file *f)
{
    struct node *n;
    long error;

    if (w->dir->made_up)
        return -EROFS;
    error = uc_9p_lookup(w->dir, "", 0, &n);
    if (error)
        return error;
    uc_9p_begin(T_CREATE);
    uc_9p_put(n->fid, 4);
    uc_9p_put_string(w->name, w->length);
    uc_9p_put((uint32_t)(f->flags & passed) | O_CREAT | O_EXCL, 4);
    uc_9p_put(mode, 4);
    uc_9p_put(0, 4);
    error = uc_9p_send();
    if (error) {
        uc_9p_drop(n);
        return error;
    }
    n->qid = uc_9p_qid();
    n->root = n->dev = false;
    n->open = true;
    f->ops = &uc_9p_file_ops;
    f->node = n;
    return 0;
}

static long open_path(struct walk *w, unsigned mode, struct file *f)
{
    const bool making = f->flags & O_CREAT;
    const bool exclusive = making && f->flags & O_EXCL;
    bool following = !exclusive && !(f->flags & O_NOFOLLOW);

    for (;;) {
        struct node *n;
        if (making && w->slash && !uc_9p_is_dots(w))
            return -EISDIR;
        long error = uc_9p_last(w, &n);
        if (error == -ENOENT && making)
            return create(w, mode, f);
        if (error)
            return error;
        if (!uc_9p_is_link(n) || !(following || (w->slash && !exclusive))) {
            error = exclusive ? -EEXIST : open_node(n, w->slash, f);
            if (error)
                uc_9p_drop(n);
            return error;
        }
        error = uc_9p_follow(w, n);
        uc_9p_drop(n);
        if (error)
            return error;
    }
}

long uc_fs_open(struct node *dir, const char *path, unsigned mode,
                struct file *f)
{
    struct walk w;
    long error = uc_9p_enter();

    if (error)
        return error;
    error = uc_9p_walk(&w, dir, path);
    if (!error) {
        error = open_path(&w, mode, f);
        uc_9p_walk_end(&w);
    }
    return uc_9p_leave(error);
}
