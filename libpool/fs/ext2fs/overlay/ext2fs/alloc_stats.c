/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * alloc_stats.c: what is in use, in place of the library's file of this name.
 * Beside the counts it tells fs/ext4 of every change (uc_ext4_changed), which
 * writes only the groups that did, and which keeps what was freed from being
 * given out again before that is on the disk.
 */
#include "config.h"
#include "ext2_fs.h"
#include "ext2fs.h"
#include "uc_changes.h"

void ext2fs_inode_alloc_stats2(ext2_filsys fs, ext2_ino_t ino, int inuse,
                               int isdir)
{
    dgrp_t group = ext2fs_group_of_ino(fs, ino);
    __u32 all = fs->super->s_inodes_per_group;

    if (ino > fs->super->s_inodes_count)
        return;
    if (inuse > 0)
        ext2fs_mark_inode_bitmap2(fs->inode_map, ino);
    else
        ext2fs_unmark_inode_bitmap2(fs->inode_map, ino);
    ext2fs_bg_free_inodes_count_set(
        fs, group, ext2fs_bg_free_inodes_count(fs, group) - inuse);
    if (isdir)
        ext2fs_bg_used_dirs_count_set(
            fs, group, ext2fs_bg_used_dirs_count(fs, group) + inuse);
    ext2fs_bg_flags_clear(fs, group, EXT2_BG_INODE_UNINIT);
    if (ext2fs_has_group_desc_csum(fs)) {
        __u32 used = all - ext2fs_bg_itable_unused(fs, group);
        __u32 place = (ino - 1) % all + 1;
        if (place > used)
            ext2fs_bg_itable_unused_set(fs, group, all - place);
    }
    fs->super->s_free_inodes_count -= inuse;
    ext2fs_mark_super_dirty(fs);
    uc_ext4_inode_changed(group);
}

void ext2fs_inode_alloc_stats(ext2_filsys fs, ext2_ino_t ino, int inuse)
{
    ext2fs_inode_alloc_stats2(fs, ino, inuse, 0);
}

void ext2fs_block_alloc_stats2(ext2_filsys fs, blk64_t blk, int inuse)
{
    if (blk < fs->super->s_first_data_block ||
        blk >= ext2fs_blocks_count(fs->super))
        return;
    dgrp_t group = ext2fs_group_of_blk2(fs, blk);
    if (inuse > 0)
        ext2fs_mark_block_bitmap2(fs->block_map, blk);
    else if (!uc_ext4_block_freed(blk)) /* stays marked until then */
        ext2fs_unmark_block_bitmap2(fs->block_map, blk);
    ext2fs_bg_free_blocks_count_set(
        fs, group, ext2fs_bg_free_blocks_count(fs, group) - inuse);
    ext2fs_bg_flags_clear(fs, group, EXT2_BG_BLOCK_UNINIT);
    ext2fs_free_blocks_count_add(fs->super, -inuse);
    ext2fs_mark_super_dirty(fs);
    uc_ext4_block_changed(group);
}

void ext2fs_block_alloc_stats(ext2_filsys fs, blk_t blk, int inuse)
{
    ext2fs_block_alloc_stats2(fs, blk, inuse);
}

void ext2fs_block_alloc_stats_range(ext2_filsys fs, blk64_t blk, blk_t num,
                                    int inuse)
{
    while (inuse && num--)
        ext2fs_block_alloc_stats2(fs, blk++, inuse > 0 ? 1 : -1);
}
