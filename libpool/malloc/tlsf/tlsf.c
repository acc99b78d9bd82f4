/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tlsf.c: two-level segregated fit, after Masmano, Ripoll, Crespo and Real,
 * "TLSF: a new dynamic memory allocator for real-time systems" (2004).
 *
 * Free blocks are listed by size class: 16 lists for each power of two,
 * found through two levels of bitmaps, so that malloc and free take constant
 * time. Neighbours of a freed block are merged at once: no two free blocks
 * touch.
 *
 * The free block at the end of the newest brk region, where there is one, is
 * in no list: it is used when no other fits, so that blocks which stay lie
 * side by side, and cutting the next one off costs little.
 *
 * A block begins with its size, a multiple of 16, whose low bits say whether
 * it and the block before it are free. `before` is valid only if that one is
 * free, and lies in its last word: a used block costs 8 bytes. A region ends
 * in a used block of size 0.
 *
 * Memory comes from brk, in steps that grow with the heap, and from mmap
 * when brk is used up. `dirty` is the end of what was ever handed out of the
 * brk region: beyond it, calloc has nothing to clear. What is cut off the free
 * block at the end does not move it: pass_top() does, before that block goes.
 * Blocks of this region that are in lists have been handed out once.
 */
#include <linux/errno.h>
#include <linux/mman.h>
#include <stdbool.h>
#include <stdint.h>
#include <uc/assert.h>
#include <uc/config.h>
#include <uc/malloc.h>
#include <uc/pool.h>
#include <uc/string.h>
#include <uc/sys.h>

#include "tlsf.h"

int *__errno_location(void);

struct tlsf uc_tlsf;
static char *brk_low, *brk_end; /* the newest brk region */
static char *dirty;
static size_t total;

static void *payload(struct block *b)
{
    return &b->next;
}

static struct block *block_of(void *p)
{
    return (struct block *)((char *)p - offsetof(struct block, next));
}

static void *no_memory(void)
{
    *__errno_location() = ENOMEM;
    return 0;
}

/* ---- blocks ---- */

/* Makes b, of the given size, a free block. Its neighbours are used. */
static void set_free(struct block *b, size_t size)
{
    b->size = size | FREE | (b->size & BEFORE_FREE);
    struct block *next = after(b);
    next->before = b;
    next->size |= BEFORE_FREE;
    if ((char *)next + MARK == brk_end)
        uc_tlsf.top = b;
    else
        list_add(b);
}

/* All before the block at the end has been handed out, and it has a head. */
static void pass_top(void)
{
    char *end = (char *)(uc_tlsf.top + 1);
    if (end > dirty)
        dirty = end;
}

/* The free block b is about to be used, or to become part of another. */
static void unlist(struct block *b)
{
    if (b == uc_tlsf.top) {
        pass_top();
        uc_tlsf.top = 0;
    } else {
        list_remove(b);
    }
}

static void set_used(struct block *b, size_t size)
{
    b->size = size | (b->size & BEFORE_FREE);
    after(b)->size &= ~(size_t)BEFORE_FREE;
}

/* Frees b, which is in no list, and merges it with its free neighbours. */
static void release(struct block *b)
{
    size_t size = size_of(b);
    struct block *next = after(b);
    if (next->size & FREE) {
        unlist(next);
        size += size_of(next);
    }
    if (b->size & BEFORE_FREE) {
        b = b->before;
        list_remove(b);
        size += size_of(b);
    }
    set_free(b, size);
}

/* Cuts the used block b down to size; what is left over becomes free. */
static void trim(struct block *b, size_t size)
{
    size_t rest = size_of(b) - size;
    if (rest < LEAST)
        return;
    b->size = size | (b->size & FLAGS);
    struct block *cut = after(b);
    cut->size = rest;
    release(cut);
}

/* b is handed out; whatever was cut off has its head behind it. */
static void mark_dirty(struct block *b)
{
    char *end = (char *)(after(b) + 1);
    if (end > brk_end)
        end = brk_end;
    if ((char *)b >= brk_low && (char *)b < brk_end && end > dirty)
        dirty = end;
}

/* ---- memory ---- */

/* Makes [p, p + n) a region; returns its only block, used. */
static struct block *new_region(char *p, size_t n)
{
    struct region *r = (struct region *)p;
    r->next = uc_tlsf.regions;
    uc_tlsf.regions = r;
    struct block *b = first_of(r);
    b->size = (n - FIRST - MARK) & ~(size_t)FLAGS;
    after(b)->size = 0;
    return b;
}

