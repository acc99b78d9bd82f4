/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.c: pages get memory when they are first touched, zeroed, and give it
 * back when they are freed. Page tables come from the same memory. The list of
 * frames that the domain builder has left is, behind what it has placed itself,
 * a stack of those that are free. If the domain may be suspended, it is kept as
 * it is: those before uc_lazy_taken are in use unless they are marked.
 *
 * What a table has can only be read where it is mapped, and no table of free
 * memory is: so each of those made here is seen, read-only, in the mirror.
 */
#include "lazy.h"

#include <uc/platform.h>

enum {
    FAULT_PRESENT = 1,   /* in the error code */
    GIBS = 66,           /* of the stack, the heap, and CLOSED */
    OUT_OF_MEMORY = 137, /* as a shell shows SIGKILL */
};

/* Frames are machine frames, but for this number: of those that are free. */
volatile uint64_t uc_lazy_taken, uc_lazy_released;
/* Tables: of GiB n; of its part of the mirror, and of the mirror's GiB. */
static uint64_t gib_tables[GIBS], mirror_tables[GIBS], mirror;

PLAIN static uint64_t all(void)
{
    return INFO->nr_pages - uc_frames_used;
}

PLAIN static uint64_t in_use(void)
{
    return uc_lazy_taken - (CFG_SUSPEND ? uc_lazy_released : 0);
}

/* One that is marked, from where the last one was; there are some. */
PLAIN static uint64_t take_marked(void)
{
    static uint64_t at;
    uint64_t *frame;

    do {
        if (at >= uc_lazy_taken)
            at = 0;
        frame = &FRAMES[uc_frames_used + at++];
    } while (!(*frame & FRAME_FREE));
    uc_lazy_released--;
    return *frame &= ~FRAME_FREE;
}

/* 0: none is free. */
PLAIN static uint64_t take(void)
{
    if (CFG_SUSPEND && uc_lazy_released)
        return take_marked();
    return uc_lazy_taken < all() ? FRAMES[uc_frames_used + uc_lazy_taken++] : 0;
}

static void give_back(uint64_t frame)
{
    if (CFG_SUSPEND) {
        FRAMES[frame_number(frame)] |= FRAME_FREE;
        uc_lazy_released++;
    } else {
        FRAMES[uc_frames_used + --uc_lazy_taken] = frame;
    }
}

PLAIN static void clear(uint64_t v)
{
    uint64_t words = PAGE / 8;

    __asm__ volatile("rep stosq" : "+D"(v), "+c"(words) : "a"(0) : "memory");
}

/* ---- tables ---- */

/* Entry n of a table becomes a new one: its machine frame, 0: no memory. */
PLAIN static uint64_t new_table(uint64_t table, uint64_t n)
{
    uint64_t frame = take();

    if (frame) {
        set_page(WINDOW_PAGE, frame << PAGE_SHIFT | PAGE_DATA);
        clear(WINDOW_PAGE);
        set_page(WINDOW_PAGE, 0);
        set_entry(table, n, frame << PAGE_SHIFT | PAGE_TABLE);
    }
    return frame;
}

PLAIN bool uc_lazy_has_table(uint64_t v)
{
    return mirror_tables[v >> GIB_SHIFT] && tables[v >> LARGE_SHIFT];
}

PLAIN bool uc_lazy_make_table(uint64_t v)
{
    uint64_t gib = v >> GIB_SHIFT, n = v >> LARGE_SHIFT, frame;

    if (!mirror)
        mirror = new_table(uc_top, MIRROR_GIB);
    if (!gib_tables[gib])
        gib_tables[gib] = gib ? new_table(uc_top, gib) : uc_low;
    if (!mirror || !gib_tables[gib])
        return false;
    if (!mirror_tables[gib]) {
        frame = new_table(mirror, gib);
        if (!frame)
            return false;
        set_page(TABLES + gib * PAGE, frame << PAGE_SHIFT | PAGE_CONSTANT);
        mirror_tables[gib] = frame;
    }
    frame = new_table(gib_tables[gib], n % 512);
    if (frame)
        set_entry(mirror_tables[gib], n % 512,
                  frame << PAGE_SHIFT | PAGE_CONSTANT);
    return frame;
}

/* ---- touching ---- */

/*
 * How many pages get memory at once: pages that are touched one after another
 * are likely to go on so. At most an eighth more than are touched, and one by
 * one when half of memory is in use.
 */
