/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * node.h: what the files of ramfs share.
 *
 * A node is a file, directory, symbolic link or device. An entry is a name
 * for a node in a directory. A node lives while it has entries (`links`) or
 * holders (`refs`: open files, the current directory, directories in it); a
 * directory has at most one entry, which it knows. No call waits, so what a
 * call has at hand needs no hold.
 */
#ifndef UC_RAMFS_H
#define UC_RAMFS_H

#include <linux/stat.h>
#include <stdbool.h>
#include <uc/file.h>
#include <uc/mem.h>
#include <uc/string.h>

extern const int CFG_ROOT, CFG_WRITE, CFG_FIFOS, CFG_SHM, CFG_PASSWD;
enum {
    UC_NODE_HOST = false,
    UC_NODE_TEXT = true,
};
#define UC_NODE_WRITE CFG_WRITE
#define UC_NODE_SYNC NULL
#define UC_NODE_ALLOCATE uc_ramfs_allocate

struct entry {
    struct entry *next, *prev; /* in the directory, by cookie */
    struct entry *hash_next;
    struct node *dir, *node;
    int64_t cookie; /* rises; getdents resumes by it */
    unsigned length;
    char name[]; /* no NUL */
};

/*
 * The contents of a file: page i is direct[i], or in leaf (i - DIRECT) / LEAF;
 * a null pointer stands for the bytes of `base` (the baked-in file), and
 * zeros behind its base_size. base_size <= size; bytes of pages beyond the
 * size are zero.
 */
enum {
    DIRECT = 4,
    LEAF = UC_PAGE / sizeof(char *)
};
struct data {
    char *direct[DIRECT];
    char ***leaves;
    size_t leaf_count, pages;
    const char *base;
    int64_t base_size;
};

struct directory {
    struct entry *first, *last, *self; /* self: its own name, or NULL */
    struct node *parent;
    int64_t cookie; /* of the newest entry */
    unsigned entries;
};

struct node {
    unsigned mode, links, refs;
    unsigned uid, gid;
    uint64_t ino;
    uint64_t atime, mtime, ctime; /* ns since 1970 */
    int64_t size;
    union {
        struct data data;
        struct directory dir;
        char *target;    /* of a symbolic link, with its NUL */
        unsigned device; /* its number, as in st_rdev */
    };
};

/* ---- tree.c: nodes and entries ---- */

struct node *uc_ramfs_root(void);
struct node *uc_ramfs_node(unsigned mode); /* no links, no refs; NULL */
/* Frees the node if nothing keeps it. */
void uc_ramfs_settle(struct node *n);
struct entry *uc_ramfs_lookup(struct node *dir, const char *name,
                              size_t length);
/* Names n; makes the times of dir new. -ENOSPC. */
long uc_ramfs_enter(struct node *dir, const char *name, size_t length,
                    struct node *n);
/* Removes the name; the node may go with it. */
void uc_ramfs_leave(struct entry *e);
void uc_ramfs_touch(struct node *n); /* contents changed: mtime, ctime */

/* ---- data.c: contents ---- */

/* Pages for all of [at, at + size), or -ENOSPC. */
long uc_ramfs_allocate(struct file *f, int64_t at, int64_t size);
void uc_ramfs_free_data(struct node *n);

/* ---- initrd.c ---- */

void uc_ramfs_load(void);

/* ---- what costs nothing ---- */

static inline long uc_node_enter(bool change)
{
    (void)change;
    return 0;
}

static inline long uc_node_leave(bool change, long result)
{
    (void)change;
    return result;
}

static inline void uc_node_hold(struct node *n)
{
    (void)n;
}

static inline void uc_node_drop(struct node *n)
{
    (void)n;
}

static inline void uc_node_drop_later(struct node *n)
{
    n->refs--;
    uc_ramfs_settle(n);
}

static inline long uc_node_root(struct node **n)
{
    *n = uc_ramfs_root();
    return 0;
}

static inline long uc_node_again(struct node *from, struct node **n)
{
    *n = from ? from : uc_ramfs_root();
    return 0;
}

static inline long uc_node_parent(struct node *dir, struct node **n)
{
    *n = dir->dir.parent;
    return 0;
}

static inline bool uc_node_is(const struct node *n, unsigned type)
{
    return (n->mode & S_IFMT) == type;
}

static inline bool uc_node_is_same(const struct node *a, const struct node *b)
{
    return a == b;
}

static inline bool uc_node_is_root(const struct node *n)
{
    return n == uc_ramfs_root();
}

static inline bool uc_node_is_empty(struct node *dir)
{
    return !dir->dir.entries;
}

static inline const char *uc_node_text(const struct node *link)
{
    return link->target;
}

static inline bool uc_node_is_read_only(void)
{
    return false;
}

static inline long uc_node_written(struct file *f)
{
    (void)f;
    return 0;
}

static inline long uc_node_size(struct node *n, int64_t *size)
{
    *size = n->size;
    return 0;
}

#endif
