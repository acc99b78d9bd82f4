/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.c: what drivers need of the machine's memory. Device memory is seen
 * through large pages of its own below the stack, never given back.
 */
#include <uc/platform.h>

#include "machine.h"
#include "tables.h"

void *uc_plat_device(uint64_t device, size_t n)
{
    static uintptr_t next = DEVICES_START;
    uintptr_t offset = device % LARGE_PAGE, seen = next;
    uint64_t start = device - offset;

    /* the one before may have it: devices lie close together */
    uintptr_t before = seen - LARGE_PAGE;
    if (before >= DEVICES_START && offset + n <= LARGE_PAGE &&
        entry_address(*large_entry(before)) == start)
        return (char *)before + offset;
    uintptr_t size = (offset + n + LARGE_PAGE - 1) & -(uintptr_t)LARGE_PAGE;

    if (size > DEVICES_END - next)
        return NULL;
    for (uintptr_t i = 0; i < size; i += LARGE_PAGE)
        *large_entry(next + i) = entry(start + i, LARGE_DEVICE);
    next += size;
    cpu_pages_added();
    return (char *)seen + offset;
}

uint64_t uc_plat_dma(const void *p)
{
    *(const volatile char *)p; /* it has memory from now on */
    tables_begin();
    uint64_t at = physical((uintptr_t)p) + RAM_SHIFT;
    tables_end();
    return at;
}

uint64_t uc_plat_virtio(unsigned i)
{
    const struct machine *m = uc_machine();

    return i < m->mmio_count ? m->mmio[i] : 0;
}
