/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fd.c: the table of descriptors. A slot that was never set stands, for the
 * first three, for the console, so that nothing is set up at the start.
 */
#include <uc/mem.h>

#include "core.h"

static struct file *table[FD_MAX];
static uint64_t cloexec[FD_MAX / 64];
static unsigned std_closed; /* of the first three */

static bool is_std(const struct file *f)
{
    return f >= uc_std_files && f < uc_std_files + 3;
}

struct file *uc_fd_file(int fd)
{
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? 0 : &uc_std_files[fd];
    if ((unsigned)fd >= FD_MAX)
        return 0;
    if (fd < 3 && !table[fd] && !(std_closed & 1u << fd))
        return &uc_std_files[fd];
    return table[fd];
}

int uc_fd_free(int least)
{
    if ((unsigned)least >= FD_MAX)
        return -EINVAL;
    while (least < FD_MAX && uc_fd_file(least))
        least++;
    return least < FD_MAX ? least : -EMFILE;
}

void uc_fd_set(int fd, struct file *f, bool on_exec)
{
    table[fd] = f;
    if (fd < 3)
        std_closed |= 1u << fd;
    uint64_t bit = (uint64_t)1 << (fd & 63);
    if (on_exec)
        cloexec[fd / 64] |= bit;
    else
        cloexec[fd / 64] &= ~bit;
}

struct file *uc_file_new(const struct file_ops *ops, int flags)
{
    struct file *f = uc_kalloc(sizeof *f);
    if (!f)
        return 0;
    f->ops = ops;
    f->flags = flags;
    f->refs = 1;
    return f;
}

void uc_file_drop(struct file *f)
{
    if (--f->refs)
        return;
    if (f->ops && f->ops->release)
        f->ops->release(f);
    if (!is_std(f))
        uc_kfree(f, sizeof *f);
}

long uc_sys_close(long n)
{
    int fd = (int)n;
    if (!CFG_FILES) {
        long error = uc_std_check(fd, O_RDWR);
        if (!error)
            uc_std_close(fd);
        return error;
    }
    struct file *f = uc_fd_file(fd);
    if (!f)
        return -EBADF;
    uc_fd_set(fd, 0, false);
    uc_file_drop(f);
    return 0;
}

long uc_sys_close_range(long first, long last, long flags)
{
    enum {
        UNSHARE = 2,
        CLOEXEC = 4
    }; /* <linux/close_range.h> */
    unsigned from = (unsigned)first, to = (unsigned)last;
    if ((flags & ~(UNSHARE | CLOEXEC)) || from > to)
        return -EINVAL;
    for (unsigned fd = from; fd <= to && fd < FD_MAX; fd++) {
        if (!(flags & CLOEXEC))
            uc_sys_close(fd);
        else if (uc_fd_file((int)fd))
            uc_fd_set((int)fd, uc_fd_file((int)fd), true);
    }
    return 0;
}

/* ---- duplicates ---- */

static long duplicate(struct file *f, int least, bool on_exec)
{
    int fd = uc_fd_free(least);
    if (fd < 0)
        return fd;
    f->refs++;
    uc_fd_set(fd, f, on_exec);
    return fd;
}

long uc_sys_dup(long fd)
{
    struct file *f = uc_fd_file((int)fd);
    return f ? duplicate(f, 0, false) : -EBADF;
}

static long dup_to(int fd, int to, bool on_exec)
{
    struct file *f = uc_fd_file(fd), *old;
    if (!f || (unsigned)to >= FD_MAX)
        return -EBADF;
    old = uc_fd_file(to);
    f->refs++;
    uc_fd_set(to, f, on_exec);
    if (old)
        uc_file_drop(old);
    return to;
}

long uc_sys_dup2(long fd, long to)
{
    if ((int)fd == (int)to)
        return uc_fd_file((int)fd) ? (int)fd : -EBADF;
    return dup_to((int)fd, (int)to, false);
}

long uc_sys_dup3(long fd, long to, long flags)
{
    if ((int)fd == (int)to || (flags & ~O_CLOEXEC))
        return -EINVAL;
    return dup_to((int)fd, (int)to, flags & O_CLOEXEC);
}

/* ---- fcntl ---- */

static long set_flags(struct file *f, long flags)
{
    const int may = O_APPEND | O_NONBLOCK | O_NOATIME | O_DIRECT;
    f->flags = (f->flags & ~may) | ((int)flags & may);
    return 0;
}

/* The only process never meets a lock. */
static long lock(struct file *f, int command, long arg)
{
    struct flock *l = (struct flock *)arg;
    if (l->l_type != F_RDLCK && l->l_type != F_WRLCK && l->l_type != F_UNLCK)
        return -EINVAL;
    if ((unsigned)l->l_whence > 2)
        return -EINVAL;
    if (command == F_GETLK) {
        if (l->l_type == F_UNLCK)
            return -EINVAL;
        l->l_type = F_UNLCK;
        return 0;
    }
    int access = f->flags & O_ACCMODE;
    if ((l->l_type == F_RDLCK && access == O_WRONLY) ||
        (l->l_type == F_WRLCK && access == O_RDONLY))
        return -EBADF;
    return 0;
}

long uc_sys_fcntl(long n, long what, long arg)
{
    int fd = (int)n, command = (int)what;
    struct file *f = uc_fd_file(fd);
    if (!f)
        return -EBADF;
    switch (command) {
    case F_DUPFD:
        return duplicate(f, (int)arg, false);
    case F_DUPFD_CLOEXEC:
        return duplicate(f, (int)arg, true);
    case F_GETFD:
        return cloexec[fd / 64] >> (fd & 63) & 1 ? FD_CLOEXEC : 0;
    case F_SETFD:
        if (table[fd] || (arg & FD_CLOEXEC))
            uc_fd_set(fd, f, arg & FD_CLOEXEC);
        return 0;
    case F_GETFL:
        return f->flags;
    case F_SETFL:
        return set_flags(f, arg);
    case F_GETLK:
    case F_SETLK:
    case F_SETLKW:
    case F_OFD_GETLK:
    case F_OFD_SETLK:
    case F_OFD_SETLKW:
        return lock(f, command == F_OFD_GETLK ? F_GETLK : command, arg);
    case F_GETOWN:
    case F_SETOWN:
        return 0;
    default:
        return -EINVAL;
    }
}

long uc_sys_flock(long fd, long operation)
{
    enum {
        LOCK_KIND = 3,
        UNLOCK = 8,
        NOWAIT = 4
    }; /* LOCK_SH | LOCK_EX */
    if (!uc_fd_file((int)fd))
        return -EBADF;
    operation &= ~NOWAIT;
    return operation == UNLOCK || (operation && !(operation & ~LOCK_KIND) &&
                                   operation != LOCK_KIND)
               ? 0
               : -EINVAL;
}
