/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * node.h: what the files of fs/9p share. Everything that a program asks is
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

#define UC_NODE_SYNC uc_9p_sync
#define UC_NODE_ALLOCATE NULL

enum {
    UC_NODE_HOST = true,
    UC_NODE_TEXT = false,
    UC_NODE_WRITE = true,
};

enum { /* flags of open: the same for all machines */
    P_CREATE = 0100,
    P_EXCLUSIVE = 0200,
    P_TRUNCATE = 01000,
    P_APPEND = 02000,
    P_DSYNC = 010000,
    P_DIRECTORY = 0200000,
    P_SYNC = 04000000,
};

/* Those that are passed on. */
static inline uint32_t uc_9p_flags(int f)
{
    return (uint32_t)(f & O_ACCMODE) | (f & O_TRUNC ? P_TRUNCATE : 0) |
           (f & O_APPEND ? P_APPEND : 0) | (f & O_DSYNC ? P_DSYNC : 0) |
           (f & __O_SYNC ? P_SYNC : 0);
}

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

/* Bytes that are read or written at a time. */
size_t uc_9p_most(void);
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
    struct node *later; /* see uc_node_drop_later */
    unsigned drops;     /* so many times */
    int64_t size;       /* of an open file whose last name may be gone */
};

struct qid uc_9p_qid(void); /* from the answer */
void uc_9p_set_root(struct qid q);

static inline bool uc_node_is(const struct node *n, unsigned type)
{
    enum {
        DIR = 0x80,
        LINK = 2
    };
    return n->qid.type & (type == S_IFDIR ? DIR : LINK);
}
static inline bool uc_node_is_same(const struct node *a, const struct node *b)
{
    return a->qid.path == b->qid.path && a->made_up == b->made_up &&
           a->device == b->device;
}
static inline bool uc_node_is_root(const struct node *n)
{
    return n->root;
}
static inline bool uc_node_is_empty(struct node *dir)
{
    (void)dir;
    return true; /* the host knows */
}
static inline void uc_node_hold(struct node *n)
{
    n->refs++;
}
static inline bool uc_node_is_read_only(void)
{
    return false; /* the host knows */
}

/* ---- ops.c ---- */

long uc_9p_sync(struct file *f, bool data_only);

#endif
