/* SPDX-License-Identifier: BSD-2-Clause */
/* ops.c: what core asks of nodes and names. */
#include <uc/devfs.h>
#include <uc/stat.h>

#include "walk.h"

/* ---- asking, and changing what a node is ---- */

long uc_node_owner(struct node *n, struct owner *o)
{
    *o = (struct owner){n->mode, n->uid, n->gid, 0};
    return 0;
}

long uc_node_stat(struct node *n, struct stat *st)
{
    enum {
        SECOND = 1000000000,
        NAME_SIZE = 20
    }; /* as tmpfs counts names */
    memset(st, 0, sizeof *st);
    st->st_dev = 1;
    st->st_ino = n->ino;
    st->st_mode = n->mode;
    st->st_nlink = n->links;
    st->st_uid = n->uid;
    st->st_gid = n->gid;
    st->st_size = n->size;
    st->st_blksize = UC_PAGE;
    st->st_atime = (int64_t)(n->atime / SECOND);
    st->st_atime_nsec = (long)(n->atime % SECOND);
    st->st_mtime = (int64_t)(n->mtime / SECOND);
    st->st_mtime_nsec = (long)(n->mtime % SECOND);
    st->st_ctime = (int64_t)(n->ctime / SECOND);
    st->st_ctime_nsec = (long)(n->ctime % SECOND);
    if (uc_node_is(n, S_IFDIR))
        st->st_size = (n->dir.entries + 2L) * NAME_SIZE;
    if (uc_node_is(n, S_IFREG)) {
        int64_t base = (n->data.base_size + UC_PAGE - 1) / UC_PAGE;
        st->st_blocks = ((int64_t)n->data.pages + base) * (UC_PAGE / 512);
    }
    if (uc_node_is(n, S_IFCHR) || uc_node_is(n, S_IFBLK))
        st->st_rdev = n->device;
    return 0;
}

long uc_node_setattr(struct node *n, const struct file_attr *attr)
{
    if (attr->set & ATTR_MODE)
        n->mode = (n->mode & S_IFMT) | attr->mode;
    if (attr->set & ATTR_UID)
        n->uid = attr->uid;
    if (attr->set & ATTR_GID)
        n->gid = attr->gid;
    uint64_t before = n->mtime;
    uc_ramfs_touch(n); /* for ctime */
    n->mtime = attr->set & ATTR_MTIME ? attr->mtime_ns : before;
    if (attr->set & ATTR_ATIME)
        n->atime = attr->atime_ns;
    return 0;
}

void uc_fs_usage(uint64_t *used, uint64_t *available)
{
    uint64_t total;
    uc_pages_total(&total, available);
    *used = total - *available;
}

/* ---- names ---- */

long uc_node_lookup(struct node *dir, const char *name, size_t length,
                    struct node **n)
{
    struct entry *e = uc_ramfs_lookup(dir, name, length);
    if (!e)
        return -ENOENT;
    *n = e->node;
    return 0;
}

long uc_node_target(struct node *link, char *p, size_t n)
{
    if (n > (size_t)link->size)
        n = (size_t)link->size;
    memcpy(p, link->target, n);
    return (long)n;
}

long uc_node_name(struct node *dir, struct node *parent, char *name,
                  size_t *length)
{
    const struct entry *e = dir->dir.self;
    (void)parent;
    if (!e)
        return -ENOENT;
    memcpy(name, e->name, *length = e->length);
    return 0;
}

long uc_node_entries(struct node *dir, struct listing *l)
{
    if (!dir->links)
        return -ENOENT;
    for (int64_t i = l->f->pos; i < 2; i++) {
        const struct node *n = i ? dir->dir.parent : dir;
        if (!uc_node_list(l, n->ino, i + 1, n->mode, "..", (size_t)i + 1))
            return 0;
    }
    /* A position is the cookie of the last one seen, behind these two. */
    for (const struct entry *e = dir->dir.first; e; e = e->next)
        if (e->cookie + 2 > l->f->pos &&
            !uc_node_list(l, e->node->ino, e->cookie + 2, e->node->mode,
                          e->name, e->length))
            break;
    return 0;
}

