/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_absent.c: what the library's files refer to and fs/ext4 never needs, as it
 * refuses file systems with such features, and the few helpers of larger files.
 */
#include "config.h"
#include "ext2_fs.h"
#include "ext2fsP.h"
#include "bmap64.h"

errcode_t ext2fs_zero_blocks2(ext2_filsys fs, blk64_t blk, int num,
                              blk64_t *ret_blk, int *ret_count)
{
    char *zeros;
    errcode_t error;

    (void)ret_blk, (void)ret_count;
    if (!fs) /* frees what the library's own would keep */
        return 0;
    error = ext2fs_get_memzero(fs->blocksize, &zeros);
    if (error)
        return error;
    for (int i = 0; i < num && !error; i++)
        error = io_channel_write_blk64(fs->io, blk + i, 1, zeros);
    ext2fs_free_mem(&zeros);
    return error;
}

errcode_t ext2fs_inline_data_expand(ext2_filsys fs, ext2_ino_t ino)
{
    return EXT2_ET_UNIMPLEMENTED;
}

errcode_t ext2fs_inline_data_init(ext2_filsys fs, ext2_ino_t ino)
{
    return EXT2_ET_UNIMPLEMENTED;
}

errcode_t ext2fs_inline_data_set(ext2_filsys fs, ext2_ino_t ino,
                                 struct ext2_inode *inode, void *buf,
                                 size_t size)
{
    return EXT2_ET_UNIMPLEMENTED;
}

errcode_t ext2fs_inline_data_ea_remove(ext2_filsys fs, ext2_ino_t ino)
{
    return EXT2_ET_UNIMPLEMENTED;
}

int ext2fs_inline_data_dir_iterate(ext2_filsys fs, ext2_ino_t ino,
                                   void *priv_data)
{
    return BLOCK_ABORT;
}

errcode_t ext2fs_mmp_start(ext2_filsys fs)
{
    return EXT2_ET_UNIMPLEMENTED;
}

errcode_t ext2fs_mmp_stop(ext2_filsys fs)
{
    return 0;
}

errcode_t ext2fs_read_bb_inode(ext2_filsys fs, ext2_badblocks_list *list)
{
    *list = NULL;
    return 0;
}

const struct ext2fs_nls_table *ext2fs_load_nls_table(int encoding)
{
    return NULL;
}

errcode_t ext2fs_get_num_dirs(ext2_filsys fs, ext2_ino_t *count)
{
    *count = 0;
    return 0;
}

struct ext2fs_hashmap *
ext2fs_hashmap_create(uint32_t (*hash)(const void *, size_t),
                      void (*release)(void *), size_t size)
{
    return NULL;
}

void ext2fs_hashmap_free(struct ext2fs_hashmap *map)
{
}

uint32_t ext2fs_djb2_hash(const void *p, size_t n)
{
    return 0;
}

struct ext2_bitmap_ops ext2fs_blkmap64_bitarray; /* bitmaps are trees */
