/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * std.c: descriptors 0, 1 and 2, which are the console, and for 2 a line of its
 * own where there is one. What a descriptor is goes with its file, so that a
 * duplicate is the same stream.
 *
 * To the program they look like pipes: not a terminal, not seekable, 0 is for
 * reading and the others are for writing.
 */
#include <linux/poll.h>
#include <linux/stat.h>
#include <uc/console.h>
#include <uc/platform.h>
#include <uc/stat.h>

#include "core.h"

static long std_read(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)pos;
    if (f->flags & O_NONBLOCK && !uc_console_state())
        return -EAGAIN;
    return n ? uc_console_read(p, n) : 0;
}

static long std_write(struct file *f, const void *p, size_t n, int64_t *pos)
{
    (void)pos;
    uc_std_out((int)(f - uc_std_files), p, n);
    return (long)n;
}

void uc_std_out(int fd, const void *p, size_t n)
{
    if (CFG_STDERR && fd == 2)
        uc_plat_stderr_write(p, n);
    else
        uc_console_write(p, n);
}

static unsigned std_poll(struct file *f)
{
    if ((f->flags & O_ACCMODE) == O_RDONLY)
        return uc_console_state();
    return POLLOUT | POLLWRNORM;
}

static struct uc_queue *std_queue(struct file *f)
{
    (void)f;
    return uc_console_queue();
}

static long std_stat(struct file *f, struct stat *st)
{
    memset(st, 0, sizeof *st);
    st->st_ino = CFG_STDERR && f == &uc_std_files[2] ? 2 : 1;
    st->st_mode = S_IFIFO | 0600;
    st->st_nlink = 1;
    st->st_blksize = 4096;
    return 0;
}

const struct file_ops uc_std_ops = {
    .read = std_read,
    .write = std_write,
    .stat = std_stat,
    .poll = std_poll,
    .queue = std_queue,
};

struct file uc_std_files[3] = {
    {.ops = &uc_std_ops, .flags = O_RDONLY, .refs = 1},
    {.ops = &uc_std_ops, .flags = O_WRONLY, .refs = 1},
    {.ops = &uc_std_ops, .flags = O_WRONLY, .refs = 1},
};

static unsigned closed; /* by descriptor, without CFG_FILES */

long uc_std_check(int fd, int access)
{
    if ((unsigned)fd > 2 || (closed & 1u << fd))
        return -EBADF;
    return access == O_RDWR || (access == O_RDONLY) == (fd == 0) ? 0 : -EBADF;
}

void uc_std_close(int fd)
{
    closed |= 1u << fd;
}