/* ---- making and removing ---- */

long uc_node_may_add(struct node *dir)
{
    return dir->links ? 0 : -ENOENT;
}

static bool set_target(struct node *link, const char *s)
{
    size_t n = strlen(s);
    link->target = uc_kalloc(n + 1);
    if (link->target)
        memcpy(link->target, s, n);
    link->size = (int64_t)n;
    return link->target;
}

long uc_node_make(struct walk *w, const struct owner *o, const char *target,
                  struct node **result)
{
    struct node *n = uc_ramfs_node(o->mode);
    if (!n)
        return -ENOSPC;
    n->uid = o->uid;
    n->gid = o->gid;
    if (o->device)
        n->device = o->device;
    if (target && !set_target(n, target)) {
        uc_kfree(n, sizeof *n);
        return -ENOSPC;
    }
    long error = uc_ramfs_enter(w->dir, w->name, w->length, n);
    if (error)
        uc_ramfs_settle(n);
    else if (result)
        *result = n;
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
    long error = uc_ramfs_enter(w->dir, w->name, w->length, n);
    if (!error)
        n->ctime = w->dir->ctime;
    return error;
}

static struct entry *entry_of(const struct walk *w)
{
    return uc_ramfs_lookup(w->dir, w->name, w->length);
}

long uc_node_remove(struct walk *w, struct node *n)
{
    (void)n;
    uc_ramfs_leave(entry_of(w));
    return 0;
}

/* ---- moving ---- */

/* A directory's name is in another one now. */
static void put_in(struct node *n, struct entry *e, struct node *from)
{
    if (!uc_node_is(n, S_IFDIR))
        return;
    n->dir.self = e;
    n->dir.parent = e->dir;
    from->links--, from->refs--;
    e->dir->links++, e->dir->refs++;
}

/* Each entry gets the other's node. */
static void exchange(struct entry *x, struct entry *y)
{
    struct node *a = x->node, *b = y->node;
    x->node = b;
    y->node = a;
    put_in(a, y, x->dir);
    put_in(b, x, y->dir);
    uc_ramfs_touch(x->dir);
    uc_ramfs_touch(y->dir);
    a->ctime = b->ctime = x->dir->ctime;
}

long uc_node_rename(struct side *a, struct side *b, bool exchanged)
{
    struct entry *x = entry_of(&a->walk), *y = entry_of(&b->walk);
    struct node *n = a->node;
    if (exchanged) {
        exchange(x, y);
        return 0;
    }
    n->refs++; /* across the moment without a name */
    long error = uc_ramfs_enter(b->walk.dir, b->walk.name, b->walk.length, n);
    if (!error && y)
        uc_ramfs_leave(y);
    if (!error)
        uc_ramfs_leave(x);
    n->refs--;
    uc_ramfs_settle(n);
    return error;
}

/* ---- opening ---- */

unsigned uc_node_device(struct node *n)
{
    return uc_node_is(n, S_IFCHR) ? n->device : 0;
}

long uc_node_open(struct node *n, struct file *f)
{
    bool path = f->flags & O_PATH;
    bool fifo = CFG_FIFOS && uc_node_is(n, S_IFIFO);
    const struct file_ops *device = uc_device_ops(uc_node_device(n));
    if (!path && !device && !fifo && !uc_node_is(n, S_IFREG) &&
        !uc_node_is(n, S_IFDIR))
        return -ENXIO; /* nobody is at the other end */
    f->ops = &uc_node_file_ops;
    if (uc_node_is(n, S_IFDIR))
        f->ops = &uc_node_dir_ops;
    else if (CFG_WRITE && !path && uc_node_is(n, S_IFREG) && f->flags & O_TRUNC)
        uc_node_resize(n, 0);
    n->refs++;
    f->node = n;
    /* Devices have no release: the reference stays, and so does the node. */
    if (device && !path)
        f->ops = device;
    if (fifo && !path)
        f->ops = &uc_fifo_ops;
    return 0;
}

/* ---- no disk ---- */

long uc_fs_sync(void)
{
    return 0;
}

void uc_fs_end(void)
{
}
