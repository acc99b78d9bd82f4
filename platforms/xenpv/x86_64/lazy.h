/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.h: pages that have memory once they are touched (lazy.c): the stack's
 * and, right above it, the heap's.
 */
#ifndef UC_LAZY_H
#define UC_LAZY_H

#include <stdbool.h>

#include "tables.h"

#define HEAP_SIZE ((uint64_t)64 << GIB_SHIFT)

/* Flags of an entry without memory: what is to happen when it is touched. */
#define PAGE_CLOSED 0x200    /* nothing: it is an error */
#define PAGE_READ_ONLY 0x400 /* it may be read only */
/*
 * Closed, but it has memory: CLOSED[v / PAGE] has its address, or the number of
 * its frame (below). The entry itself
 * may not, as some processors read ahead from where one that is not present
 * leads to (L1TF): Xen stops a guest that has such an entry. Lies behind the
 * heap, and its pages come when they are touched, too.
 */
#define PAGE_KEPT 0x800
#define CLOSED ((uint64_t *)(STACK_END + HEAP_SIZE))
#define CLOSED_SIZE ((STACK_END + HEAP_SIZE) / PAGE * 8)

/*
 * The mirror: entry n is that of page n, to be read, where there is a table for
 * it; and tables[n] is 0, or tells where that of pages 512 * n and on is, if
 * there is any table of its GiB.
 */
#define MIRROR_GIB ((uint64_t)127)
static const uint64_t *const pages =
    (const uint64_t *)(MIRROR_GIB << GIB_SHIFT);
static const uint64_t *const tables = (const uint64_t *)TABLES;

/* The stack is an eighth of memory, up to 8 MiB. */
PLAIN static inline bool is_lazy(uint64_t v)
{
    uint64_t stack = INFO->nr_pages * (PAGE / 8);

    if (stack > STACK_MOST)
        stack = STACK_MOST;
    return v - (STACK_END - stack) < stack + HEAP_SIZE + CLOSED_SIZE;
}

/*
 * With CFG_SUSPEND the builder's list keeps its order, as the host reads it:
 * a frame of it that was in use and is free has this bit. Xen's table says
 * where in it a machine frame is.
 */
#define FRAME_FREE ((uint64_t)1 << 63)
PLAIN static inline uint64_t frame_number(uint64_t frame)
{
    return machine_to_phys_mapping[frame];
}

/* What lazy.c has of machine frames, for whom the domain gets others. */
void uc_lazy_translate(uint64_t (*to)(uint64_t frame));
extern volatile uint64_t uc_lazy_taken, uc_lazy_released; /* in the list */

/* The machine address of the memory of the page at v; 0: it has none. */
uint64_t uc_lazy_memory(uint64_t v);

bool uc_lazy_has_table(uint64_t v);
bool uc_lazy_make_table(uint64_t v); /* false: no memory for it */

/*
 * Entries that are to change, in one call. Starts with n = 0 and no more: to
 * clear all of it would take memset, which keeps no vector registers.
 */
struct batch {
    unsigned n;
    struct mmu_update updates[32];
};

PLAIN static inline void batch_end(struct batch *b)
{
    if (b->n)
        uc_hypercall((long)b->updates, b->n, 0, DOMID_SELF, 0,
                     __HYPERVISOR_mmu_update);
    b->n = 0;
}

/* The entry of the page at v, which has a table here. */
PLAIN static inline void batch_put(struct batch *b, uint64_t v, uint64_t entry)
{
    struct mmu_update *u = &b->updates[b->n++];

    u->ptr = (tables[v >> LARGE_SHIFT] & ADDRESS) + (v >> PAGE_SHIFT) % 512 * 8;
    u->val = entry;
    if (b->n == sizeof b->updates / sizeof *b->updates)
        batch_end(b);
}

/* Entries that could do more than they can now are forgotten. */
void uc_lazy_flush(void);

/* False: it is a fault of the program. */
bool uc_lazy_fault(uint64_t error);

#endif
