/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * layout.h: where things are in memory, for C and assembly. Memory starts at
 * 1 GiB; the image is seen where it is loaded, and all else that we map lies
 * in the same GiB but for a large heap. What is each machine's is in given.h.
 */
#ifndef UC_LAYOUT_H
#define UC_LAYOUT_H

#include "given.h"

#define RAM_START 0x40000000
#define RAM_START_TEXT "0x40000000"
#define IMAGE_START 0x40100000 /* as image.lds has it */
#define LARGE_PAGE 0x200000
#define MEMORY_TOP 0x10000000000 /* entries have no higher addresses */

/* the stack on machines with less than 16 MiB */
#define STACK_SMALL_START 0x40040000
#define STACK_SMALL_END 0x40060000

/* the stack on others: large pages */
#define STACK_LARGE_END 0x80000000
#define STACK_LARGE_PAGES 4 /* at most; one for each 16 MiB */

#define HIGH_START 0x80000000 /* a heap that has no room below the windows */

/* large pages: the device tree, then devices (given.h) */
#define WINDOW_START 0x60000000
#define DEVICES_END 0x7f000000

/*
 * Entries of the page tables, the long descriptors of ARMv7 and ARMv8, in two
 * halves. Attributes are numbers of what entry.S puts into MAIR.
 */
#define PAGE_PRESENT 1
#define PAGE_TABLE 3     /* the bits that say: a table, or a small page */
#define PAGE_SMALL 0x703 /* a page of memory: shared, accessed */
#define PAGE_LARGE 0x701 /* the same of a large page */
#define PAGE_DEVICE 4    /* attribute 1 */
#define PAGE_READ_ONLY 0x80
#define PAGE_NX_HIGH 0x600000 /* in the upper half */

#endif
