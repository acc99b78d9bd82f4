/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * walk.h: paths and names, the same for all file systems. The files of this
 * folder are part of each of them (`base` in the manifest), compiled with its
 * node.h, which has its struct node, and what below costs nothing as static
 * inline functions.
 *
 * A node that is returned through a pointer is held; who got it drops it.
 * Checks are in the order of Linux (fs/namei.c), which programs see in the
 * error they get. Where UC_NODE_HOST, a host checks, too, and it alone knows
 * who may do what.
 */
#ifndef UC_WALK_H
#define UC_WALK_H

#include "node.h"

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <stdbool.h>
#include <uc/fs.h>
#include <uc/mem.h>
#include <uc/string.h>
#include <uc/user.h>

enum { /* of modes, under names that no system header knows */
    NODE_TYPE = 0170000,
    NODE_DIR = 0040000,
    NODE_LINK = 0120000,
    NODE_FILE = 0100000,
    SET_USER = 04000,
    SET_GROUP = 02000,
    STICKY = 01000,
    GROUP_RUN = 010,
};

enum {
    NAME_LONGEST = 255,
    PATH_LIMIT = 4096,
    LINKS_LIMIT = 40, /* symbolic links in a path */
};

struct owner {
    unsigned mode, uid, gid;
    unsigned device; /* of a new node: its number */
};

/* What getdents fills. */
struct listing {
    struct file *f;
    char *p;
    size_t room, done;
    bool full; /* an entry did not fit */
};

/* All of a path but its last component. */
struct walk {
    struct node *dir; /* held */
    const char *name; /* "/" for a path of slashes */
    size_t length;
    bool slash;     /* slashes follow the name */
    unsigned links; /* symbolic links followed so far */
};
/* One name of a renaming. */
struct side {
    struct walk walk;
    struct node *node; /* held; NULL: nothing has that name */
};

/* ---- for file systems whose calls may wait: callers.c ---- */

void uc_call_begin(void); /* waits for the end of another */
void uc_call_end(void);

/* ---- what each file system gives ---- */

/*
 * Begins a call, which may wait for those of other threads; change: it may
 * change something. -errno: it cannot, and is not to be ended. The other ends
 * it, and passes its result through.
 */
long uc_node_enter(bool change);
long uc_node_leave(bool change, long result);
void uc_node_hold(struct node *n); /* once more */
void uc_node_drop(struct node *n);
/* For a hold that outlived its call, by n->refs. */
void uc_node_drop_later(struct node *n);
long uc_node_root(struct node **n);
/* A node as a walk begins at it, NULL the root: the same, or another. */
long uc_node_again(struct node *from, struct node **n);
/* -ENOENT */
long uc_node_lookup(struct node *dir, const char *name, size_t length,
                    struct node **n);
long uc_node_parent(struct node *dir, struct node **n); /* the root's: itself */
/* NODE_DIR or NODE_LINK; where not UC_NODE_HOST, any other type, too. */
bool uc_node_is(const struct node *n, unsigned type);
bool uc_node_is_same(const struct node *a, const struct node *b);
bool uc_node_is_root(const struct node *n);
bool uc_node_is_empty(struct node *dir);
/* Where UC_NODE_TEXT: the target of a symbolic link, where it lies. */
const char *uc_node_text(const struct node *link);
/* Without a NUL: its length, at most n, which is at most PATH_LIMIT - 1. */
long uc_node_target(struct node *link, char *p, size_t n);
long uc_node_owner(struct node *n, struct owner *o);
long uc_node_stat(struct node *n, struct stat *st);
long uc_node_setattr(struct node *n, const struct file_attr *attr);
bool uc_node_is_read_only(void);
/* The name of a directory in its parent, at most NAME_LONGEST. -ENOENT. */
long uc_node_name(struct node *dir, struct node *parent, char *name,
                  size_t *length);

/* The rest has been checked, as far as paths and owners go. */

/* May a name be added here? -ENOENT: it is removed itself. -ENOSPC, -EROFS. */
long uc_node_may_add(struct node *dir);
/* A directory, node or link to `target`; *n is not set where n is NULL. */
long uc_node_make(struct walk *w, const struct owner *o, const char *target,
                  struct node **n);
/* A regular file for f. */
long uc_node_create(struct walk *w, const struct owner *o, struct file *f,
                    struct node **n);
long uc_node_link(struct walk *w, struct node *n);
long uc_node_remove(struct walk *w, struct node *n);
long uc_node_rename(struct side *a, struct side *b, bool exchange);
/* Fills ops and node of f, with the hold on n if it succeeds. */
long uc_node_open(struct node *n, struct file *f);
/* Entries of a directory from l->f->pos on, to uc_node_list. */
long uc_node_entries(struct node *dir, struct listing *l);

/*
 * Of what uc_node_file_ops are for. A folder without a call says so:
 * UC_NODE_SYNC and UC_NODE_ALLOCATE are operations of files, or NULL.
 */
long uc_node_read(struct node *n, void *p, size_t size, int64_t at);
long uc_node_write(struct node *n, const void *p, size_t size, int64_t at);
long uc_node_written(struct file *f); /* after a write: O_DSYNC */
long uc_node_size(struct node *n, int64_t *size);
long uc_node_resize(struct node *n, int64_t size);
/* The first byte from `at` on that is data, or a hole; its size: none. */
int64_t uc_node_next(struct node *n, int64_t at, bool data);

/* ---- walk.c ---- */

/* dir NULL: the root. */
long uc_walk(struct walk *w, struct node *dir, const char *path);
void uc_walk_end(struct walk *w);
bool uc_walk_is_dots(const struct walk *w); /* ".", ".." or "/" */
/* The node of the last component, not followed. -ENOENT. */
long uc_walk_last(struct walk *w, struct node **n);
/* Continues at the symbolic link that w has come to. */
long uc_walk_follow(struct walk *w, struct node *link);
long uc_walk_find(struct node *dir, const char *path, bool follow,
                  struct node **n);

/* ---- open.c, file.c ---- */

extern const struct file_ops uc_node_file_ops, uc_node_dir_ops;
void uc_node_release(struct file *f);
/*
 * An entry, the position behind it, and its type in a mode; the name has no
 * NUL. false: there is no more room.
 */
bool uc_node_list(struct listing *l, uint64_t ino, int64_t next, unsigned mode,
                  const char *name, size_t length);

/* ---- map.c, where CFG_MAP_SHARED ---- */

extern const int CFG_MAP_SHARED;
/* Before this part of the file is read. */
long uc_map_flush(struct node *n, int64_t at, size_t size);
/* After it was written, and after the file ended at size. */
void uc_map_wrote(struct node *n, const char *p, size_t size, int64_t at);
void uc_map_cut(struct node *n, int64_t size);

/* ---- attr.c ---- */

enum {
    MAY_RUN = 1, /* or search */
    MAY_WRITE = 2,
    MAY_READ = 4,
};
/* As the effective user: 0, -EACCES. */
long uc_may(struct node *n, unsigned access);
long uc_may_add(struct node *dir); /* as uc_node_may_add, too */
/* May one of dir's names, n's, go? -EACCES, -EPERM. */
long uc_may_remove(struct node *dir, struct node *n);
/* Whose a new node in dir is. */
long uc_own(struct node *dir, unsigned mode, struct owner *o);

/* Changes what n is, if the program may. */
long uc_may_set(struct node *n, const struct file_attr *attr);

#endif
