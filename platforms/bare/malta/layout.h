/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * layout.h: where things are in memory, for C and assembly. The program has
 * the lower half of the addresses and sees there what the page tables say. The
 * upper half is the processor's own view of the first 512 MiB, for its kernel
 * mode only: KERNEL through the cache, KERNEL_DEVICE past it.
 */
#ifndef UC_LAYOUT_H
#define UC_LAYOUT_H

#define KERNEL 0x80000000
#define KERNEL_DEVICE 0xa0000000

/* physical */
#define IMAGE_START 0x100000 /* where it is seen, too; as image.lds has it */
#define LONG_TEXT 0x4000     /* free memory below it: a long command line */
#define LONG_TEXT_MOST 0x1e000
#define DEVICE_PORTS 0x18000000 /* the PC's */
#define SOFT_RESET 0x1f000500

/* seen */
#define TEXT_START 0xc0000 /* the command line; pages, up to TEXT_END */
#define TEXT_END 0xe0000
#define PORTS 0xff000
#define HEAP_START 0x10000000
#define HEAP_SIZE 0x40000000
#define DEVICES_START 0x60000000
#define DEVICES_END 0x68000000
#define STACK_END 0x7fff0000
#define STACK_LEAST 0x20000 /* on machines with less than 16 MiB */
#define STACK_MOST 0x800000

/*
 * Entries of page tables are what the TLB takes (EntryLo). Those that are not
 * valid are ours to use.
 */
#define PAGE_VALID 2
#define PAGE_WRITE 4
#define PAGE_CACHED 0x18
#define PAGE_NX 0x40000000
#define PAGE_CODE (PAGE_VALID | PAGE_CACHED)
#define PAGE_CONSTANT (PAGE_CODE | PAGE_NX)
#define PAGE_DATA (PAGE_CONSTANT | PAGE_WRITE)
#define PAGE_DEVICE 0x40000016 /* not cached */
#define PAGE_SHIFT 6           /* of a physical address to the right */

/* Bits of the register Status. */
#define STATUS_INTERRUPTS 1
#define STATUS_EXCEPTION 2
#define STATUS_USER 0x10
#define STATUS_LINES 0x8400     /* the timer, and all devices */
#define STATUS_UNITS 0x30000000 /* floating point; CP0, in user mode too */

/* struct trap, registers.h */
#define TRAP_HI 128
#define TRAP_LO 132
#define TRAP_PC 136
#define TRAP_STATE 140
#define TRAP_CAUSE 144
#define TRAP_ADDRESS 148
#define TRAP_SIZE 152

#endif
