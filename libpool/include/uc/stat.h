/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * stat.h: what a file is, in the pool. On 64-bit machines this is the kernel's
 * struct stat; on the others, whose kernels have several, it is none of them
 * and as wide, and posix/core calls32.c makes those of it.
 */
#ifndef UC_STAT_H
#define UC_STAT_H

#if __SIZEOF_POINTER__ == 8
#include <asm/stat.h>
#else
#include <stdint.h>

struct stat {
    uint64_t st_dev, st_ino;
    uint32_t st_mode, st_nlink, st_uid, st_gid;
    uint64_t st_rdev;
    int64_t st_size;
    int32_t st_blksize;
    int64_t st_blocks;
    int64_t st_atime, st_mtime, st_ctime;
    uint32_t st_atime_nsec, st_mtime_nsec, st_ctime_nsec;
};
#endif

#endif
