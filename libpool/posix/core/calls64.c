/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * calls64.c: the calls whose arguments or structures are wider than a long on
 * 32-bit machines, as 64-bit machines have them. calls32.c has the others'.
 */
#if __SIZEOF_POINTER__ == 8
#include <asm/statfs.h>
#include <linux/time.h>
#include <uc/stat.h>

#include "core.h"

/* ---- offsets ---- */

long uc_sys_pread64(long fd, long p, long n, long offset)
{
    return uc_read_at((int)fd, (void *)p, n, offset);
}

long uc_sys_pwrite64(long fd, long p, long n, long offset)
{
    return uc_write_at((int)fd, (const void *)p, n, offset);
}

long uc_sys_lseek(long fd, long offset, long whence)
{
    return uc_seek((int)fd, offset, (int)whence);
}

long uc_sys_sendfile(long out, long in, long offset, long n)
{
    return uc_send_file((int)out, (int)in, (int64_t *)offset, n);
}

long uc_sys_truncate(long path, long size)
{
    return uc_truncate((const char *)path, size);
}

long uc_sys_ftruncate(long fd, long size)
{
    return uc_truncate_open((int)fd, size);
}

long uc_sys_fallocate(long fd, long mode, long offset, long n)
{
    return uc_allocate((int)fd, mode, offset, n);
}

long uc_sys_fadvise64(long fd, long offset, long n, long advice)
{
    (void)offset;
    return uc_advise((int)fd, n, advice);
}

long uc_sys_sync_file_range(long fd, long offset, long n, long flags)
{
    return uc_sync_range((int)fd, offset, n, flags);
}

long uc_sys_readahead(long fd, long offset, long n)
{
    (void)offset, (void)n;
    return uc_read_ahead((int)fd);
}

long uc_sys_mmap(long addr, long n, long prot, long flags, long fd, long offset)
{
    return uc_map(addr, n, prot, flags, (int)fd, offset);
}

/* ---- structures ---- */

long uc_sys_fstat(long fd, long st)
{
    return uc_stat_open((int)fd, (struct stat *)st);
}

long uc_sys_newfstatat(long dirfd, long path, long st, long flags)
{
    return uc_stat_path((int)dirfd, (const char *)path, (struct stat *)st,
                        flags);
}

long uc_sys_stat(long path, long st)
{
    return uc_sys_newfstatat(AT_FDCWD, path, st, 0);
}

long uc_sys_lstat(long path, long st)
{
    return uc_sys_newfstatat(AT_FDCWD, path, st, AT_SYMLINK_NOFOLLOW);
}

static long put(long error, const struct file_system *from, long result)
{
    struct statfs *s = (struct statfs *)result;
    if (error)
        return error;
    memset(s, 0, sizeof *s);
    s->f_type = from->type;
    s->f_bsize = s->f_frsize = from->block;
    s->f_blocks = (long)from->blocks;
    s->f_bfree = s->f_bavail = (long)from->free;
    s->f_namelen = from->name_most;
    return 0;
}

long uc_sys_statfs(long path, long result)
{
    struct file_system s;
    long error = uc_file_system((const char *)path, &s);
    return put(error, &s, result);
}

long uc_sys_fstatfs(long fd, long result)
{
    struct file_system s;
    long error = uc_file_system_of((int)fd, &s);
    return put(error, &s, result);
}

long uc_sys_getrlimit(long which, long result)
{
    return uc_sys_prlimit64(0, which, 0, result);
}

long uc_sys_setrlimit(long which, long limit)
{
    return uc_sys_prlimit64(0, which, limit, 0);
}

long uc_sys_nanosleep(long want, long left)
{
    return uc_sys_clock_nanosleep(CLOCK_MONOTONIC, 0, want, left);
}
#endif
