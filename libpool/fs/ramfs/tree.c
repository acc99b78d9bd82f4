/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tree.c: nodes, and the names of nodes in directories.
 *
 * All entries of all directories are in one hash table, by directory and
 * name; it doubles when it is full. The tree is begun by the first call that
 * needs it: /dev, /tmp, and the baked-in root.
 */
#include <uc/clock.h>
#include <uc/devfs.h>

#include "walk.h"

enum {
    FIRST_BUCKETS = 32
};

static struct node root = {
    .mode = S_IFDIR | 0755, .links = 2, .refs = 1, .ino = 1};
static struct entry *first_table[FIRST_BUCKETS];
static struct entry **table = first_table;
static size_t buckets = FIRST_BUCKETS, entries;
static uint64_t last_ino = 1;
static bool started;

static void add_devices(struct node *dev)
{
    for (int i = 0; i < UC_DEVICES; i++) {
        const struct uc_device *d = &uc_devices[i];
        struct node *n = uc_ramfs_node(d->mode);
        if (!n)
            return;
        n->device = (unsigned)d->major << 8 | d->minor;
        uc_ramfs_enter(dev, d->name, strlen(d->name), n);
    }
}

static struct node *add_folder(struct node *in, const char name[3],
                               unsigned mode)
{
    struct node *n = uc_ramfs_node(S_IFDIR | mode);
    if (n)
        uc_ramfs_enter(in, name, 3, n);
    return n;
}

/* A file of /etc, if the root has none of that name. */
static void add_text(const char *name, const char *text)
{
    struct entry *e = uc_ramfs_lookup(&root, "etc", 3);
    struct node *etc = e ? e->node : add_folder(&root, "etc", 0755), *n;
    if (!etc || !uc_node_is(etc, S_IFDIR) ||
        uc_ramfs_lookup(etc, name, strlen(name)))
        return;
    n = uc_ramfs_node(S_IFREG | 0644);
    if (!n)
        return;
    n->data.base = text;
    n->data.base_size = n->size = (int64_t)strlen(text);
    uc_ramfs_enter(etc, name, strlen(name), n);
}

/* Who a program may look up: whom it is, and whom it may become. */
static void add_users(void)
{
    add_text("passwd", "root:x:0:0:root:/root:/bin/sh\n"
                       "nobody:x:65534:65534:nobody:/:/bin/false\n");
    add_text("group", "root:x:0:\nnogroup:x:65534:\nnobody:x:65534:\n");
}

static void start(void)
{
    started = true;
    root.dir.parent = &root;
    struct node *dev = uc_ramfs_node(S_IFDIR | 0755);
    if (dev) {
        uc_ramfs_enter(&root, "dev", 3, dev);
        add_devices(dev);
    }
    if (dev && CFG_SHM)
        add_folder(dev, "shm", S_ISVTX | 0777);
    add_folder(&root, "tmp", S_ISVTX | 0777);
    if (CFG_ROOT)
        uc_ramfs_load();
    if (CFG_PASSWD)
        add_users();
}

struct node *uc_ramfs_root(void)
{
    if (!started)
        start();
    return &root;
}

struct node *uc_ramfs_node(unsigned mode)
{
    struct node *n = uc_kalloc(sizeof *n);
    if (!n)
        return 0;
    n->mode = mode;
    n->ino = ++last_ino;
    n->atime = n->mtime = n->ctime = uc_clock_wall();
    return n;
}

void uc_ramfs_touch(struct node *n)
{
    n->mtime = n->ctime = uc_clock_wall();
}

/* A removed directory keeps its parent, for "..", until it goes itself. */
void uc_ramfs_settle(struct node *n)
{
    while (!n->links && !n->refs) {
        struct node *parent = 0;
        unsigned type = n->mode & S_IFMT;
        if (type == S_IFREG)
            uc_ramfs_free_data(n);
        if (type == S_IFLNK)
            uc_kfree(n->target, (size_t)n->size + 1);
        if (type == S_IFDIR)
            parent = n->dir.parent;
        if (parent)
            parent->refs--;
        uc_kfree(n, sizeof *n);
        if (!parent)
            return;
        n = parent;
    }
}

