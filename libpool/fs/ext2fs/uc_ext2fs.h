/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_ext2fs.h: before each source of libext2fs: its memory is the pool's, not
 * the program's; it has no environment; the time is fs->now.
 */
#ifndef UC_EXT2FS_H
#define UC_EXT2FS_H

#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
#define WORDS_BIGENDIAN 1
#endif

#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <time.h>

void *uc_ext2fs_malloc(size_t n);
void *uc_ext2fs_realloc(void *p, size_t n);
void uc_ext2fs_free(void *p);
void uc_ext2fs_sort(void *p, size_t n, size_t size,
                    int (*compare)(const void *, const void *));

#define malloc uc_ext2fs_malloc
#define realloc uc_ext2fs_realloc
#define free uc_ext2fs_free
#define qsort uc_ext2fs_sort
#define getenv(name) NULL
#define strtoul(s, end, base) 0
#define time(p) 0

#endif
