/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * path.c: system calls on paths, over role root-fs. The forms without "at"
 * are the others with the current directory.
 */
#include <linux/fs.h>
#include <linux/stat.h>
#include <linux/time.h>
#include <uc/clock.h>
#include <uc/fs.h>
#include <uc/mem.h>
#include <uc/socket.h>
#include <uc/stat.h>

#include "core.h"
#include "fork.h"

extern const int CFG_NET_NAMES;

static struct node *current; /* NULL: the root */
static unsigned mask = 022;

struct saved {
    struct node *current;
    unsigned mask;
};

size_t uc_path_saved_size(void)
{
    return sizeof(struct saved);
}

void uc_path_save(void *to)
{
    *(struct saved *)to = (struct saved){current, mask};
    if (current)
        uc_fs_hold(current);
}

void uc_path_restore(const void *from)
{
    const struct saved *s = from;
    if (current)
        uc_fs_drop(current);
    current = s->current;
    mask = s->mask;
}

unsigned uc_path_masked(long mode)
{
    return (unsigned)mode & 07777 & ~mask;
}

long uc_path_base(int dirfd, const char *path, struct node **dir)
{
    *dir = 0;
    if (!path)
        return -EFAULT;
    if (!*path || *path == '/') /* the walk refuses an empty path */
        return 0;
    if (dirfd == AT_FDCWD) {
        *dir = current;
        return 0;
    }
    struct file *f = uc_fd_file(dirfd);
    if (!f)
        return -EBADF;
    *dir = uc_fs_dir_of(f);
    return *dir ? 0 : -ENOTDIR;
}

/* ---- open ---- */

/* What stays of the flags: F_GETFL shows it. */
static int kept(int flags)
{
    return flags & ~(O_CREAT | O_EXCL | O_NOCTTY | O_TRUNC | O_CLOEXEC);
}

long uc_sys_openat(long dirfd, long name, long flags, long mode)
{
    const char *path = (const char *)name;
    struct node *dir;
    if ((flags & O_ACCMODE) == O_ACCMODE)
        return -EINVAL;
    if (flags & O_PATH)
        flags &= O_PATH | O_CLOEXEC | O_DIRECTORY | O_NOFOLLOW;
    if ((flags & (O_CREAT | O_DIRECTORY)) == (O_CREAT | O_DIRECTORY))
        return -EINVAL;
    if ((flags & O_TMPFILE) == O_TMPFILE)
        return -EOPNOTSUPP;
    long error = uc_path_base((int)dirfd, path, &dir);
    if (error)
        return error;
    int fd = uc_fd_free(0);
    if (fd < 0)
        return fd;
    struct file *f = uc_file_new(0, (int)flags);
    if (!f)
        return -ENFILE;
    error = uc_fs_open(dir, path, uc_path_masked(mode), f);
    if (CFG_NET_NAMES && error == -ENOENT && !(flags & O_CREAT))
        error = uc_net_file(path, f);
    if (CFG_FIFOS && !error && f->ops == &uc_fifo_ops)
        error = uc_fifo_open(f);
    if (error) {
        uc_kfree(f, sizeof *f);
        return error;
    }
    f->flags = kept(f->flags);
    if (CFG_FILES_WAIT || CFG_FIFOS) /* another thread may have taken it */
        fd = uc_fd_free(0);
    if (fd < 0)
        uc_file_drop(f);
    else
        uc_fd_set(fd, f, flags & O_CLOEXEC);
    return fd;
}

long uc_sys_open(long path, long flags, long mode)
{
    return uc_sys_openat(AT_FDCWD, path, flags, mode);
}

long uc_sys_creat(long path, long mode)
{
    return uc_sys_openat(AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

/* ---- asking ---- */

static long stat_descriptor(int fd, struct stat *st)
{
    struct node *dir;
    if (fd != AT_FDCWD)
        return uc_stat_open(fd, st);
    long error = uc_path_base(AT_FDCWD, ".", &dir);
    return error ? error : uc_fs_stat(dir, ".", true, st);
}

long uc_stat_path(int dirfd, const char *path, struct stat *st, long flags)
{
    struct node *dir;
    if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH | AT_NO_AUTOMOUNT))
        return -EINVAL;
    if ((flags & AT_EMPTY_PATH) && path && !*path)
        return stat_descriptor(dirfd, st);
    long error = uc_path_base(dirfd, path, &dir);
    if (error)
        return error;
    return uc_fs_stat(dir, path, !(flags & AT_SYMLINK_NOFOLLOW), st);
}

