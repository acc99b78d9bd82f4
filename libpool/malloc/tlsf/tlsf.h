/* SPDX-License-Identifier: BSD-2-Clause */
/* tlsf.h: the structure of the heap and its lists, for tlsf.c and its check. */
#ifndef UC_TLSF_H
#define UC_TLSF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    ALIGN = 16,
    HEAD = sizeof(size_t),     /* what a used block costs */
    MARK = 2 * sizeof(size_t), /* the block of no size at a region's end */
    FIRST = ALIGN - MARK,      /* where a region's blocks begin */
    LEAST = 32,                /* smallest block */
    SL_BITS = 4,               /* log2 of lists for each power of two */
    SL = 1 << SL_BITS,
    FL_SHIFT = SL_BITS + 4, /* below 1 << FL_SHIFT, classes are linear */
    SMALL = (1 << FL_SHIFT) - HEAD - ALIGN, /* whose blocks surely are */
    /* blocks up to 2^(FL_SHIFT + FL - 1) */
    FL = sizeof(size_t) == 8 ? 32 : 24,
    PAGE = 4096,
    STEP_MIN = 32 << 10, /* growth, at least */
    STEP_MAX = 1 << 20,  /* and at most, unless more is asked for */
};
enum {
    FREE = 1,
    BEFORE_FREE = 2,
    FLAGS = 15
};

struct block {
    struct block *before;      /* in the block before; valid if free */
    size_t size;               /* with flags; from here to the next block's */
    struct block *next, *prev; /* in the list, while free */
};

/* At the start of each region, before its first block's `size`. */
struct region {
    struct region *next;
};

struct tlsf {
    struct block *lists[FL][SL];
    uint32_t fl_map, sl_map[FL]; /* which lists have a block */
    struct block *top; /* free, in no list: at the end of brk; or NULL */
    struct region *regions;
};
extern struct tlsf uc_tlsf;

static inline size_t size_of(const struct block *b)
{
    return b->size & ~(size_t)FLAGS;
}

static inline struct block *after(struct block *b)
{
    return (struct block *)((char *)b + size_of(b));
}

static inline void class_of(size_t size, unsigned *fl, unsigned *sl)
{
    if (size < (size_t)1 << FL_SHIFT) {
        *fl = 0;
        *sl = (unsigned)(size / ALIGN);
        return;
    }
    unsigned top = 63 - (unsigned)__builtin_clzll(size);
    *fl = top - FL_SHIFT + 1;
    *sl = (unsigned)(size >> (top - SL_BITS)) & (SL - 1);
}

/* ---- the lists ---- */

static inline void list_add(struct block *b)
{
    unsigned fl, sl;
    class_of(size_of(b), &fl, &sl);
    struct block *head = uc_tlsf.lists[fl][sl];
    b->next = head;
    b->prev = 0;
    if (head)
        head->prev = b;
    uc_tlsf.lists[fl][sl] = b;
    uc_tlsf.fl_map |= 1u << fl;
    uc_tlsf.sl_map[fl] |= 1u << sl;
}

static inline void list_remove(struct block *b)
{
    unsigned fl, sl;
    if (b->next)
        b->next->prev = b->prev;
    if (b->prev) {
        b->prev->next = b->next;
        return;
    }
    class_of(size_of(b), &fl, &sl);
    uc_tlsf.lists[fl][sl] = b->next;
    if (b->next)
        return;
    uc_tlsf.sl_map[fl] &= ~(1u << sl);
    if (!uc_tlsf.sl_map[fl])
        uc_tlsf.fl_map &= ~(1u << fl);
}

/* A free block of at least size, from the first class all of whose fit. */
static inline struct block *list_find(size_t size)
{
    unsigned fl, sl;
    if (size >= (size_t)1 << FL_SHIFT) {
        unsigned top = 63 - (unsigned)__builtin_clzll(size);
        size += ((size_t)1 << (top - SL_BITS)) - 1;
    }
    class_of(size, &fl, &sl);
    if (fl >= FL)
        return 0;
    uint32_t map = uc_tlsf.sl_map[fl] & ~0u << sl;
    if (!map) {
        map = fl + 1 < FL ? uc_tlsf.fl_map & ~0u << (fl + 1) : 0;
        if (!map)
            return 0;
        fl = (unsigned)__builtin_ctz(map);
        map = uc_tlsf.sl_map[fl];
    }
    return uc_tlsf.lists[fl][__builtin_ctz(map)];
}

/* ---- regions ---- */

/* Its payload, like all that follow it, is aligned. */
static inline struct block *first_of(struct region *r)
{
    return (struct block *)((char *)r + FIRST);
}

/* Walks everything; false if the structure is damaged. */
bool uc_tlsf_check(void);

#endif
