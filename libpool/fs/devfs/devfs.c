/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * devfs.c: null, zero, full, random and urandom, and names for the console.
 * /dev/stdin and its kind are the console, /dev/stderr the line for errors, not
 * whatever the descriptor has become since.
 */
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <linux/poll.h>
#include <linux/stat.h>
#include <uc/console.h>
#include <uc/devfs.h>
#include <uc/platform.h>
#include <uc/random.h>
#include <uc/string.h>

enum {           /* major number 1: minor numbers */
    CONSOLE = 5, /* a major number */
    TTY = 4,     /* another */
    TTY_S1 = 65, /* the second serial line */
    MEMORY = 1,
    NONE = 3,
    ZERO = 5,
    FULL = 7,
    RANDOM = 8,
    URANDOM = 9,
};

static unsigned minor_of(const struct file *f)
{
    return uc_node_device(f->node) & 255;
}

static long read_memory(struct file *f, void *p, size_t n, int64_t *pos)
{
    unsigned minor = minor_of(f);
    (void)pos;
    if (minor == NONE)
        return 0;
    if (minor < RANDOM) {
        memset(p, 0, n);
        return (long)n;
    }
    int error = uc_random(p, n);
    return error ? error : (long)n;
}

static long write_memory(struct file *f, const void *p, size_t n, int64_t *pos)
{
    (void)p, (void)pos;
    return n && minor_of(f) == FULL ? -ENOSPC : (long)n;
}

static int64_t seek_nowhere(struct file *f, int64_t offset, int whence)
{
    (void)f, (void)offset, (void)whence;
    return 0;
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
    (void)pos;
    if (CFG_STDERR && minor_of(f) == TTY_S1)
        uc_plat_stderr_write(p, n);
    else
        uc_console_write(p, n);
    return (long)n;
}

#define NODE .stat = uc_fs_node_stat, .setattr = uc_fs_node_setattr
static const struct file_ops memory_ops = {
    NODE, .read = read_memory, .write = write_memory, .seek = seek_nowhere};
static const struct file_ops console_ops = {
    NODE, .read = read_console, .write = write_console, .poll = poll_console,
    .queue = queue_console};

const struct file_ops *uc_device_ops(unsigned number)
{
    const unsigned minors =
        1 << NONE | 1 << ZERO | 1 << FULL | 1 << RANDOM | 1 << URANDOM;
    if (number == CONSOLE << 8 || number == (CONSOLE << 8 | 1) ||
        number == (TTY << 8 | TTY_S1))
        return &console_ops;
    number -= MEMORY << 8;
    return number < 32 && minors >> number & 1 ? &memory_ops : 0;
}

#define CHAR(bits) (S_IFCHR | (bits))
const struct uc_device uc_devices[UC_DEVICES] = {
    {"null", CHAR(0666), MEMORY, NONE},
    {"zero", CHAR(0666), MEMORY, ZERO},
    {"full", CHAR(0666), MEMORY, FULL},
    {"random", CHAR(0666), MEMORY, RANDOM},
    {"urandom", CHAR(0666), MEMORY, URANDOM},
    {"console", CHAR(0600), CONSOLE, 1},
    {"tty", CHAR(0666), CONSOLE, 0},
    {"stdin", CHAR(0666), CONSOLE, 1},
    {"stdout", CHAR(0666), CONSOLE, 1},
    {"stderr", CHAR(0666), TTY, TTY_S1},
};
