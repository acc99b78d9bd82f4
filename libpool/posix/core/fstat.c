/* SPDX-License-Identifier: BSD-2-Clause */
/* fstat.c: calls on open files other than reading and writing. */
#include <asm/ioctls.h>
#include <linux/falloc.h>
#include <uc/mem.h>
#include <uc/stat.h>

#include "core.h"

long uc_stat_open(int fd, struct stat *st)
{
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? -EBADF : uc_std_ops.stat(0, st);
    struct file *f = uc_fd_file(fd);
    if (!f)
        return -EBADF;
    uc_file_hold(f);
    return uc_file_done(f, f->ops->stat(f, st));
}

long uc_anonymous_stat(struct file *f, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_ino = (unsigned long)f->node / 16;
    st->st_mode = 0600;
    st->st_nlink = 1;
    st->st_blksize = UC_PAGE;
    return 0;
}

/* No terminals: isatty() is false, as when Linux runs it in a pipe. */
long uc_sys_ioctl(long fd, long request, long arg)
{
    if (!CFG_FILES)
        return uc_std_check((int)fd, O_RDWR) ? -EBADF : -ENOTTY;
    struct file *f = uc_fd_file((int)fd);
    if (!f || f->flags & O_PATH)
        return -EBADF;
    switch (request) {
    case FIOCLEX:
    case FIONCLEX:
        return uc_sys_fcntl(fd, F_SETFD, request == FIOCLEX ? FD_CLOEXEC : 0);
    case FIONBIO:
        f->flags &= ~O_NONBLOCK;
        f->flags |= *(const int *)arg ? O_NONBLOCK : 0;
        return 0;
    default:
        if (!f->ops->ioctl)
            return -ENOTTY;
        return f->ops->ioctl(f, (unsigned)request, arg);
    }
}

long uc_truncate_open(int fd, int64_t size)
{
    struct file *f = uc_fd_file(fd);
    if (size < 0)
        return -EINVAL;
    if (!f || f->flags & O_PATH)
        return -EBADF;
    if ((f->flags & O_ACCMODE) == O_RDONLY || !f->ops->truncate)
        return -EINVAL;
    uc_file_hold(f);
    return uc_file_done(f, f->ops->truncate(f, size));
}

long uc_allocate(int fd, long mode, int64_t offset, int64_t n)
{
    struct file *f = uc_fd_file(fd);
    struct stat st;
    int64_t end;
    if (!f || f->flags & O_PATH)
        return -EBADF;
    if (offset < 0 || n <= 0)
        return -EINVAL;
    if (mode & ~FALLOC_FL_KEEP_SIZE)
        return -EOPNOTSUPP;
    if ((f->flags & O_ACCMODE) == O_RDONLY)
        return -EBADF;
    if (!f->ops->allocate)
        return f->ops->seek ? -ENODEV : -ESPIPE;
    if (__builtin_add_overflow(offset, n, &end))
        return -EFBIG;
    uc_file_hold(f);
    if (mode & FALLOC_FL_KEEP_SIZE) {
        f->ops->stat(f, &st);
        if (end > st.st_size)
            end = st.st_size;
        n = end - offset;
    }
    return uc_file_done(f, n > 0 ? f->ops->allocate(f, offset, n) : 0);
}

/* Advice, and a disk that is memory: right when the descriptor is. */
static long if_open(int fd)
{
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR);
    struct file *f = uc_fd_file(fd);
    return f && !(f->flags & O_PATH) ? 0 : -EBADF;
}

static long if_seekable(int fd, long no)
{
    long error = if_open(fd);
    if (error)
        return error;
    return CFG_FILES && uc_fd_file(fd)->ops->seek ? 0 : no;
}

static long sync_file(int fd, bool data_only)
{
    long error = if_seekable(fd, -EINVAL);
    struct file *f = CFG_SYNC ? uc_fd_file(fd) : 0;
    if (error || !CFG_SYNC || !f->ops->sync)
        return error;
    uc_file_hold(f);
    return uc_file_done(f, f->ops->sync(f, data_only));
}

long uc_sys_fsync(long fd)
{
    return sync_file((int)fd, false);
}

long uc_sys_fdatasync(long fd)
{
    return sync_file((int)fd, true);
}

long uc_advise(int fd, int64_t n, long advice)
{
    if (n < 0 || (unsigned long)advice > 5)
        return if_open(fd) ? -EBADF : -EINVAL;
    return if_seekable(fd, -ESPIPE);
}

long uc_sync_range(int fd, int64_t offset, int64_t n, long flags)
{
    if (offset < 0 || n < 0 || (flags & ~7))
        return -EINVAL;
    return if_seekable(fd, -ESPIPE);
}

long uc_read_ahead(int fd)
{
    return if_seekable(fd, -EINVAL);
}
