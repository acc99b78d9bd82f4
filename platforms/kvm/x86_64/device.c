/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.c: what drivers need of the machine's memory. Device memory is seen
 * through large pages of its own below the stack, never given back.
 */
#include <uc/platform.h>

#include "tables.h"

enum {
    DEVICES_START = 0x21000000, /* behind the windows of boot.h */
    DEVICES_END = 0x3f000000,   /* below the stack's gap */
    NOT_CACHED = 0x18,
};

void *uc_plat_device(uint64_t device, size_t n)
{
    static uint64_t next = DEVICES_START;
    uint64_t offset = device % LARGE_PAGE, start = device - offset;
    uint64_t seen = next, size = (offset + n + LARGE_PAGE - 1) & -LARGE_PAGE;

    /* the one before may have it: devices lie close together */
    if (seen > DEVICES_START && size == LARGE_PAGE &&
        (uc_pd[seen / LARGE_PAGE - 1] & ADDRESS) == start)
        return (char *)seen - LARGE_PAGE + offset;
    if (size > DEVICES_END - next)
        return NULL;
    for (uint64_t i = 0; i < size; i += LARGE_PAGE)
        uc_pd[(next + i) / LARGE_PAGE] =
            (start + i) | PAGE_LARGE_DATA | NOT_CACHED | PAGE_NX;
    next += size;
    cpu_flush_pages();
    return (char *)seen + offset;
}

uint64_t uc_plat_dma(const void *p)
{
    *(const volatile char *)p; /* it has memory from now on */
    tables_open();
    return physical((uint64_t)p);
}

/* As QEMU's microvm has them. */
uint64_t uc_plat_virtio(unsigned i)
{
    enum {
        PLACES = 32,
        SIZE = 512
    };

    return i < PLACES ? 0xfeb00000 + (uint64_t)i * SIZE : 0;
}
