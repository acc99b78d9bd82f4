/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls32.c: calls of 32-bit machines whose arguments or structures are wider
 * than a long. A pair of longs is a number as it lies in memory; `hole` comes
 * before one that begins at an even place. Times: times32.c.
 */
#if __SIZEOF_POINTER__ == 4
#include <asm/statfs.h>
#include <linux/resource.h>
#include <linux/stat.h>
#include <uc/sched.h>
#include <uc/stat.h>

/* The kernel's two, beside the pool's own. */
#define stat kernel_stat
#include <asm/stat.h>
#undef stat

#include "core.h"

static int64_t pair(long first, long second)
{
    union {
        long half[2];
        int64_t whole;
    } u = {{first, second}};
    return u.whole;
}

/* ---- offsets ---- */

long uc_sys_pread64(long fd, long p, long n, long hole, long a, long b)
{
    (void)hole;
    return uc_read_at((int)fd, (void *)p, n, pair(a, b));
}

long uc_sys_pwrite64(long fd, long p, long n, long hole, long a, long b)
{
    (void)hole;
    return uc_write_at((int)fd, (const void *)p, n, pair(a, b));
}

long uc_sys__llseek(long fd, long high, long low, long result, long whence)
{
    int64_t at = uc_seek((int)fd, uc_of_halves(low, high), (int)whence);
    if (at < 0)
        return (long)at;
    *(int64_t *)result = at;
    return 0;
}

/* As in Linux the file is where it says, though it cannot say where. */
long uc_sys_lseek(long fd, long offset, long whence)
{
    int64_t at = uc_seek((int)fd, offset, (int)whence);
    return at == (long)at ? (long)at : -EOVERFLOW;
}

long uc_sys_sendfile64(long out, long in, long offset, long n)
{
    return uc_send_file((int)out, (int)in, (int64_t *)offset, n);
}

long uc_sys_sendfile(long out, long in, long offset, long n)
{
    long *given = (long *)offset;
    int64_t at = given ? *given : 0;
    long done = uc_send_file((int)out, (int)in, given ? &at : NULL, n);
    if (given)
        *given = (long)at;
    return done;
}

long uc_sys_truncate64(long path, long hole, long a, long b)
{
    (void)hole;
    return uc_truncate((const char *)path, pair(a, b));
}

long uc_sys_truncate(long path, long size)
{
    return uc_truncate((const char *)path, size);
}

long uc_sys_ftruncate64(long fd, long hole, long a, long b)
{
    (void)hole;
    return uc_truncate_open((int)fd, pair(a, b));
}

long uc_sys_ftruncate(long fd, long size)
{
    return uc_truncate_open((int)fd, size);
}

long uc_sys_fallocate(long fd, long mode, long a, long b, long c, long d)
{
    return uc_allocate((int)fd, mode, pair(a, b), pair(c, d));
}

long uc_sys_fadvise64(long fd, long hole, long a, long b, long c, long d,
                      long advice)
{
    (void)hole, (void)a, (void)b;
    return uc_advise((int)fd, pair(c, d), advice);
}

long uc_sys_fadvise64_64(long fd, long advice, long a, long b, long c, long d)
{
    (void)a, (void)b;
    return uc_advise((int)fd, pair(c, d), advice);
}

long uc_sys_sync_file_range(long fd, long hole, long a, long b, long c, long d,
                            long flags)
{
    (void)hole;
    return uc_sync_range((int)fd, pair(a, b), pair(c, d), flags);
}

long uc_sys_sync_file_range2(long fd, long flags, long a, long b, long c,
                             long d)
{
    return uc_sync_range((int)fd, pair(a, b), pair(c, d), flags);
}

long uc_sys_readahead(long fd, long hole, long a, long b, long n)
{
    (void)hole, (void)a, (void)b, (void)n;
    return uc_read_ahead((int)fd);
}

/* The offset is in units of 4096 bytes, whatever the size of a page. */
long uc_sys_mmap2(long addr, long n, long prot, long flags, long fd, long units)
{
    return uc_map(addr, n, prot, flags, (int)fd,
                  (int64_t)(unsigned long)units << 12);
}

long uc_sys_mmap(long addr, long n, long prot, long flags, long fd, long offset)
{
    return uc_map(addr, n, prot, flags, (int)fd, (unsigned long)offset);
}

/* struct flock64 begins as struct flock does, and no more of it is used. */
long uc_sys_fcntl64(long fd, long command, long arg)
{
    switch ((int)command) {
    case F_GETLK64:
        return uc_sys_fcntl(fd, F_GETLK, arg);
    case F_SETLK64:
        return uc_sys_fcntl(fd, F_SETLK, arg);
    case F_SETLKW64:
        return uc_sys_fcntl(fd, F_SETLKW, arg);
    default:
        return uc_sys_fcntl(fd, command, arg);
    }
}

/* ---- what a file is ---- */

static void put_inode(struct stat64 *to, uint64_t inode)
{
#ifdef STAT64_HAS_BROKEN_ST_INO
    to->__st_ino = (unsigned long)inode;
#endif
    to->st_ino = inode;
}