long uc_sys_faccessat2(long dirfd, long name, long mode, long flags)
{
    const char *path = (const char *)name;
    struct node *dir;
    if ((mode & ~7) ||
        (flags & ~(AT_EACCESS | AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH)))
        return -EINVAL;
    long error = uc_path_base((int)dirfd, path, &dir);
    if (error)
        return error;
    return uc_fs_access(dir, path, !(flags & AT_SYMLINK_NOFOLLOW),
                        (unsigned)mode, flags & AT_EACCESS);
}

long uc_sys_faccessat(long dirfd, long path, long mode)
{
    return uc_sys_faccessat2(dirfd, path, mode, 0);
}

long uc_sys_access(long path, long mode)
{
    return uc_sys_faccessat2(AT_FDCWD, path, mode, 0);
}

long uc_sys_readlinkat(long dirfd, long name, long p, long n)
{
    const char *path = (const char *)name;
    struct node *dir;
    if ((int)n <= 0)
        return -EINVAL;
    long error = uc_path_base((int)dirfd, path, &dir);
    return error ? error : uc_fs_readlink(dir, path, (char *)p, (size_t)n);
}

long uc_sys_readlink(long path, long p, long n)
{
    return uc_sys_readlinkat(AT_FDCWD, path, p, n);
}

/* ---- changing what a file is ---- */

static long set_path(long dirfd, long name, bool follow,
                     const struct file_attr *attr)
{
    struct node *dir;
    long error = uc_path_base((int)dirfd, (const char *)name, &dir);
    return error ? error : uc_fs_setattr(dir, (const char *)name, follow, attr);
}

static long set_open(long fd, const struct file_attr *attr)
{
    struct file *f = uc_fd_file((int)fd);
    if (!f || f->flags & O_PATH)
        return -EBADF;
    if (!f->ops->setattr)
        return 0;
    uc_file_hold(f);
    return uc_file_done(f, f->ops->setattr(f, attr));
}

long uc_sys_fchmodat2(long dirfd, long name, long mode, long flags)
{
    struct file_attr a = {.set = ATTR_MODE, .mode = (unsigned)mode & 07777};
    if (flags & ~AT_SYMLINK_NOFOLLOW) /* libc passes no other on */
        return -EINVAL;
    return set_path(dirfd, name, !flags, &a);
}

long uc_sys_fchmodat(long dirfd, long path, long mode)
{
    return uc_sys_fchmodat2(dirfd, path, mode, 0);
}

long uc_sys_chmod(long path, long mode)
{
    return uc_sys_fchmodat(AT_FDCWD, path, mode);
}

long uc_sys_fchmod(long fd, long mode)
{
    struct file_attr a = {.set = ATTR_MODE, .mode = (unsigned)mode & 07777};
    return set_open(fd, &a);
}

static struct file_attr owner(long uid, long gid)
{
    struct file_attr a = {.uid = (unsigned)uid, .gid = (unsigned)gid};
    a.set = ATTR_OWNER | ((int)uid == -1 ? 0 : ATTR_UID) |
            ((int)gid == -1 ? 0 : ATTR_GID);
    return a;
}

long uc_sys_fchown(long fd, long uid, long gid)
{
    struct file_attr a = owner(uid, gid);
    return set_open(fd, &a);
}

long uc_sys_fchownat(long dirfd, long name, long uid, long gid, long flags)
{
    const char *path = (const char *)name;
    struct file_attr a = owner(uid, gid);
    if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    if ((flags & AT_EMPTY_PATH) && path && !*path)
        return set_open(dirfd, &a);
    return set_path(dirfd, name, !(flags & AT_SYMLINK_NOFOLLOW), &a);
}

long uc_sys_chown(long path, long uid, long gid)
{
    return uc_sys_fchownat(AT_FDCWD, path, uid, gid, 0);
}

