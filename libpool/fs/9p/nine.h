/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nine.h: what the files of fs/9p share. Everything that a program asks is
 * asked of the host, nothing is kept: the folder may change at any time. One
 * request is under way at a time, in two pages, and reads and writes move the
 * program's own memory. What the host answers is not trusted.
 */
#ifndef UC_9P_H
#define UC_9P_H

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/stat.h>
#include <stdbool.h>
#include <uc/file.h>
#include <uc/fs.h>
#include <uc/mem.h>
#include <uc/string.h>

struct stat;

enum {
    NAME_LONGEST = 255,
    PATH_LIMIT = 4096,
    LINKS_LIMIT = 40,
    DATA_MOST = 65536, /* of one read or write */
};

enum { /* types of requests; the answer's is one more */
    T_ERROR = 6,
    T_STATFS = 8,
    T_OPEN = 12,
    T_CREATE = 14,
    T_SYMLINK = 16,
    T_MKNOD = 18,
    T_READLINK = 22,
    T_GETATTR = 24,
    T_SETATTR = 26,
    T_READDIR = 40,
    T_FSYNC = 50,
    T_LINK = 70,
    T_MKDIR = 72,
    T_RENAME = 74,
    T_UNLINK = 76,
    T_VERSION = 100,
    T_ATTACH = 104,
    T_WALK = 110,
    T_READ = 116,
    T_WRITE = 118,
    T_CLUNK = 120,
};

/* ---- call.c: requests ---- */

/* Begins a call, which waits for those of other threads: 0, -errno. */
long uc_9p_enter(void);
long uc_9p_leave(long result);

void uc_9p_begin(unsigned type);
void uc_9p_put(uint64_t v, unsigned bytes);
void uc_9p_put_string(const char *s, size_t n);
/* Sends it: 0, or the host's error. */
long uc_9p_send(void);
/* The same; n bytes follow the request, or come behind a count: how many. */
long uc_9p_send_data(const void *p, size_t n);
long uc_9p_receive_data(void *p, size_t n);
/* From the answer, in order; zeros behind its end. */
uint64_t uc_9p_get(unsigned bytes);
/* A string, where it lies; its length, not more than there is. */
const char *uc_9p_get_string(size_t *n);
bool uc_9p_short(void); /* the answer ended too early */

/* ---- node.c ---- */

struct qid {
    uint8_t type; /* 0x80: directory, 2: symbolic link */
    uint64_t path;
};
struct uc_device;

struct node {
    unsigned refs;
    uint32_t fid;
    struct qid qid;
    bool root, dev; /* the root; /dev, there or not */
    bool made_up;   /* /dev is not there */
    const struct uc_device *device;
    bool open;
    struct node *later; /* see uc_9p_drop_later */
    unsigned drops;     /* so many times */
    int64_t size;       /* of an open file whose last name may be gone */
};

struct qid uc_9p_qid(void); /* from the answer */
bool uc_9p_is_dir(const struct node *n);
bool uc_9p_is_link(const struct node *n);
struct node *uc_9p_new(void); /* held, with a number that is free */
void uc_9p_drop(struct node *n);
/* Once no thread waits to enter that may have been given n before. */
void uc_9p_drop_later(struct node *n);
void uc_9p_set_root(struct qid q);
long uc_9p_root(struct node **n);
/* The node that a name in dir, "" or "..", means: held. */
long uc_9p_lookup(struct node *dir, const char *name, size_t length,
                  struct node **n);
long uc_9p_target(struct node *link, char *p, size_t n);
long uc_9p_stat(struct node *n, struct stat *st);
long uc_9p_setattr(struct node *n, const struct file_attr *attr);
long uc_9p_resize(struct node *n, int64_t size);

/* ---- walk.c ---- */

struct text {
    struct text *next;
    char s[PATH_LIMIT];
};
/* All of a path but its last component. */
struct walk {
    struct node *dir; /* held */
    const char *name; /* "/" for a path of slashes */
    size_t length;
    bool slash;          /* slashes follow the name */
    unsigned links;      /* symbolic links followed so far */
    struct text *own;    /* targets that name may point into */
    struct text **texts; /* the outermost walk's */
};
long uc_9p_walk(struct walk *w, struct node *dir, const char *path);
void uc_9p_walk_end(struct walk *w);
bool uc_9p_is_dots(const struct walk *w); /* ".", ".." or "/" */
long uc_9p_last(struct walk *w, struct node **n);
long uc_9p_follow(struct walk *w, struct node *link);
long uc_9p_find(struct node *dir, const char *path, bool follow,
                struct node **n);

/* ---- file.c ---- */

extern const struct file_ops uc_9p_file_ops, uc_9p_dir_ops;

#endif