static long put_stat(long error, const struct stat *from, long result)
{
    struct stat64 *to = (struct stat64 *)result;
    if (error)
        return error;
    memset(to, 0, sizeof *to);
    put_inode(to, from->st_ino);
    to->st_dev = (unsigned long)from->st_dev;
    to->st_mode = from->st_mode;
    to->st_nlink = from->st_nlink;
    to->st_uid = from->st_uid;
    to->st_gid = from->st_gid;
    to->st_rdev = (unsigned long)from->st_rdev;
    to->st_size = from->st_size;
    to->st_blksize = (unsigned long)from->st_blksize;
    to->st_blocks = (unsigned long long)from->st_blocks;
    to->st_atime = (long)from->st_atime;
    to->st_atime_nsec = from->st_atime_nsec;
    to->st_mtime = (long)from->st_mtime;
    to->st_mtime_nsec = from->st_mtime_nsec;
    to->st_ctime = (long)from->st_ctime;
    to->st_ctime_nsec = from->st_ctime_nsec;
    return 0;
}

long uc_sys_fstat64(long fd, long result)
{
    struct stat st;
    long error = uc_stat_open((int)fd, &st);
    return put_stat(error, &st, result);
}

long uc_sys_fstatat64(long dirfd, long path, long result, long flags)
{
    struct stat st;
    long error = uc_stat_path((int)dirfd, (const char *)path, &st, flags);
    return put_stat(error, &st, result);
}

long uc_sys_stat64(long path, long result)
{
    return uc_sys_fstatat64(AT_FDCWD, path, result, 0);
}

long uc_sys_lstat64(long path, long result)
{
    return uc_sys_fstatat64(AT_FDCWD, path, result, AT_SYMLINK_NOFOLLOW);
}

/* ---- the file system ---- */

static long put_statfs(long error, const struct file_system *from, long size,
                       long result)
{
    struct statfs64 *s = (struct statfs64 *)result;
    if (error)
        return error;
    if (size < (long)sizeof *s) /* one of arm may be padded: as in Linux */
        return -EINVAL;
    memset(s, 0, sizeof *s);
    s->f_type = (unsigned)from->type;
    s->f_bsize = s->f_frsize = (unsigned)from->block;
    s->f_blocks = from->blocks;
    s->f_bfree = s->f_bavail = from->free;
    s->f_namelen = (unsigned)from->name_most;
    return 0;
}

long uc_sys_statfs64(long path, long size, long result)
{
    struct file_system s;
    long error = uc_file_system((const char *)path, &s);
    return put_statfs(error, &s, size, result);
}

long uc_sys_fstatfs64(long fd, long size, long result)
{
    struct file_system s;
    long error = uc_file_system_of((int)fd, &s);
    return put_statfs(error, &s, size, result);
}

/* ---- limits ---- */

static unsigned long short_limit(uint64_t n)
{
    return n < RLIM_INFINITY ? (unsigned long)n : RLIM_INFINITY;
}

static uint64_t long_limit(unsigned long n)
{
    return n == RLIM_INFINITY ? RLIM64_INFINITY : n;
}

long uc_sys_ugetrlimit(long which, long result)
{
    struct rlimit *to = (struct rlimit *)result;
    struct rlimit64 now;
    long error = uc_sys_prlimit64(0, which, 0, (long)&now);
    if (!error)
        *to = (struct rlimit){short_limit(now.rlim_cur),
                              short_limit(now.rlim_max)};
    return error;
}

long uc_sys_getrlimit(long which, long result)
{
    return uc_sys_ugetrlimit(which, result);
}

long uc_sys_setrlimit(long which, long limit)
{
    const struct rlimit *from = (const struct rlimit *)limit;
    struct rlimit64 now = {long_limit(from->rlim_cur),
                           long_limit(from->rlim_max)};
    return uc_sys_prlimit64(0, which, (long)&now, 0);
}

/* ---- the rest ---- */

/* The thread pointer. */
long uc_sys_set_thread_area(long p)
{
    uc_sched_tls((void *)p);
    return 0;
}

/* User ids have always had all their bits here. */
#define SAME_0(name)                                                           \
    long uc_sys_##name##32(void)                                               \
    {                                                                          \
        return uc_sys_##name();                                                \
    }
#define SAME_1(name)                                                           \
    long uc_sys_##name##32(long a)                                             \
    {                                                                          \
        return uc_sys_##name(a);                                               \
    }
#define SAME_2(name)                                                           \
    long uc_sys_##name##32(long a, long b)                                     \
    {                                                                          \
        return uc_sys_##name(a, b);                                            \
    }
#define SAME_3(name)                                                           \
    long uc_sys_##name##32(long a, long b, long c)                             \
    {                                                                          \
        return uc_sys_##name(a, b, c);                                         \
    }
SAME_0(getuid)
SAME_0(geteuid)
SAME_0(getgid)
SAME_0(getegid)
SAME_1(setuid)
SAME_1(setgid)
SAME_1(setfsuid)
SAME_1(setfsgid)
SAME_2(setreuid)
SAME_2(setregid)
SAME_2(getgroups)
SAME_2(setgroups)
SAME_3(setresuid)
SAME_3(setresgid)
SAME_3(getresuid)
SAME_3(getresgid)
SAME_3(chown)
SAME_3(lchown)
SAME_3(fchown)

long uc_sys_recv(long fd, long p, long n, long flags)
{
    return uc_sys_recvfrom(fd, p, n, flags, 0, 0);
}

long uc_sys_send(long fd, long p, long n, long flags)
{
    return uc_sys_sendto(fd, p, n, flags, 0, 0);
}
#endif