/* By brk; joins the region before if nobody moved the end meanwhile. */
static struct block *grow_brk(size_t n)
{
    char *now = (char *)uc_sys_brk(0);
    bool joined = now == brk_end && brk_end;
    if (!joined)
        now += -(uintptr_t)now & (ALIGN - 1);
    char *want = now + n;
    if (want < now || (char *)uc_sys_brk((long)want) != want)
        return 0;
    brk_end = want;
    if (!joined) {
        if (uc_tlsf.top)
            list_add(uc_tlsf.top);
        uc_tlsf.top = 0;
        brk_low = dirty = now;
        return new_region(now, n);
    }
    struct block *b = (struct block *)(now - MARK); /* the end mark */
    b->size |= n;
    after(b)->size = 0;
    if (!(b->size & BEFORE_FREE))
        return b;
    struct block *free_before = b->before;
    unlist(free_before);
    free_before->size += n;
    free_before->size &= ~(size_t)FREE;
    b->before = 0; /* fresh memory stays zero: see calloc */
    b->size = 0;
    return free_before;
}

static struct block *grow_mmap(size_t n)
{
    long p = uc_sys_mmap(0, (long)n, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p < 0 && p > -4096 ? 0 : new_region((char *)p, n);
}

static size_t step_for(size_t size)
{
    size_t step = total / 8;
    if (step < STEP_MIN)
        step = STEP_MIN;
    if (step > STEP_MAX)
        step = STEP_MAX;
    return step > size ? (step + PAGE - 1) & ~(size_t)(PAGE - 1) : size;
}

/* A used block of at least size, from new memory. */
static struct block *grow(size_t size)
{
    size_t need = (size + 2UL * ALIGN + PAGE - 1) & ~(size_t)(PAGE - 1);
    size_t step = step_for(need);
    struct block *b = grow_brk(step);
    if (!b && step > need)
        b = grow_brk(step = need);
    if (!b)
        b = grow_mmap(step);
    if (b)
        total += step;
    return b;
}

/* ---- the interface ---- */

/* One heap for all threads: who is in it is in the pool (uc/pool.h). */
static void lock(void)
{
    uc_enter();
}

static void unlock(void)
{
    uc_leave();
}

static size_t block_size(size_t n)
{
    size_t size = (n + HEAD + ALIGN - 1) & ~(size_t)(ALIGN - 1);
    return size < LEAST ? LEAST : size;
}

static bool too_large(size_t n)
{
    return n > ((size_t)1 << (FL_SHIFT + FL - 2));
}

/* Uses b, between used blocks, and frees what of it is left over. */
static void split(struct block *b, size_t size)
{
    size_t all = size_of(b);
    if (all - size < LEAST) {
        set_used(b, all);
        return;
    }
    b->size = size | (b->size & BEFORE_FREE);
    struct block *cut = after(b);
    cut->size = 0;
    set_free(cut, all - size);
}

/* The first of a list whose blocks have just this size. */
static struct block *pop(unsigned sl, size_t size)
{
    struct block *b = uc_tlsf.lists[0][sl], *next = b->next;
    uc_tlsf.lists[0][sl] = next;
    if (next)
        next->prev = 0;
    else if (!(uc_tlsf.sl_map[0] &= ~(1u << sl)))
        uc_tlsf.fl_map &= ~1u;
    b->size = size; /* what is before a free block is used */
    ((struct block *)((char *)b + size))->size &= ~(size_t)BEFORE_FREE;
    return b;
}

/*
 * A small block without a search: from the list of its size, or from the end if
 * no list has one that would do; or NULL. Most calls end here.
 */
static struct block *take_small(size_t size)
{
    unsigned sl = (unsigned)(size / ALIGN);
    uint32_t lists = uc_tlsf.sl_map[0] >> sl;
    if (lists & 1)
        return pop(sl, size);
    struct block *b = uc_tlsf.top;
    if ((lists | uc_tlsf.fl_map >> 1) || !b || b->size < size + LEAST)
        return 0;
    struct block *cut = (struct block *)((char *)b + size);
    cut->size = b->size - size; /* its flag with it: FREE, and no other */
    ((struct block *)(brk_end - MARK))->before = cut;
    b->size = size;
    uc_tlsf.top = cut;
    return b;
}

static struct block *take(size_t n)
{
    if (too_large(n))
        return 0;
    size_t size = block_size(n);
    struct block *b, *top = uc_tlsf.top;
    if (size < (size_t)1 << FL_SHIFT && (b = take_small(size)))
        return b;
    b = list_find(size);
    if (!b && top && size_of(top) >= size)
        b = top;
    if (b)
        unlist(b);
    else
        b = grow(size);
    if (!b)
        return 0;
    split(b, size);
    mark_dirty(b);
    return b;
}

void *malloc(size_t n)
{
    lock();
    struct block *b = n < SMALL ? take_small(block_size(n)) : 0;
    if (!b)
        b = take(n);
    unlock();
    return b ? payload(b) : no_memory();
}

void free(void *p)
{
    if (!p)
        return;
    struct block *b = block_of(p);
    uc_assert(!(b->size & FREE) && !((uintptr_t)p & (ALIGN - 1)));
    if (CFG_CHECK)
        memset(p, 0xdd, size_of(b) - HEAD);
    lock();
    release(b);
    unlock();
}

/*
 * Clears the payload of b. What lay beyond `was`, the end of what had been
 * handed out before, is zero but for our own words: the list's at the start
 * of a block that was free, and the `before` at its end.
 */
static void clear(struct block *b, size_t bytes, char *was)
{
    char *p = payload(b), *end = p + size_of(b) - HEAD;
    if (was < brk_low)
        was = brk_low;
    if (p < brk_low || end > brk_end || was >= end) {
        memset(p, 0, bytes);
        return;
    }
    if (was < p + 2 * sizeof(void *))
        was = p + 2 * sizeof(void *);
    memset(p, 0, (size_t)(was - p));
    after(b)->before = 0;
}

void *calloc(size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        return no_memory();
    lock();
    if (uc_tlsf.top)
        pass_top();
    char *was = dirty;
    struct block *b = take(bytes);
    if (b)
        clear(b, bytes, was);
    unlock();
    return b ? payload(b) : no_memory();
}

/* Cuts b so that a block begins whose payload is aligned; returns that one. */
static struct block *align_block(struct block *b, size_t align)
{
    uintptr_t p = (uintptr_t)payload(b);
    size_t gap = -p & (align - 1);
    if (!gap)
        return b;
    if (gap < LEAST)
        gap += align;
    size_t size = size_of(b) - gap;
    b->size = gap | (b->size & FLAGS);
    struct block *aligned = after(b);
    aligned->size = size;
    release(b);
    return aligned;
}

void *memalign(size_t align, size_t n)
{
    if (align <= ALIGN)
        return malloc(n);
    if (too_large(n) || too_large(align))
        return no_memory();
    lock();
    struct block *b = take(n + align + LEAST);
    if (b) {
        b = align_block(b, align);
        trim(b, block_size(n));
    }
    unlock();
    return b ? payload(b) : no_memory();
}

void *aligned_alloc(size_t align, size_t n)
{
    return memalign(align, n);
}

/* Takes in the free block after b, or new memory behind it. */
static bool widen(struct block *b, size_t size)
{
    struct block *next = after(b);
    bool free_next = next->size & FREE;
    size_t all = size_of(b) + (free_next ? size_of(next) : 0);
    if (all < size) {
        struct block *last = free_next ? after(next) : next;
        if ((char *)last + MARK != brk_end)
            return false;
        size_t step = step_for((size - all + PAGE - 1) & ~(size_t)(PAGE - 1));
        struct block *more = grow_brk(step);
        if (!more)
            return false;
        total += step;
        if (more != next) { /* somebody moved the end: a new region */
            release(more);
            return false;
        }
        all = size_of(b) + size_of(more);
    } else if (free_next) {
        unlist(next);
    }
    set_used(b, all);
    return true;
}

void *realloc(void *p, size_t n)
{
    if (!p)
        return malloc(n);
    if (too_large(n))
        return no_memory();
    struct block *b = block_of(p);
    size_t old = size_of(b), size = block_size(n);
    uc_assert(!(b->size & FREE));
    lock();
    bool done = size <= old || widen(b, size);
    if (done) {
        trim(b, size);
        mark_dirty(b);
    }
    unlock();
    if (done)
        return p;
    void *copy = malloc(n);
    if (!copy)
        return 0;
    memcpy(copy, p, old - HEAD);
    free(p);
    return copy;
}

size_t malloc_usable_size(void *p)
{
    return p ? size_of(block_of(p)) - HEAD : 0;
}
