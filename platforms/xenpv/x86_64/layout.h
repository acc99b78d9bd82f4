/* SPDX-License-Identifier: BSD-2-Clause */
/* layout.h: where things are in memory, for C and assembly. */
#ifndef UC_LAYOUT_H
#define UC_LAYOUT_H

#define IMAGE_START 0x100000 /* as image.lds has it; memory starts there */

/* pages below the image, of the same table */
#define SHARED_PENDING 2048  /* where its bits of channels begin */
#define SHARED_PAGE 0xff000  /* with Xen: events, time */
#define CONSOLE_PAGE 0xfe000 /* with the console's back end */
#define STORE_PAGE 0xfd000   /* with xenstore */
#define INFO_PAGE 0xfc000    /* start_info */
#define WINDOW_PAGE 0xfb000  /* on a table to be (lazy.c) */
#define GRANTS 0xf9000       /* pages that others may use (device.c) */
#define GRANT_PAGES 2        /* of 512 each */
#define TABLES 0xb0000       /* what is where in the mirror (lazy.h) */
#define DEVICES 0x40000      /* what devices have in memory (device.c) */
#define DEVICES_END 0x80000
#define MAPPED DEVICES_END /* pages of other domains (foreign.c) */
#define MAPPED_END TABLES

/* memory that comes when it is touched: below it the stack, then the heap */
#define STACK_END 0x40000000
#define STACK_MOST 0x800000

/* flags of page table entries */
#define PAGE_PRESENT 1
#define PAGE_WRITE 2
#define PAGE_USER 4
#define PAGE_TABLE 7 /* a lower table; its pages decide */
#define PAGE_UNCACHED 0x18

/* selectors of Xen's own table */
#define XEN_CODE 0xe033
#define XEN_STACK 0xe02b

#define HYPERCALL_IRET 23
#define IN_SYSCALL 0x100 /* a flag for it: rcx and r11 do not matter */

#define VECTORS 20  /* 0 (division) to 19 (SIMD) */
#define TRAP_SIZE 4 /* bytes of code for each in trap.S */

#endif