/* ---- the hash table: FNV-1a over the name, from the directory ---- */

static struct entry **bucket(const struct node *dir, const char *name,
                             size_t length)
{
    uint64_t h = 0xcbf29ce484222325 ^ dir->ino;
    for (size_t i = 0; i < length; i++)
        h = (h ^ (unsigned char)name[i]) * 0x100000001b3;
    return &table[(h ^ h >> 32) & (buckets - 1)];
}

struct entry *uc_ramfs_lookup(struct node *dir, const char *name, size_t length)
{
    struct entry *e = *bucket(dir, name, length);
    while (e && (e->dir != dir || e->length != length ||
                 memcmp(e->name, name, length) != 0))
        e = e->hash_next;
    return e;
}

/* Twice the buckets; without memory it stays as it is. */
static void grow(void)
{
    size_t old = buckets;
    struct entry **was = table;
    struct entry **now = uc_kalloc(2 * old * sizeof *now);
    if (!now)
        return;
    table = now;
    buckets = 2 * old;
    for (size_t i = 0; i < old; i++)
        for (struct entry *e = was[i], *next; e; e = next) {
            struct entry **b = bucket(e->dir, e->name, e->length);
            next = e->hash_next;
            e->hash_next = *b;
            *b = e;
        }
    if (was != first_table)
        uc_kfree(was, old * sizeof *was);
}

static void unhash(struct entry *e)
{
    struct entry **b = bucket(e->dir, e->name, e->length);
    while (*b != e)
        b = &(*b)->hash_next;
    *b = e->hash_next;
    entries--;
}

/* ---- entering and leaving ---- */

static void adopt(struct node *dir, struct entry *e, struct node *n)
{
    n->dir.self = e;
    if (!n->links) /* new, not moved */
        n->links = 2;
    dir->links++;
    dir->refs++; /* before the old parent is let go: they may be the same */
    if (n->dir.parent) {
        n->dir.parent->refs--;
        uc_ramfs_settle(n->dir.parent);
    }
    n->dir.parent = dir;
}

long uc_ramfs_enter(struct node *dir, const char *name, size_t length,
                    struct node *n)
{
    struct directory *d = &dir->dir;
    struct entry *e = uc_kalloc(sizeof *e + length);
    if (!e)
        return -ENOSPC;
    if (++entries > 2 * buckets)
        grow();
    e->dir = dir;
    e->node = n;
    e->cookie = ++d->cookie;
    e->length = (unsigned)length;
    memcpy(e->name, name, length);
    struct entry **b = bucket(dir, name, length);
    e->hash_next = *b;
    *b = e;
    e->prev = d->last;
    *(d->last ? &d->last->next : &d->first) = e;
    d->last = e;
    d->entries++;
    if ((n->mode & S_IFMT) == S_IFDIR)
        adopt(dir, e, n);
    else
        n->links++;
    uc_ramfs_touch(dir);
    return 0;
}

void uc_ramfs_leave(struct entry *e)
{
    struct node *dir = e->dir, *n = e->node;
    struct directory *d = &dir->dir;
    unhash(e);
    *(e->prev ? &e->prev->next : &d->first) = e->next;
    *(e->next ? &e->next->prev : &d->last) = e->prev;
    d->entries--;
    uc_ramfs_touch(dir);
    n->ctime = dir->ctime;
    if ((n->mode & S_IFMT) == S_IFDIR) {
        dir->links--;
        if (n->dir.self == e) { /* not moved elsewhere already */
            n->dir.self = 0;
            n->links = 0;
        }
    } else {
        n->links--;
    }
    uc_kfree(e, sizeof *e + e->length);
    uc_ramfs_settle(n);
}
