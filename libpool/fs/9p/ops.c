/* SPDX-License-Identifier: BSD-2-Clause */
/* ops.c: open files and directories, and what the host says about them. */
#include <uc/devfs.h>
#include <uc/stat.h>

#include "walk.h"

/* ---- regular files ---- */

static size_t at_most(size_t n)
{
    return n < uc_9p_most() ? n : uc_9p_most();
}

static void begin_transfer(unsigned type, const struct node *n, int64_t at,
                           size_t size)
{
    uc_9p_begin(type);
    uc_9p_put(n->fid, 4);
    uc_9p_put((uint64_t)at, 8);
    uc_9p_put(size, 4);
}

long uc_node_read(struct node *n, void *p, size_t size, int64_t at)
{
    long done = 0, r = 0;

    while (size) {
        size_t part = at_most(size);
        begin_transfer(T_READ, n, at + done, part);
        r = uc_9p_receive_data((char *)p + done, part);
        if (r <= 0)
            break;
        done += r;
        size -= (size_t)r;
        if ((size_t)r < part)
            break;
    }
    return done ? done : r;
}

long uc_node_write(struct node *n, const void *p, size_t size, int64_t at)
{
    long done = 0, r = 0;

    while (size) {
        size_t part = at_most(size);
        begin_transfer(T_WRITE, n, at + done, part);
        r = uc_9p_send_data((const char *)p + done, part);
        if (r <= 0)
            break;
        done += r;
        size -= (size_t)r;
    }
    if (at + done > n->size)
        n->size = at + done;
    return done ? done : r;
}

long uc_node_written(struct file *f)
{
    (void)f; /* the host has the file open as it is here */
    return 0;
}

long uc_node_size(struct node *n, int64_t *size)
{
    struct stat st;
    long error = uc_node_stat(n, &st);

    *size = st.st_size;
    return error;
}

int64_t uc_node_next(struct node *n, int64_t at, bool data)
{
    return data ? at : n->size; /* all is data; the size has just been asked */
}

long uc_9p_sync(struct file *f, bool data_only)
{
    struct node *n = f->node;
    long error = uc_node_enter(false);

    if (error)
        return error;
    if (CFG_MAP_SHARED)
        error = uc_map_flush(n, 0, SIZE_MAX);
    if (error || n->made_up || !n->open)
        return uc_node_leave(false, error);
    uc_9p_begin(T_FSYNC);
    uc_9p_put(n->fid, 4);
    uc_9p_put(data_only, 4);
    return uc_node_leave(false, uc_9p_send());
}

/* ---- opening ---- */

unsigned uc_node_device(struct node *n)
{
    struct stat st;

    if (n->device)
        return (unsigned)n->device->major << 8 | n->device->minor;
    return uc_node_stat(n, &st) || (st.st_mode & S_IFMT) != S_IFCHR
               ? 0
               : (unsigned)st.st_rdev;
}

static long open_number(struct node *n, uint32_t flags)
{
    uc_9p_begin(T_OPEN);
    uc_9p_put(n->fid, 4);
    uc_9p_put(flags, 4);
    long error = uc_9p_send();
    n->open = !error;
    return error;
}

long uc_node_open(struct node *n, struct file *f)
{
    bool path = f->flags & O_PATH, dir = uc_node_is(n, S_IFDIR);
    const struct file_ops *device = NULL;
    struct owner o = {.mode = S_IFREG};
    long error = path || dir || n->open ? 0 : uc_node_owner(n, &o);

    if (error)
        return error;
    if (!path && (n->device || (o.mode & S_IFMT) == S_IFCHR))
        device = uc_device_ops(uc_node_device(n));
    if (!device && (o.mode & S_IFMT) != S_IFREG)
        return -ENXIO; /* another device, or a pipe, of the host is not ours */
    f->ops = dir ? &uc_node_dir_ops : &uc_node_file_ops;
    f->node = n;
    if (device)
        f->ops = device; /* no release: the reference stays */
    if (device || n->device || n->made_up || n->open || path)
        return 0;
    return open_number(n, dir ? P_DIRECTORY : uc_9p_flags(f->flags));
}

/* ---- directories ---- */