PLAIN static unsigned how_many(uint64_t v)
{
    enum {
        MOST = 32
    };
    static uint64_t next, run;
    uint64_t n;

    run = v == next ? run : 0;
    n = 1 + run / 8;
    if (n > MOST)
        n = MOST;
    if (in_use() > all() / 2)
        n = 1;
    run += n;
    next = v + n * PAGE;
    return (unsigned)n;
}

/* Memory for the empty page at v, and others behind it; false: there is none.
 */
PLAIN static bool back(uint64_t v)
{
    struct batch b;
    unsigned n = how_many(v);
    uint64_t end = v, frame;

    b.n = 0;
    for (; n && (end == v || end % LARGE_PAGE) && !pages[end >> PAGE_SHIFT];
         n--, end += PAGE) {
        frame = take();
        if (!frame)
            break;
        batch_put(&b, end, frame << PAGE_SHIFT | PAGE_DATA);
    }
    batch_end(&b);
    if (end == v)
        return false;
    for (; v < end; v += PAGE)
        clear(v);
    return true;
}

/* Memory for the page at v, which may be read only; it is there already. */
PLAIN static bool back_constant(uint64_t v)
{
    uint64_t frame = take();

    if (!frame)
        return false;
    set_page(v, frame << PAGE_SHIFT | PAGE_DATA);
    clear(v);
    set_page(v, frame << PAGE_SHIFT | PAGE_CONSTANT);
    return true;
}

PLAIN bool uc_lazy_fault(uint64_t error)
{
    uint64_t v = uc_xen_shared()->vcpu_info[0].arch.cr2 & -(uint64_t)PAGE, was;

    if (!is_lazy(v) || error & FAULT_PRESENT)
        return false;
    if (uc_lazy_has_table(v) || uc_lazy_make_table(v)) {
        was = pages[v >> PAGE_SHIFT];
        if (was & ~(uint64_t)PAGE_READ_ONLY)
            return false;
        if (was ? back_constant(v) : back(v))
            return true;
    }
    static const char message[] = "\nunicore: out of memory\n";
    uc_plat_console_write(message, sizeof message - 1);
    uc_plat_exit(OUT_OF_MEMORY);
}

/* ---- the heap ---- */

void uc_plat_memory(uint64_t *total, uint64_t *left)
{
    *total = all() << PAGE_SHIFT;
    *left = (all() - in_use()) << PAGE_SHIFT;
}

uint64_t uc_lazy_memory(uint64_t v)
{
    uint64_t entry = pages[v >> PAGE_SHIFT];

    if (!(entry & PAGE_KEPT))
        return entry & ADDRESS;
    uint64_t kept = CLOSED[v >> PAGE_SHIFT];
    return CFG_SUSPEND ? FRAMES[kept] << PAGE_SHIFT : kept;
}

bool uc_plat_has_memory(const char *p)
{
    uint64_t v = (uint64_t)p;

    return uc_lazy_has_table(v) && uc_lazy_memory(v);
}

void uc_lazy_flush(void)
{
    struct mmuext_op op = {.cmd = MMUEXT_TLB_FLUSH_LOCAL};

    uc_hypercall((long)&op, 1, 0, DOMID_SELF, 0, __HYPERVISOR_mmuext_op);
}

/*
 * The frames become free when nothing maps them any more: a touch of the stack
 * on the way takes others.
 */
static void release(uint64_t v, uint64_t end)
{
    uint64_t frames[32], n = 0;
    struct batch b;

    b.n = 0;
    for (; v < end; v += PAGE) {
        uint64_t frame = uc_lazy_memory(v) >> PAGE_SHIFT;
        if (frame)
            frames[n++] = frame;
        if (pages[v >> PAGE_SHIFT])
            batch_put(&b, v, 0);
    }
    batch_end(&b);
    uc_lazy_flush();
    while (n)
        give_back(frames[--n]);
}

void uc_plat_release(char *p, size_t n)
{
    uint64_t v = (uint64_t)p, end = v + n, next;

    for (; v < end; v = next) {
        next = (v | (32 * PAGE - 1)) + 1;
        if (next > end)
            next = end;
        if (uc_lazy_has_table(v))
            release(v, next);
        else
            next = (v | (LARGE_PAGE - 1)) + 1;
    }
}

void uc_lazy_translate(uint64_t (*to)(uint64_t frame))
{
    mirror = to(mirror);
    for (int i = 0; i < GIBS; i++) {
        gib_tables[i] = to(gib_tables[i]);
        mirror_tables[i] = to(mirror_tables[i]);
    }
}
