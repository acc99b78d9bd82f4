/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.h: the memory that the machine has, and the tables that entry.S left.
 */
#ifndef UC_BOOT_H
#define UC_BOOT_H

#include <stddef.h>
#include <stdint.h>

#include "cpu.h"
#include "layout.h"

_Noreturn void uc_boot(void); /* from entry.S, on the stack of faults */
/* <arch>/entry.S: uc_line_start, on the stack that ends there */
_Noreturn void uc_boot_on(uintptr_t stack_end);

/* Says what is wrong with the machine, and stops it. */
_Noreturn void uc_boot_fail(const char *why, size_t n);
#define UC_BOOT_FAIL(why) uc_boot_fail(why "\n", sizeof why)

/* Of the memory that the image is in: its end, without what was taken. */
extern uint64_t uc_ram_end;

struct memory {
    uint64_t start, end;
};

enum {
    MEMORY_PIECES = 8, /* more are not used */
};

/* memory.c: what there is besides, whole pages, in `to`; how many. */
unsigned uc_memory_more(struct memory to[MEMORY_PIECES]);

/*
 * All addresses of memory and devices are counted as if the image's memory were
 * at RAM_START, which it need not be: those that the machine tells are made so,
 * and table entries and devices are told what it is (tables.h).
 */
static inline uint64_t counted(uint64_t physical)
{
    return physical - RAM_SHIFT;
}

/* Memory that ends there, and starts with the image, ends at the tree. */
static inline uint64_t memory_end(uint64_t end)
{
    uint64_t tree = TREE;

    return tree > IMAGE_START && tree < end ? tree : end;
}

extern uint64_t uc_l1[512], uc_l2[512], uc_l3[];
extern char uc_image_end[];

/* The entry of the large page at v, in the GiB that we map. */
static inline uint64_t *large_entry(uintptr_t v)
{
    return &uc_l2[(v - RAM_START) / LARGE_PAGE];
}

/* The entry of a page at v, where the tables of the image reach. */
static inline uint64_t *small_entry(uintptr_t v)
{
    return &uc_l3[(v - RAM_START) / 4096];
}

#endif
