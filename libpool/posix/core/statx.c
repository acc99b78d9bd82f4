/* SPDX-License-Identifier: BSD-2-Clause */
/* statx.c: what a file is, the same for all architectures. */
#include <linux/stat.h>
#include <uc/stat.h>

#include "core.h"

static struct statx_timestamp time_of(int64_t seconds, unsigned long ns)
{
    return (struct statx_timestamp){.tv_sec = seconds, .tv_nsec = (unsigned)ns};
}

/* As the kernel's user space takes them apart. */
static unsigned major_of(uint64_t device)
{
    return (unsigned)(device >> 8 & 0xfff);
}

static unsigned minor_of(uint64_t device)
{
    return (unsigned)((device & 0xff) | (device >> 12 & ~0xffu));
}

long uc_sys_statx(long dirfd, long path, long flags, long mask, long result)
{
    struct statx *to = (struct statx *)result;
    struct stat st;
    if (mask & STATX__RESERVED ||
        (flags & AT_STATX_SYNC_TYPE) == AT_STATX_SYNC_TYPE)
        return -EINVAL;
    long error = uc_stat_path((int)dirfd, (const char *)path, &st,
                              flags & ~AT_STATX_SYNC_TYPE);
    if (error)
        return error;
    memset(to, 0, sizeof *to);
    to->stx_mask = STATX_BASIC_STATS;
    to->stx_blksize = (unsigned)st.st_blksize;
    to->stx_nlink = (unsigned)st.st_nlink;
    to->stx_uid = st.st_uid;
    to->stx_gid = st.st_gid;
    to->stx_mode = (unsigned short)st.st_mode;
    to->stx_ino = st.st_ino;
    to->stx_size = (uint64_t)st.st_size;
    to->stx_blocks = (uint64_t)st.st_blocks;
    to->stx_atime = time_of((int64_t)st.st_atime, st.st_atime_nsec);
    to->stx_mtime = time_of((int64_t)st.st_mtime, st.st_mtime_nsec);
    to->stx_ctime = time_of((int64_t)st.st_ctime, st.st_ctime_nsec);
    to->stx_rdev_major = major_of(st.st_rdev);
    to->stx_rdev_minor = minor_of(st.st_rdev);
    to->stx_dev_major = major_of(st.st_dev);
    to->stx_dev_minor = minor_of(st.st_dev);
    return 0;
}
