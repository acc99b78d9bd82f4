/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * layout.h: where things are in memory, for C and assembly. Memory starts at
 * 2 GiB, where the processor starts, too; the image is seen where it is
 * loaded, and all else that we map lies in the same GiB but for a large heap.
 */
#ifndef UC_LAYOUT_H
#define UC_LAYOUT_H

#define RAM_START 0x80000000
#define RAM_SHIFT 0 /* memory is there (virt/boot.h) */
#define RAM_START_TEXT "0x80000000"
#define IMAGE_START 0x80100000 /* as image.lds has it */
#define LARGE_PAGE 0x200000
#define MEMORY_TOP 0x4000000000 /* what tables.h can show */

/* physical; where they are seen */
#define UART 0x10000000
#define CONSOLE 0x800ff000
#define TEST_DEVICE 0x100000 /* which switches the machine off */
#define POWER 0x800fe000

/* the stack on machines with less than 16 MiB */
#define STACK_SMALL_START 0x80040000
#define STACK_SMALL_END 0x80060000

/* the stack on others: large pages */
#define STACK_LARGE_END 0xc0000000
#define STACK_LARGE_PAGES 4 /* at most; one for each 16 MiB */

#define HIGH_START 0xc0000000 /* a heap that has no room below the windows */

/* large pages: the device tree, then devices */
#define WINDOW_START 0xa0000000
#define WINDOW_PAGES 2
#define TREE_MOST LARGE_PAGE
#define DEVICES_START 0xa0400000
#define DEVICES_END 0xbf000000

/* Entries of page tables, of Sv39; written and accessed are set beforehand. */
#define PAGE_TABLE 0x01
#define PAGE_CONSTANT 0xc3
#define PAGE_DATA 0xc7
#define PAGE_CODE 0xcb

/* Bits of sstatus. */
#define STATUS_SUM 0x40000 /* pages of user mode are in reach */

#ifndef __ASSEMBLER__
#include <stdint.h>

extern uint64_t uc_tree; /* the device tree's address, from entry.S */
#define TREE uc_tree
#endif

#endif
