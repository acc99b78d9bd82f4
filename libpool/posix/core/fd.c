/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fd.c: the table of descriptors. A slot that was never set stands, for the
 * first three, for the console, so that nothing is set up at the start. The
 * table doubles when it is full; a bit for each descriptor in use, and one for
 * each word of such bits that is full, find the lowest free one in a few steps.
 */
#include <uc/mem.h>

#include "core.h"
#include "fork.h"

enum {
    STATIC = 64,
    WORD = 64
};

struct table {
    struct file **files;
    uint64_t *cloexec, *used, *full; /* full: by word of used */
    unsigned size;
};

static struct file *static_files[STATIC];
static uint64_t static_bits[3] = {0, 7, 0}; /* the first three are used */
static struct table table = {static_files, static_bits, static_bits + 1,
                             static_bits + 2, STATIC};
static unsigned std_closed; /* of the first three */
unsigned uc_fd_limit = FD_MAX;

static bool is_std(const struct file *f)
{
    return f >= uc_std_files && f < uc_std_files + 3;
}

struct file *uc_fd_file(int fd)
{
    if (!CFG_FILES)
        return uc_std_check(fd, O_RDWR) ? 0 : &uc_std_files[fd];
    if ((unsigned)fd >= table.size)
        return 0;
    if (fd < 3 && !table.files[fd] && !(std_closed & 1u << fd))
        return &uc_std_files[fd];
    return table.files[fd];
}

/* Words that hold n bits. */
static size_t words(unsigned n)
{
    return (n + WORD - 1) / WORD;
}

static size_t table_bytes(unsigned size)
{
    size_t used = words(size);
    return size * sizeof(struct file *) +
           (2 * used + words((unsigned)used)) * sizeof(uint64_t);
}

static void copy_table(struct table *to)
{
    size_t used = words(table.size);
    memcpy(to->files, table.files, table.size * sizeof *table.files);
    memcpy(to->cloexec, table.cloexec, used * sizeof(uint64_t));
    memcpy(to->used, table.used, used * sizeof(uint64_t));
    memcpy(to->full, table.full, words((unsigned)used) * sizeof(uint64_t));
}

/* The parts of a table in memory that has room for it. */
static void place_table(struct table *t, char *p)
{
    t->files = (struct file **)p;
    t->cloexec = (uint64_t *)(t->files + t->size);
    t->used = t->cloexec + words(t->size);
    t->full = t->used + words(t->size);
}

/* Makes the table long enough for fd, which is below FD_MAX. */
static bool grow(int fd)
{
    struct table new = {.size = table.size};
    if ((unsigned)fd < table.size)
        return true;
    while (new.size <= (unsigned)fd)
        new.size *= 2;
    char *p = uc_kalloc(table_bytes(new.size));
    if (!p)
        return false;
    place_table(&new, p);
    copy_table(&new);
    if (table.files != static_files)
        uc_kfree(table.files, table_bytes(table.size));
    table = new;
    return true;
}

/* The lowest clear bit of n words, not below `from`; n * WORD: none. */
static size_t lowest_clear(const uint64_t *bits, size_t n, size_t from)
{
    uint64_t skip = ((uint64_t)1 << from % WORD) - 1;
    for (size_t i = from / WORD; i < n; i++, skip = 0)
        if (~(bits[i] | skip))
            return i * WORD + (size_t)__builtin_ctzll(~(bits[i] | skip));
    return n * WORD;
}

int uc_fd_free(int least)
{
    size_t n = words(table.size), fd = (size_t)least;
    if (least && (unsigned)least >= uc_fd_limit)
        return -EINVAL;
    if (fd < table.size &&
        !~(table.used[fd / WORD] | (((uint64_t)1 << fd % WORD) - 1)))
        fd = lowest_clear(table.full, words((unsigned)n), fd / WORD + 1) * WORD;
    if (fd < table.size)
        fd = lowest_clear(table.used, n, fd);
    return fd < uc_fd_limit && grow((int)fd) ? (int)fd : -EMFILE;
}

static void set_bit(uint64_t *bits, unsigned n, bool to)
{
    uint64_t bit = (uint64_t)1 << n % WORD;
    bits[n / WORD] = to ? bits[n / WORD] | bit : bits[n / WORD] & ~bit;
}

void uc_fd_set(int n, struct file *f, bool on_exec)
{
    unsigned fd = (unsigned)n;
    table.files[fd] = f;
    if (fd < 3)
        std_closed |= 1u << fd;
    set_bit(table.cloexec, fd, on_exec);
    set_bit(table.used, fd, f);
    set_bit(table.full, fd / WORD, !~table.used[fd / WORD]);
}

long uc_fd_install(struct file *f, bool on_exec)
{
    int fd = uc_fd_free(0);
    if (fd < 0)
        uc_file_drop(f);
    else
        uc_fd_set(fd, f, on_exec);
    return fd;
}

long uc_fd_install_pair(struct file *f[2], bool on_exec, int *fds)
{
    int first = uc_fd_free(0),
        second = first < 0 ? first : uc_fd_free(first + 1);
    if (second < 0) {
        uc_file_drop(f[0]);
        uc_file_drop(f[1]);
        return -EMFILE;
    }
    uc_fd_set(first, f[0], on_exec);
    uc_fd_set(second, f[1], on_exec);
    fds[0] = first;
    fds[1] = second;
    return 0;
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

void uc_file_free(struct file *f)
{
    uc_kfree(f, sizeof *f);
}

void uc_file_drop(struct file *f)
{
    if (--f->refs)
        return;
    while (f->watches)
        f->watches->closed(f->watches);
    if (f->ops && f->ops->release)
        f->ops->release(f);
    if (!is_std(f))
        uc_file_free(f);
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
    for (unsigned fd = from; fd <= to && fd < table.size; fd++) {
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
    if (!f || (unsigned)to >= uc_fd_limit)
        return -EBADF;
    if (!grow(to))
        return -EMFILE;
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

static long own_command(struct file *f, int command, long arg)
{
    long result = f->ops->ioctl(f, UC_FCNTL | (unsigned)command, arg);
    return result == -ENOTTY ? -EBADF : result;
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
        return table.cloexec[fd / WORD] >> fd % WORD & 1 ? FD_CLOEXEC : 0;
    case F_SETFD:
        if (table.files[fd] || (arg & FD_CLOEXEC))
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
    case F_GETPIPE_SZ:
    case F_SETPIPE_SZ:
        return f->ops->ioctl ? own_command(f, command, arg) : -EBADF;
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

/* ---- a child's descriptors ---- */

struct parent {
    struct table table;
    unsigned std_closed;
};

void *uc_fd_fork(void)
{
    struct parent *parent = uc_kalloc(sizeof *parent);
    struct table new = {.size = table.size};
    char *p = parent ? uc_kalloc(table_bytes(new.size)) : 0;
    if (!p) {
        uc_kfree(parent, sizeof *parent);
        return 0;
    }
    place_table(&new, p);
    copy_table(&new);
    for (unsigned i = 0; i < new.size; i++)
        if (new.files[i])
            new.files[i]->refs++;
    *parent = (struct parent){table, std_closed};
    table = new;
    return parent;
}

void uc_fd_fork_end(void *from)
{
    struct parent *parent = from;
    for (unsigned i = 0; i < table.size; i++)
        if (table.files[i])
            uc_file_drop(table.files[i]);
    uc_kfree(table.files, table_bytes(table.size));
    table = parent->table;
    std_closed = parent->std_closed;
    uc_kfree(parent, sizeof *parent);
}