long uc_sys_lchown(long path, long uid, long gid)
{
    return uc_sys_fchownat(AT_FDCWD, path, uid, gid, AT_SYMLINK_NOFOLLOW);
}

enum { /* of tv_nsec */
    NOW = (1 << 30) - 1,
    OMIT = (1 << 30) - 2,
    NS = 1000000000
};

/* The upper half of a 64-bit one is nothing on a 32-bit machine. */
static unsigned long part_of(const struct __kernel_timespec *t)
{
    return (unsigned long)t->tv_nsec;
}

static bool is_now(const struct __kernel_timespec *t)
{
    return !t || part_of(t) == NOW;
}

/* One of the two times: *set tells whether it changes, *ns to what. */
static long time_of(const struct __kernel_timespec *t, unsigned flag,
                    unsigned *set, uint64_t *ns)
{
    if (t && part_of(t) == OMIT)
        return 0;
    if (t && part_of(t) != NOW && part_of(t) >= NS)
        return -EINVAL;
    *set |= flag;
    *ns = is_now(t) ? uc_clock_wall() : (uint64_t)t->tv_sec * NS + part_of(t);
    return 0;
}

long UC_TIME64(utimensat, _time64)(long dirfd, long path, long times,
                                   long flags)
{
    const struct __kernel_timespec *t = (const struct __kernel_timespec *)times;
    struct file_attr a = {0};
    if (flags & ~(AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    long error = time_of(t, ATTR_ATIME, &a.set, &a.atime_ns);
    if (!error)
        error = time_of(t ? t + 1 : 0, ATTR_MTIME, &a.set, &a.mtime_ns);
    if (error || (t && !a.set))
        return error;
    if (is_now(t) && (!t || is_now(t + 1)))
        a.set |= ATTR_NOW;
    if (!path || ((flags & AT_EMPTY_PATH) && !*(const char *)path))
        return set_open(dirfd, &a);
    return set_path(dirfd, path, !(flags & AT_SYMLINK_NOFOLLOW), &a);
}

static long utimes_at(long dirfd, long path, long times)
{
    const struct __kernel_old_timeval *t =
        (const struct __kernel_old_timeval *)times;
    struct __kernel_timespec ns[2];
    for (int i = 0; t && i < 2; i++) {
        if ((unsigned long)t[i].tv_usec >= 1000000)
            return -EINVAL;
        ns[i].tv_sec = t[i].tv_sec;
        ns[i].tv_nsec = t[i].tv_usec * 1000;
    }
    return UC_TIME64(utimensat, _time64)(dirfd, path, t ? (long)ns : 0, 0);
}

long uc_sys_futimesat(long dirfd, long path, long times)
{
    return utimes_at(dirfd, path, times);
}

long uc_sys_utimes(long path, long times)
{
    return utimes_at(AT_FDCWD, path, times);
}

long uc_truncate(const char *path, int64_t size)
{
    struct node *dir;
    if (size < 0)
        return -EINVAL;
    long error = uc_path_base(AT_FDCWD, path, &dir);
    return error ? error : uc_fs_truncate(dir, path, size);
}

/* ---- the current directory and the mask ---- */

static void change(struct node *dir)
{
    if (current)
        uc_fs_drop(current);
    current = dir;
}

long uc_sys_chdir(long name)
{
    const char *path = (const char *)name;
    struct node *dir, *to;
    long error = uc_path_base(AT_FDCWD, path, &dir);
    if (!error)
        error = uc_fs_dir(dir, path, &to);
    if (!error)
        change(to);
    return error;
}

long uc_sys_fchdir(long fd)
{
    struct file *f = uc_fd_file((int)fd);
    if (!f)
        return -EBADF;
    struct node *dir = uc_fs_dir_of(f);
    if (!dir)
        return -ENOTDIR;
    uc_fs_hold(dir);
    change(dir);
    return 0;
}

long uc_sys_getcwd(long p, long n)
{
    return uc_fs_path(current, (char *)p, (size_t)n);
}

long uc_sys_umask(long now)
{
    unsigned old = mask;
    mask = (unsigned)now & 0777;
    return old;
}
