/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * rw.c: reading and writing. Without CFG_FILES, writes go straight to the
 * console, or the line for standard error.
 */
#include <linux/poll.h>
#include <linux/uio.h>
#include <uc/console.h>
#include <uc/mem.h>

#include "core.h"

enum {
    SENDFILE_PAGES = 4
};

extern const int CFG_SOCKETS;

/*
 * Files that can make a caller wait are held meanwhile: another thread or a
 * signal's handler may close the descriptor.
 */
static long read_file(struct file *f, void *p, size_t n, int64_t *pos)
{
    if (!f->ops->queue && !CFG_FILES_WAIT)
        return f->ops->read(f, p, n, pos);
    f->refs++;
    long result = f->ops->read(f, p, n, pos);
    uc_file_drop(f);
    return result;
}

static long write_file(struct file *f, const void *p, size_t n, int64_t *pos)
{
    if (!f->ops->queue && !CFG_FILES_WAIT)
        return f->ops->write(f, p, n, pos);
    f->refs++;
    long result = f->ops->write(f, p, n, pos);
    uc_file_drop(f);
    return result;
}

/* Access and slot checked: *f is the file. */
static long reader(int fd, struct file **f)
{
    *f = uc_fd_file(fd);
    if (!*f || (*f)->flags & O_PATH || ((*f)->flags & O_ACCMODE) == O_WRONLY)
        return -EBADF;
    return (*f)->ops->read ? 0 : -EINVAL;
}

static long writer(int fd, struct file **f)
{
    *f = uc_fd_file(fd);
    if (!*f || (*f)->flags & O_PATH || ((*f)->flags & O_ACCMODE) == O_RDONLY)
        return -EBADF;
    return (*f)->ops->write ? 0 : -EINVAL;
}

static size_t at_most(size_t n)
{
    return n > IO_MAX ? IO_MAX : n;
}

long uc_sys_read(long fd, long p, long n)
{
    struct file *f;
    long error =
        CFG_FILES ? reader((int)fd, &f) : uc_std_check((int)fd, O_RDONLY);
    if (error)
        return error;
    if (n < 0)
        return -EFAULT; /* as the buffer would leave the address space */
    if (!CFG_FILES)
        return n ? uc_console_read((void *)p, (size_t)n) : 0;
    return read_file(f, (void *)p, at_most((size_t)n), &f->pos);
}

long uc_sys_write(long fd, long p, long n)
{
    struct file *f;
    long error =
        CFG_FILES ? writer((int)fd, &f) : uc_std_check((int)fd, O_WRONLY);
    if (error)
        return error;
    if (n < 0)
        return -EFAULT;
    if (!CFG_FILES) {
        uc_std_out((int)fd, (const void *)p, (size_t)n);
        return n;
    }
    return write_file(f, (const void *)p, at_most((size_t)n), &f->pos);
}

/* ---- vectors ---- */

/* Total length of the vector, or -EINVAL. */
static long vector_length(const struct iovec *v, long count)
{
    size_t total = 0;
    if ((unsigned long)count > IOV_MAX)
        return -EINVAL;
    for (long i = 0; i < count; i++)
        if ((long)v[i].iov_len < 0 ||
            __builtin_add_overflow(total, v[i].iov_len, &total) ||
            (long)total < 0)
            return -EINVAL;
    return (long)total;
}

static long read_all(struct file *f, const struct iovec *v, long count,
                     int64_t *pos)
{
    long done = 0;
    for (long i = 0; i < count; i++) {
        if (!v[i].iov_len)
            continue;
        if (done && f->ops->queue && !(f->ops->poll(f) & POLLIN))
            break; /* what there is, without waiting for more */
        size_t n = at_most(v[i].iov_len);
        long r = read_file(f, v[i].iov_base, n, pos);
        if (r < 0)
            return done ? done : r;
        done += r;
        if ((size_t)r < v[i].iov_len)
            break;
    }
    return done;
}

/* What a pipe takes as a whole is put together first. */
static long write_whole(struct file *f, const struct iovec *v, size_t total,
                        int64_t *pos)
{
    char *all = uc_kalloc(total);
    size_t at = 0;
    if (!all)
        return -ENOMEM;
    for (; at < total; v++) {
        memcpy(all + at, v->iov_base, v->iov_len);
        at += v->iov_len;
    }
    long result = write_file(f, all, total, pos);
    uc_kfree(all, total);
    return result;
}

static long write_all(struct file *f, const struct iovec *v, long count,
                      int64_t *pos)
{
    long done = 0, total = vector_length(v, count);
    if (f->ops->queue && count > 1 && total <= PIPE_WHOLE)
        return write_whole(f, v, (size_t)total, pos);
    for (long i = 0; i < count; i++) {
        if (!v[i].iov_len)
            continue;
        size_t n = at_most(v[i].iov_len);
        long r = write_file(f, v[i].iov_base, n, pos);
        if (r < 0)
            return done ? done : r;
        done += r;
        if ((size_t)r < v[i].iov_len)
            break;
    }
    return done;
}

/* Descriptor 0 as the only thing that can be read. */
static long read_console(const struct iovec *v, long count)
{
    for (long i = 0; i < count; i++)
        if (v[i].iov_len)
            return uc_console_read(v[i].iov_base, v[i].iov_len);
    return 0;
}

