/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.c: a page of the heap gets memory when it is first touched, zeroed, and
 * gives it back when it is freed; the heap is larger than memory, for programs
 * with threads: each has a large stack and uses little of it. Page tables come
 * from the same memory. What is free again is a list through its first words.
 * The stack's pages are seen in the same way, but its memory is set aside.
 *
 * All of memory that is used is in reach of kernel mode.
 */
#include "lazy.h"

#include <linux/errno.h>
#include <uc/platform.h>

#include "tables.h"
#include "trap.h"

enum {
    OUT_OF_MEMORY = 137, /* as a shell shows SIGKILL */
};

/* Changed between any two instructions that touch memory. */
static volatile uint32_t used; /* of memory behind the image, from its start */
static volatile uint32_t free_list, free_size;
static volatile uintptr_t heap_size; /* 0: nobody has asked for it yet */

/* ---- memory ---- */

static uint32_t all(void)
{
    return uc_ram_end - (uintptr_t)uc_image_end;
}

/* A page, zeroed; 0: there is no more. */
static uint32_t take(void)
{
    uint32_t memory = free_list;

    if (memory) {
        free_list = *(uint32_t *)(memory | KERNEL);
        free_size -= PAGE;
    } else if (used < all()) {
        memory = (uintptr_t)uc_image_end + used;
        used += PAGE;
    } else {
        return 0;
    }
    cpu_clear((void *)(memory | KERNEL), PAGE);
    return memory;
}

/* ---- touched ---- */

bool uc_lazy_has(uintptr_t v)
{
    return v - HEAP_START < heap_size;
}

bool uc_lazy_table(uintptr_t v)
{
    uint32_t **table = &uc_directory[v >> TABLE_SHIFT];

    if (!*table) {
        uint32_t memory = take();
        *table = memory ? (uint32_t *)(memory | KERNEL) : NULL;
    }
    return *table;
}

/* May it be done now? The TLB had what was in the table before. */
static bool is_allowed(uint32_t e, unsigned error)
{
    return e & PAGE_VALID && (!(error & FAULT_WRITE) || e & PAGE_WRITE) &&
           (!(error & FAULT_FETCH) || !(e & PAGE_NX));
}

/* A page's entry from now on; 0: there is no memory. */
static uint32_t backed(uintptr_t v, uint32_t e)
{
    uint32_t memory;

    if (!uc_lazy_has(v)) /* the stack */
        return entry(uc_ram_end + (v - (STACK_END - uc_stack_size)), PAGE_DATA);
    memory = take();
    return memory
               ? entry(memory, e & PAGE_WILL_READ ? PAGE_CONSTANT : PAGE_DATA)
               : 0;
}

bool uc_lazy_fault(uintptr_t v, unsigned error)
{
    if (v >= KERNEL)
        return false;
    uint32_t *e = entry_of(v), now = 0;
    v &= -(uintptr_t)PAGE;
    if (e && is_allowed(*e, error)) {
        uc_flush_page(v);
        return true;
    }
    if ((e && *e & ~(uint32_t)PAGE_WILL_READ) ||
        !(uc_lazy_has(v) || v - (STACK_END - uc_stack_size) < uc_stack_size))
        return false;
    if (uc_lazy_table(v)) {
        e = entry_of(v);
        now = backed(v, *e);
    }
    if (now) {
        *e = now;
        uc_flush_page(v);
        return true;
    }
    static const char message[] = "\nunicore: out of memory\n";
    uc_plat_console_write(message, sizeof message - 1);
    uc_plat_exit(OUT_OF_MEMORY);
}

/* ---- the heap ---- */

void uc_plat_heap(char **base, size_t *size)
{
    heap_size = HEAP_SIZE;
    *base = (char *)HEAP_START;
    *size = HEAP_SIZE;
}

int uc_lazy_protect(uintptr_t v, uintptr_t end, uint32_t flags)
{
    uint32_t empty = !(flags & PAGE_VALID)   ? PAGE_CLOSED
                     : !(flags & PAGE_WRITE) ? PAGE_WILL_READ
                                             : 0;

    while (v < end) {
        uintptr_t to = ((v >> TABLE_SHIFT) + 1) << TABLE_SHIFT;
        uint32_t *e = entry_of(v);
        if (to > end)
            to = end;
        if (e || empty) { /* what is not there is open */
            if (!e && !uc_lazy_table(v))
                return -ENOMEM;
            for (e = entry_of(v); v < to; v += PAGE, e++)
                *e = *e & ADDRESS ? (*e & ADDRESS) | flags : empty;
        }
        v = to;
    }
    cpu_flush_pages();
    return 0;
}

void uc_plat_release(char *p, size_t n)
{
    uintptr_t v = (uintptr_t)p, end = v + n;
    uint32_t was = kernel_begin();

    for (; v < end; v += PAGE) {
        uint32_t *e = entry_of(v);
        if (!e)
            continue;
        uint32_t memory = physical(*e);
        if (memory) {
            *(uint32_t *)(memory | KERNEL) = free_list;
            free_list = memory;
            free_size += PAGE;
        }
        *e = 0;
        uc_flush_page(v);
    }
    kernel_end(was);
}

bool uc_plat_has_memory(const char *p)
{
    uint32_t was = kernel_begin();
    uint32_t *e = entry_of((uintptr_t)p);
    bool has = e && *e & ADDRESS;

    kernel_end(was);
    return has;
}

void uc_plat_memory(uint64_t *total, uint64_t *left)
{
    *total = all();
    *left = all() - used + free_size;
}
