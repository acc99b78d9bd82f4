/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs.c: null, zero, full, random and urandom, and names for the console.
 * /dev/stdin and its kind are the console, not whatever the descriptor has
 * become since.
 */
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/poll.h>
#include <linux/stat.h>
#include <uc/console.h>
#include <uc/devfs.h>
#include <uc/random.h>
#include <uc/string.h>

static long read_nothing(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)f, (void)p, (void)n, (void)pos;
    return 0;
}

static long write_away(struct file *f, const void *p, size_t n, int64_t *pos)
{
    (void)f, (void)p, (void)pos;
    return (long)n;
}

static int64_t seek_nowhere(struct file *f, int64_t offset, int whence)
{
    (void)f, (void)offset, (void)whence;
    return 0;
}

static long read_zeros(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)f, (void)pos;
    memset(p, 0, n);
    return (long)n;
}

static long write_full(struct file *f, const void *p, size_t n, int64_t *pos)
{
    (void)f, (void)p, (void)pos;
    return n ? -ENOSPC : 0;
}

static long read_random(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)f, (void)pos;
    int error = uc_random(p, n);
    return error ? error : (long)n;
}

static long read_console(struct file *f, void *p, size_t n, int64_t *pos)
{
    (void)pos;
    if (f->flags & O_NONBLOCK && !uc_console_state())
        return -EAGAIN;
    return n ? uc_console_read(p, n) : 0;
}

static unsigned poll_console(struct file *f)
{
    (void)f;
    return uc_console_state() | POLLOUT | POLLWRNORM;
}

static struct uc_queue *queue_console(struct file *f)
{
    (void)f;
    return uc_console_queue();
}

static long write_console(struct file *f, const void *p, size_t n, int64_t *pos)
{
    (void)f, (void)pos;
    uc_console_write(p, n);
    return (long)n;
}

#define NODE .stat = uc_fs_node_stat, .setattr = uc_fs_node_setattr
static const struct file_ops null_ops = {
    NODE, .read = read_nothing, .write = write_away, .seek = seek_nowhere};
static const struct file_ops zero_ops = {
    NODE, .read = read_zeros, .write = write_away, .seek = seek_nowhere};
static const struct file_ops full_ops = {
    NODE, .read = read_zeros, .write = write_full, .seek = seek_nowhere};
static const struct file_ops random_ops = {
    NODE, .read = read_random, .write = write_away, .seek = seek_nowhere};
static const struct file_ops console_ops = {
    NODE, .read = read_console, .write = write_console, .poll = poll_console,
    .queue = queue_console};

#define CHAR(bits) (S_IFCHR | (bits))
const struct uc_device uc_devices[UC_DEVICES] = {
    {"null", CHAR(0666), 1, 3, &null_ops},
    {"zero", CHAR(0666), 1, 5, &zero_ops},
    {"full", CHAR(0666), 1, 7, &full_ops},
    {"random", CHAR(0666), 1, 8, &random_ops},
    {"urandom", CHAR(0666), 1, 9, &random_ops},
    {"console", CHAR(0600), 5, 1, &console_ops},
    {"tty", CHAR(0666), 5, 0, &console_ops},
    {"stdin", CHAR(0666), 5, 1, &console_ops},
    {"stdout", CHAR(0666), 5, 1, &console_ops},
    {"stderr", CHAR(0666), 5, 1, &console_ops},
};
