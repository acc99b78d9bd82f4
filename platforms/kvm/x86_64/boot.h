/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.h: what the monitor tells, and the tables that entry.S left. The
 * information is where the monitor put it, anywhere below 4 GiB; it is seen
 * through windows, read-only, until boot_window_close().
 */
#ifndef UC_BOOT_H
#define UC_BOOT_H

#include <stddef.h>
#include <stdint.h>

#include "cpu.h"
#include "layout.h"

struct boot_info {
    uint32_t magic, version, flags, modules;
    uint64_t module_list, command_line, rsdp, memory_map;
    uint32_t memory_map_entries, reserved;
};

struct memory_map_entry {
    uint64_t start, size;
    uint32_t type, reserved;
};

#define PAGE_NX ((uint64_t)1 << 63)

extern const uint32_t uc_boot_info, uc_ram_end;

extern uint64_t uc_pml4[512], uc_pdpt[512], uc_pd[512], uc_pt[];
extern char uc_image_end[];

/* Two large pages in place n: at least 2 MiB from p on. NULL for 0. */
static inline const void *boot_window(int n, uint64_t p)
{
    uint64_t *entry = uc_pd + WINDOW_START / LARGE_PAGE + 2 * n;
    uint64_t start = p & -(uint64_t)LARGE_PAGE;

    if (!p)
        return NULL;
    entry[0] = start | PAGE_PRESENT | PAGE_LARGE | PAGE_NX;
    entry[1] = entry[0] + LARGE_PAGE;
    return (const char *)WINDOW_START + 2 * n * LARGE_PAGE + (p - start);
}

static inline void boot_window_close(void)
{
    for (int i = 0; i < 4; i++)
        uc_pd[WINDOW_START / LARGE_PAGE + i] = 0;
    cpu_flush_pages();
}

#endif