long uc_sys_readv(long fd, long vector, long count)
{
    const struct iovec *v = (const struct iovec *)vector;
    struct file *f;
    long error =
        CFG_FILES ? reader((int)fd, &f) : uc_std_check((int)fd, O_RDONLY);
    if (!error)
        error = vector_length(v, count);
    if (error <= 0)
        return error;
    if (!CFG_FILES)
        return read_console(v, count);
    if (CFG_SOCKETS && f->ops->socket)
        return uc_socket_vector(f, v, count, error, false);
    return read_all(f, v, count, &f->pos);
}

long uc_sys_writev(long fd, long vector, long count)
{
    const struct iovec *v = (const struct iovec *)vector;
    struct file *f;
    long error =
        CFG_FILES ? writer((int)fd, &f) : uc_std_check((int)fd, O_WRONLY);
    if (error)
        return error;
    long total = vector_length(v, count);
    if (total <= 0)
        return total;
    if (CFG_SOCKETS && f->ops->socket)
        return uc_socket_vector(f, v, count, total, true);
    if (CFG_FILES)
        return write_all(f, v, count, &f->pos);
    for (; count; count--, v++)
        uc_std_out((int)fd, v->iov_base, v->iov_len);
    return total;
}

/* ---- at an offset ---- */

static long at_offset(struct file *f, int64_t offset)
{
    if (offset < 0)
        return -EINVAL;
    return f->ops->seek ? 0 : -ESPIPE;
}

long uc_read_at(int fd, void *p, long n, int64_t at)
{
    struct file *f;
    if (at < 0)
        return -EINVAL;
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? -EBADF : -ESPIPE;
    f = uc_fd_file(fd);
    long error = f ? at_offset(f, at) : -EBADF;
    if (!error)
        error = reader(fd, &f);
    if (!error && n < 0)
        error = -EFAULT;
    return error ? error : f->ops->read(f, p, at_most((size_t)n), &at);
}

long uc_write_at(int fd, const void *p, long n, int64_t at)
{
    struct file *f;
    if (at < 0)
        return -EINVAL;
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? -EBADF : -ESPIPE;
    f = uc_fd_file(fd);
    long error = f ? at_offset(f, at) : -EBADF;
    if (!error)
        error = writer(fd, &f);
    if (!error && n < 0)
        error = -EFAULT;
    return error ? error : f->ops->write(f, p, at_most((size_t)n), &at);
}

long uc_sys_preadv(long fd, long vector, long count, long low, long high)
{
    const struct iovec *v = (const struct iovec *)vector;
    struct file *f = uc_fd_file((int)fd);
    int64_t pos = uc_of_halves(low, high);
    if (pos < 0)
        return -EINVAL;
    long error = f ? at_offset(f, pos) : -EBADF;
    if (!error)
        error = reader((int)fd, &f);
    if (!error)
        error = vector_length(v, count);
    return error <= 0 ? error : read_all(f, v, count, &pos);
}

long uc_sys_pwritev(long fd, long vector, long count, long low, long high)
{
    const struct iovec *v = (const struct iovec *)vector;
    struct file *f = uc_fd_file((int)fd);
    int64_t pos = uc_of_halves(low, high);
    if (pos < 0)
        return -EINVAL;
    long error = f ? at_offset(f, pos) : -EBADF;
    if (!error)
        error = writer((int)fd, &f);
    if (!error)
        error = vector_length(v, count);
    return error <= 0 ? error : write_all(f, v, count, &pos);
}

int64_t uc_seek(int fd, int64_t offset, int whence)
{
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? -EBADF : -ESPIPE;
    struct file *f = uc_fd_file(fd);
    if (!f || f->flags & O_PATH)
        return -EBADF;
    if ((unsigned)whence > 4)
        return -EINVAL;
    if (!f->ops->seek)
        return -ESPIPE;
    uc_file_hold(f);
    int64_t at = f->ops->seek(f, offset, whence);
    uc_file_done(f, 0);
    return at;
}

/* The part of uc_send_file that is the copying. */
static long send(struct file *to, struct file *from, int64_t *pos, long n,
                 char *buffer, size_t size)
{
    long done = 0;

    while (done < n) {
        size_t part = (size_t)(n - done) < size ? (size_t)(n - done) : size;
        long r = read_file(from, buffer, part, pos);
        if (r > 0) {
            long w = write_file(to, buffer, (size_t)r, &to->pos);
            *pos -= r - (w > 0 ? w : 0);
            r = w;
        }
        if (r <= 0)
            return done ? done : r;
        done += r;
    }
    return done;
}

/* Copies through a buffer: what sendfile promises but for its speed. */
long uc_send_file(int out, int in, int64_t *offset, long n)
{
    char small[512], *buffer = small;
    struct file *from, *to;
    long error = reader(in, &from), done;
    if (!error)
        error = writer(out, &to);
    if (error)
        return error;
    int64_t *pos = offset ? offset : &from->pos;
    if (n < 0 || to->flags & O_APPEND)
        return -EINVAL;
    if (!from->ops->seek)
        return offset ? -ESPIPE : -EINVAL;
    size_t pages = at_most((size_t)n) / UC_PAGE;
    if (pages > SENDFILE_PAGES)
        pages = SENDFILE_PAGES;
    if (pages && !(buffer = uc_pages_alloc(pages, false))) {
        buffer = small;
        pages = 0;
    }
    done =
        send(to, from, pos, n, buffer, pages ? pages * UC_PAGE : sizeof small);
    if (pages)
        uc_pages_free(buffer, pages);
    return done;
}
