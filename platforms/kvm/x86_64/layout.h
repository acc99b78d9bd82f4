/* SPDX-License-Identifier: BSD-2-Clause */
/* layout.h: where things are in memory, for C and assembly. */
#ifndef UC_LAYOUT_H
#define UC_LAYOUT_H

#define START_INFO_MAGIC 0x336ec578
#define IMAGE_START 0x100000 /* as image.lds has it */
#define LARGE_PAGE 0x200000

/* a type in the memory map: below 4 GiB, and not adjacent to the image */
#define MEMORY_APART 0x101

/* flags of page table entries */
#define PAGE_PRESENT 1
#define PAGE_WRITE 2
#define PAGE_LARGE 0x80
#define PAGE_NX_HIGH 0x80000000 /* in the upper half */
#define PAGE_TABLE 3            /* a lower table; its pages decide */
#define PAGE_DATA 3
#define PAGE_LARGE_DATA 0x83

/* the stack, with 16 MiB of memory and more */
#define STACK_LARGE_END 0x40000000
#define STACK_LARGE_PAGES 4 /* at most; one for each 16 MiB */

/* the stack on smaller machines */
#define STACK_SMALL_START 0x70000
#define STACK_SMALL_END 0x90000

/* large pages through which boot information is read (boot_info.h) */
#define WINDOW_START 0x20000000

#define VECTORS 20  /* 0 (division) to 19 (SIMD) */
#define TRAP_SIZE 4 /* bytes of code for each in trap.S */

#endif
