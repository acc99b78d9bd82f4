/* SPDX-License-Identifier: BSD-2-Clause */
/* given.h: where memory and tree are: entry.S finds out. */
#ifndef UC_GIVEN_H
#define UC_GIVEN_H

#ifndef __ASSEMBLER__
#include <stdint.h>

extern uint64_t uc_shift, uc_tree;
#define RAM_SHIFT uc_shift /* how much higher memory is than layout.h says */
#define TREE uc_tree
#endif

#define TREE_MOST LARGE_PAGE
#define WINDOW_PAGES 2
#define DEVICES_START 0x60400000

#define CONSOLE 0x400ff000 /* where its line is seen, if there is one */

#endif
