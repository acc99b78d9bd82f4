/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ramfs.h: what the files of ramfs share.
 *
 * A node is a file, directory, symbolic link or device. An entry is a name
 * for a node in a directory. A node lives while it has entries (`links`) or
 * holders (`refs`: open files, the current directory, directories in it); a
 * directory has at most one entry, which it knows.
 */
#ifndef UC_RAMFS_H
#define UC_RAMFS_H

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <stdbool.h>
#include <uc/file.h>
#include <uc/fs.h>
#include <uc/mem.h>
#include <uc/string.h>

extern const int CFG_ROOT, CFG_WRITE;

enum {
    NAME_LONGEST = 255,
    PATH_LIMIT = 4096,
    LINKS_LIMIT = 40
};

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
        char *target;       /* of a symbolic link, with its NUL */
        const void *device; /* struct uc_device */
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

/* ---- walk.c: paths ---- */

/* All of a path but its last component. */
struct walk {
    struct node *dir;
    const char *name; /* "/" for a path of slashes */
    size_t length;
    bool slash;     /* slashes follow the name */
    unsigned links; /* symbolic links followed so far */
};
long uc_ramfs_walk(struct walk *w, struct node *dir, const char *path);
/* The node that the last component names, itself not followed; NULL. */
struct node *uc_ramfs_last(const struct walk *w);
bool uc_ramfs_is_dots(const struct walk *w); /* ".", ".." or "/" */
/* Continues at the symbolic link that w has come to. */
long uc_ramfs_follow(struct walk *w, const struct node *link);
long uc_ramfs_find(struct node *dir, const char *path, bool follow,
                   struct node **result);

/* ---- data.c: contents ---- */

long uc_ramfs_read(struct node *n, void *p, size_t size, int64_t at);
long uc_ramfs_write(struct node *n, const void *p, size_t size, int64_t at);
long uc_ramfs_resize(struct node *n, int64_t size);
/* Pages for all of [at, at + size), or -ENOSPC. */
long uc_ramfs_reserve(struct node *n, int64_t at, int64_t size);
/* The first byte from `at` on that is data, or a hole; n->size: none. */
int64_t uc_ramfs_next(struct node *n, int64_t at, bool data);
void uc_ramfs_free_data(struct node *n);

/* ---- file.c, attr.c, initrd.c ---- */

extern const struct file_ops uc_ramfs_file_ops, uc_ramfs_dir_ops;
void uc_ramfs_stat(const struct node *n, struct stat *st);
void uc_ramfs_setattr(struct node *n, const struct file_attr *attr);
void uc_ramfs_load(void);

#endif
