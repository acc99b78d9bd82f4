/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lazy.c: a heap that is larger than memory, for programs with threads: each
 * has a large stack and uses little of it. A page gets memory when it is first
 * touched, zeroed, and gives it back when it is freed. Page tables come from
 * the same memory. What is free again is a list through its first words.
 *
 * Nothing here may use vector registers, as faults do not keep them.
 */
#include "lazy.h"

#include <linux/errno.h>
#include <uc/platform.h>

#include "interrupt.h"
#include "tables.h"

#define PLAIN __attribute__((target("general-regs-only")))

enum {
    FAULT_PRESENT = 1, /* in the error code */
    PAGE_FAULT = 14,
    LOW_START = 0x10000, /* memory that PC firmware leaves alone */
    LOW_END = 0x6c000,
    LOW_END_LARGE = 0x90000, /* with the stack elsewhere */
    AREAS = 16,
    OUT_OF_MEMORY = 137, /* as a shell shows SIGKILL */
};

static const uint64_t heap_start = (uint64_t)1 << 30;
static const uint64_t heap_size = (uint64_t)64 << 30;

static struct {
    uint64_t next, end;
} areas[AREAS]; /* memory that was never used */
/* Touching memory changes them, which the compiler cannot know. */
static volatile uint64_t free_list, available;
static uint64_t total;

/* ---- memory ---- */

static void add_area(uint64_t p, uint64_t end)
{
    static int n;

    p = (p + PAGE - 1) & -(uint64_t)PAGE;
    end &= -(uint64_t)PAGE;
    if (p >= end || n == AREAS)
        return;
    areas[n].next = p;
    areas[n++].end = end;
    total += end - p;
}

PLAIN static uint64_t fresh(void)
{
    for (int i = 0; i < AREAS; i++) {
        if (areas[i].next == areas[i].end)
            continue;
        areas[i].next += PAGE;
        return areas[i].next - PAGE;
    }
    return 0;
}

/* Gives the page that is seen at p through entry e memory, zeroed. */
PLAIN static bool back(uint64_t *e, uint64_t *p, uint64_t flags)
{
    uint64_t memory = free_list ? free_list : fresh(), words = PAGE / 8;

    if (!memory)
        return false;
    *e = memory | flags;
    if (memory == free_list)
        free_list = *p;
    available -= PAGE;
    __asm__ volatile("rep stosq" : "+D"(p), "+c"(words) : "a"(0) : "memory");
    return true;
}

/* ---- tables ---- */

PLAIN bool uc_lazy_has(uint64_t v)
{
    return v - heap_start < heap_size;
}

PLAIN static bool has_tables(uint64_t v)
{
    return uc_pdpt[v >> GIB_SHIFT] && large_pages[v / LARGE_PAGE];
}

/* Tables for v, if there is memory. */
PLAIN static bool tables_for(uint64_t v)
{
    uint64_t *gib = &uc_pdpt[v >> GIB_SHIFT];
    uint64_t *large = &large_pages[v / LARGE_PAGE];

    if (!*gib && !back(gib, &large_pages[v >> GIB_SHIFT << 9], PAGE_TABLE))
        return false;
    return *large || back(large, &pages[v / LARGE_PAGE << 9], PAGE_TABLE);
}

PLAIN bool uc_lazy_fault(uint64_t v, uint64_t error)
{
    uint64_t *e = &pages[v / PAGE];

    if (!uc_lazy_has(v) || error & FAULT_PRESENT)
        return false;
    if (tables_for(v)) {
        uint64_t was = *e;
        if (was & ~(uint64_t)PAGE_READ_ONLY)
            return false;
        if (back(e, (uint64_t *)(v & -(uint64_t)PAGE), PAGE_DATA | PAGE_NX)) {
            if (was) { /* it has been written to, with what it could */
                *e &= ~(uint64_t)PAGE_WRITE;
                cpu_flush_page(v);
            }
            return true;
        }
    }
    static const char message[] = "\nunicore: out of memory\n";
    uc_plat_console_write(message, sizeof message - 1);
    uc_plat_exit(OUT_OF_MEMORY);
}

/* ---- the heap ---- */

static void trap_here(void)
{
    struct {
        uint16_t limit;
        uint64_t *gates;
    } __attribute__((packed)) idt;
    uint64_t p = (uint64_t)uc_lazy_trap;

    __asm__ volatile("sidt %0" : "=m"(idt));
    uint64_t *gate = idt.gates + 2 * PAGE_FAULT;
    gate[0] = (gate[0] & 0x0000ffffffff0000) | (p & 0xffff) |
              (p >> 16 & 0xffff) << 48;
    /* the monitor's selector means nothing in our table: iretq checks it */
    __asm__ volatile("mov %0, %%ss" ::"r"(0));
}

/* Memory below 640 KiB ends earlier where firmware has its data in there. */
static void add_low(const struct memory_map_entry *m, uint64_t end)
{
    if (m->start > LOW_START || m->start + m->size <= LOW_START)
        return;
    if (end > m->start + m->size)
        end = m->start + m->size;
    add_area(LOW_START, end);
}

static void add_all(bool large)
{
    const struct boot_info *info = boot_window(0, uc_boot_info);
    const struct memory_map_entry *m = boot_window(1, info->memory_map);

    add_area((uint64_t)uc_image_end, uc_ram_end);
    for (uint32_t i = 0; i < info->memory_map_entries; i++, m++) {
        if (m->type == MEMORY_APART || (m->type == 1 && m->start >> 32))
            add_area(m->start, m->start + m->size);
        else if (m->type == 1)
            add_low(m, large ? LOW_END_LARGE : LOW_END);
    }
    boot_window_close();
}

void uc_lazy_heap(char **base, size_t *size)
{
    if (!total) {
        tables_open();
        add_all(uc_pd[STACK_LARGE_END / LARGE_PAGE - 1]);
        available = total;
        trap_here();
    }
    *base = (char *)heap_start;
    *size = heap_size;
}

int uc_lazy_protect(uint64_t v, uint64_t end, uint64_t flags)
{
    uint64_t empty = flags == PAGE_NX                    ? PAGE_CLOSED
                     : flags == (PAGE_NX | PAGE_PRESENT) ? PAGE_READ_ONLY
                                                         : 0;

    while (v < end) {
        uint64_t next = (v | (LARGE_PAGE - 1)) + 1, *e = &pages[v / PAGE];
        bool untouched = !has_tables(v);
        if (next > end)
            next = end;
        if (!(untouched && !empty)) { /* what is not there is open */
            if (untouched && !tables_for(v))
                return -ENOMEM;
            for (; v < next; v += PAGE, e++)
                *e = *e & ADDRESS ? (*e & ADDRESS) | flags : empty;
        }
        v = next;
    }
    cpu_flush_pages();
    return 0;
}

void uc_plat_release(char *p, size_t n)
{
    uint64_t v = (uint64_t)p, end = v + n;

    for (; v < end; v += PAGE) {
        uint64_t *e = &pages[v / PAGE], memory;
        if (!has_tables(v))
            continue;
        memory = *e & ADDRESS;
        if (memory) {
            *e = memory | PAGE_DATA | PAGE_NX;
            cpu_flush_page(v);
            *(uint64_t *)v = free_list;
            free_list = memory;
            available += PAGE;
        }
        *e = 0;
        cpu_flush_page(v);
    }
}

bool uc_plat_has_memory(const char *p)
{
    uint64_t v = (uint64_t)p;

    return has_tables(v) && pages[v / PAGE] & ADDRESS;
}

void uc_plat_memory(uint64_t *all, uint64_t *left)
{
    *all = total;
    *left = available;
}
