/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.h: open files, between posix/core and what provides them.
 *
 * A struct file is one open file description; descriptors, made by dup, share
 * it. Each type of file has one const table of operations. An absent slot
 * means that the type cannot do it; posix/core then answers as Linux does.
 * Slots that no reachable call loads are cut by the linker.
 *
 * Rules for all operations: 0 or more, or -errno; one thread at a time;
 * buffers are the caller's. `pos` is the offset to use and to advance (the
 * file's own, or a copy for pread and its kind); types without a `seek` slot
 * ignore it.
 */
#ifndef UC_FILE_H
#define UC_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct stat; /* the kernel's, <uc/stat.h> */
struct file;
struct uc_queue;   /* uc/sched.h */
struct socket_ops; /* uc/socket.h */

/* What chmod, chown and utimensat change; `set` says which fields count. */
enum {
    ATTR_MODE = 1,
    ATTR_UID = 2,
    ATTR_GID = 4,
    ATTR_ATIME = 8,
    ATTR_MTIME = 16,
    ATTR_NOW = 32,   /* both times, to now, which needs less of a right */
    ATTR_OWNER = 64, /* by chown, even if it changes nothing */
};
struct file_attr {
    unsigned set, mode, uid, gid;
    uint64_t atime_ns, mtime_ns; /* since 1970 */
};

struct file_ops {
    long (*read)(struct file *f, void *p, size_t n, int64_t *pos);
    long (*write)(struct file *f, const void *p, size_t n, int64_t *pos);
    /* New position; posix/core has checked nothing. */
    int64_t (*seek)(struct file *f, int64_t offset, int whence);
    long (*stat)(struct file *f, struct stat *st);
    long (*setattr)(struct file *f, const struct file_attr *attr);
    long (*truncate)(struct file *f, int64_t size);
    /* Makes size at least offset + n and the range free of holes. */
    long (*allocate)(struct file *f, int64_t offset, int64_t n);
    long (*getdents)(struct file *f, void *p, size_t n); /* dirent64 */
    long (*ioctl)(struct file *f, unsigned long request, long arg);
    /* POLL* bits that hold now. Absent: always POLLIN | POLLOUT. */
    unsigned (*poll)(struct file *f);
    /*
     * Woken whenever bits of poll(f) may have become true, all released
     * included. Absent: what poll says never changes.
     */
    struct uc_queue *(*queue)(struct file *f);
    /* To the disk, for good; data_only: but for times. Absent: no disk. */
    long (*sync)(struct file *f, bool data_only);
    void (*release)(struct file *f); /* last descriptor closed */
    const struct socket_ops *socket; /* absent: not a socket */
};

/* Told when the file that it is on is released; removes itself from it. */
struct file_watch {
    struct file_watch *next;
    void (*closed)(struct file_watch *w);
};

struct file {
    const struct file_ops *ops;
    void *node; /* the provider's */
    int64_t pos;
    int flags; /* O_ACCMODE, O_APPEND, O_NONBLOCK, ... */
    int refs;  /* descriptors and calls in progress */
    struct file_watch *watches;
};

#endif
