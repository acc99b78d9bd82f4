/* SPDX-License-Identifier: BSD-2-Clause */
/* given.h: where the machine's memory, tree and console are: QEMU's. */
#ifndef UC_GIVEN_H
#define UC_GIVEN_H

#define RAM_SHIFT 0    /* memory is where layout.h has it */
#define TREE RAM_START /* where QEMU puts it */
#define TREE_MOST (IMAGE_START - RAM_START)
#define WINDOW_PAGES 1
#define DEVICES_START 0x60200000

#define PL011 0x09000000   /* the machine's first, physical */
#define CONSOLE 0x400ff000 /* where it is seen */

#endif
