/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * heap.c: all memory that is left becomes one range of addresses, on first
 * use. Small machines (see entry.S): from the image's end to the end of
 * memory, then what is free below 640 KiB. Others: from the next large page
 * to the stack's memory, then what lies above 4 GiB, all by large pages.
 * Addresses are those of the memory where it ends below the windows of
 * boot.h, else they start at 1 GiB.
 *
 * Tables are taken from below 640 KiB. Memory is zero since the machine's
 * start but for what firmware has used: that below 640 KiB, and on machines
 * with a PC's firmware (those with PCI ports; SeaBIOS) the upper end below
 * 4 GiB, where it allocates downwards: a permanent zone of 16 MiB, and less
 * than that below it.
 */
#include <stdbool.h>
#include <uc/platform.h>

#include "lazy.h"

enum {
    PAGE = 4096,
    LOW_START = 0x10000,    /* small: heap up to the tables */
    SMALL_TABLES = 0x6c000, /* and these end at the stack's guard page */
    SMALL_TABLES_END = 0x6f000,
    LARGE_TABLES = 0x50000,
    LARGE_TABLES_END = 0x90000,
    GIB = 0x40000000,
    FIRMWARE_ZONES = 0x2000000,
    PCI_ADDRESS = 0xcf8,
};

static const uint32_t PCI_ENABLE = 0x80000000; /* can be read back */

static struct {
    uint64_t start, end;       /* of the heap, addresses */
    uint64_t table, table_end; /* memory for tables */
} heap;

static void clear(uint64_t p, uint64_t size)
{
    uint64_t words = size / 8;

    __asm__ volatile("rep stosq" : "+D"(p), "+c"(words) : "a"(0) : "memory");
}

/* The table that entry e points to, made if there is none; NULL: no room. */
static uint64_t *table(uint64_t *e)
{
    if (!*e) {
        uint64_t p = heap.table;
        if (p == heap.table_end)
            return NULL;
        heap.table += PAGE;
        uc_pt[p / PAGE] = p | PAGE_DATA | PAGE_NX;
        clear(p, PAGE);
        *e = p | PAGE_TABLE;
    }
    return (uint64_t *)(*e & -(uint64_t)PAGE);
}

/* Maps n pages of a size from p on at e, and at the heap's end. */
static uint64_t fill(uint64_t *e, uint64_t p, uint64_t n, uint64_t size,
                     uint64_t flags)
{
    heap.end += n * size;
    flags |= PAGE_NX;
    for (; n; n--, p += size)
        *e++ = p | flags;
    return p;
}

/* How many pages of a size, p to end, until the table is full. */
static uint64_t fitting(uint64_t p, uint64_t end, uint64_t size)
{
    uint64_t n = (end - p) / size, room = 512 - heap.end / size % 512;

    return n < room ? n : room;
}

/* Adds memory [p, end) to the heap: large pages where both are aligned. */
static void add(uint64_t p, uint64_t end)
{
    while (p + PAGE <= end) {
        uint64_t *e = table(&uc_pdpt[heap.end / GIB]), to = end;
        if (!e)
            return;
        e += heap.end / LARGE_PAGE % 512;
        if (!((heap.end | p) % LARGE_PAGE) && end - p >= LARGE_PAGE) {
            p = fill(e, p, fitting(p, end, LARGE_PAGE), LARGE_PAGE,
                     PAGE_LARGE_DATA);
            continue;
        }
        e = table(e);
        if (!e)
            return;
        e += heap.end / PAGE % 512;
        if (to - p > LARGE_PAGE - p % LARGE_PAGE)
            to = p + LARGE_PAGE - p % LARGE_PAGE;
        p = fill(e, p, fitting(p, to, PAGE), PAGE, PAGE_DATA);
    }
}

/* Clears what firmware may have used of the heap so far. */
static void clear_traces(void)
{
    uint64_t size = heap.end - heap.start;

    out32(PCI_ADDRESS, PCI_ENABLE);
    if (in32(PCI_ADDRESS) != PCI_ENABLE)
        return;
    if (size > FIRMWARE_ZONES)
        size = FIRMWARE_ZONES;
    clear(heap.end - size, size);
}

static void add_small(void)
{
    uint64_t low;

    heap.table = SMALL_TABLES;
    heap.table_end = SMALL_TABLES_END;
    heap.start = heap.end = (uint64_t)uc_image_end;
    add(heap.start, uc_ram_end);
    clear_traces();
    low = heap.end;
    add(LOW_START, SMALL_TABLES);
    clear(low, heap.end - low);
}

static void add_large(void)
{
    uint64_t p = ((uint64_t)uc_image_end + LARGE_PAGE - 1) & -LARGE_PAGE;
    const struct boot_info *info = boot_window(0, uc_boot_info);
    const struct memory_map_entry *m = boot_window(1, info->memory_map);

    heap.table = LARGE_TABLES;
    heap.table_end = LARGE_TABLES_END;
    heap.start = heap.end = uc_ram_end <= WINDOW_START ? p : GIB;
    add(p, uc_ram_end);
    clear_traces();
    if (heap.start == GIB)
        for (uint32_t i = 0; i < info->memory_map_entries; i++)
            if (m[i].type == 1 && m[i].start >> 32)
                add(m[i].start, m[i].start + m[i].size);
    boot_window_close();
}

void uc_plat_heap(char **base, size_t *size)
{
    bool large = uc_pd[STACK_LARGE_END / LARGE_PAGE - 1];

    if (CFG_LAZY) {
        uc_lazy_heap(base, size);
        return;
    }
    if (!heap.start) {
        if (large)
            add_large();
        else
            add_small();
    }
    *base = (char *)heap.start;
    *size = heap.end - heap.start;
}

char *uc_plat_stack_end(void)
{
    bool large = uc_pd[STACK_LARGE_END / LARGE_PAGE - 1];

    return (char *)(uint64_t)(large ? STACK_LARGE_END : STACK_SMALL_END);
}
