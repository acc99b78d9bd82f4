/* SPDX-License-Identifier: BSD-2-Clause */
/* uc_changes.h: what the library tells fs/ext4: see alloc_stats.c. */
#ifndef UC_CHANGES_H
#define UC_CHANGES_H

#include <stdbool.h>
#include <stdint.h>

void uc_ext4_inode_changed(uint32_t group);
void uc_ext4_block_changed(uint32_t group);
/* True: it unmarks the block in the map when that may be. */
bool uc_ext4_block_freed(uint64_t block);

#endif