static void list_made_up(struct listing *l)
{
    for (int64_t i = l->f->pos; i < 2 + UC_DEVICES; i++) {
        const char *name = i < 2 ? ".." : uc_devices[i - 2].name;
        size_t length = i < 2 ? (size_t)i + 1 : 0;
        while (i >= 2 && length < sizeof uc_devices->name && name[length])
            length++;
        if (!uc_node_list(l, 1 + (uint64_t)i, i + 1, i < 2 ? S_IFDIR : S_IFCHR,
                          name, length))
            return;
    }
}

struct listed {
    uint64_t ino;
    int64_t next;
    unsigned mode;
    const char *name;
    size_t length;
};

/* From the answer to T_READDIR; false: no more. */
static bool next_entry(struct listed *e)
{
    e->ino = uc_9p_qid().path;
    e->next = (int64_t)uc_9p_get(8);
    e->mode = (unsigned)uc_9p_get(1) << 12;
    e->name = uc_9p_get_string(&e->length);
    return !uc_9p_short();
}

/* One answer of the host: 1; 0 at the end. */
static long read_entries(struct node *dir, int64_t from)
{
    uc_9p_begin(T_READDIR);
    uc_9p_put(dir->fid, 4);
    uc_9p_put((uint64_t)from, 8);
    uc_9p_put(UC_PAGE / 2, 4);
    long error = uc_9p_send();
    return error ? error : uc_9p_get(4) != 0;
}

long uc_node_entries(struct node *dir, struct listing *l)
{
    struct listed e;

    if (dir->made_up) {
        list_made_up(l);
        return 0;
    }
    long more = read_entries(dir, l->f->pos);
    while (more > 0 && next_entry(&e) &&
           uc_node_list(l, e.ino, e.next, e.mode, e.name, e.length))
        ;
    return more < 0 ? more : 0;
}

static bool is_child(const struct listed *e)
{
    bool dots = e->length <= 2 && e->name[0] == '.' &&
                (e->length == 1 || e->name[1] == '.');

    return e->length && e->length <= NAME_LONGEST && !dots;
}

/* Reads the parent's entries until one has this number. */
static long find_name(struct node *parent, uint64_t path, char *name,
                      size_t *length)
{
    struct listed e;
    int64_t next = 0; /* after the last whole one */
    long more;

    while ((more = read_entries(parent, next)) > 0) {
        int64_t from = next;
        while (next_entry(&e)) {
            next = e.next;
            if (e.ino == path && is_child(&e)) {
                memcpy(name, e.name, *length = e.length);
                return 0;
            }
        }
        if (next == from)
            return -EIO; /* an answer without an entry */
    }
    return more ? more : -ENOENT;
}

/* The child of that name is dir; the answer that named it is gone then. */
static bool is_named(struct node *dir, struct node *parent, const char *name,
                     size_t length)
{
    struct node *n;

    if (uc_node_lookup(parent, name, length, &n))
        return false;
    bool same = uc_node_is_same(n, dir);
    uc_node_drop(n);
    return same;
}

/*
 * What is mounted on a folder has another number than the folder, which its
 * parent lists: each that may be one is walked to.
 */
static long find_mounted(struct node *dir, struct node *parent,
                         struct node *open, char *name, size_t *length)
{
    struct listed e;
    int64_t next = 0;
    long more;

    while ((more = read_entries(open, next)) > 0) {
        int64_t from = next;
        while (next_entry(&e)) {
            next = e.next;
            if (!is_child(&e) || (e.mode && e.mode != S_IFDIR))
                continue;
            memcpy(name, e.name, *length = e.length);
            if (is_named(dir, parent, name, *length))
                return 0;
            break; /* the next answer begins behind it */
        }
        if (next == from)
            return -EIO;
    }
    return more ? more : -ENOENT;
}

long uc_node_name(struct node *dir, struct node *parent, char *name,
                  size_t *length)
{
    struct node *n; /* an open one leads nowhere */

    if (dir->made_up) {
        memcpy(name, "dev", *length = 3);
        return 0;
    }
    long error = uc_node_again(parent, &n);
    if (error)
        return error;
    error = open_number(n, P_DIRECTORY);
    if (!error)
        error = find_name(n, dir->qid.path, name, length);
    if (error == -ENOENT)
        error = find_mounted(dir, parent, n, name, length);
    uc_node_drop(n);
    return error;
}

/* ---- the whole ---- */

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
    if (uc_node_enter(false))
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
    uc_node_leave(false, 0);
}
