/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * device.c: what drivers need of the machine's memory. Device memory is seen
 * in a range of its own, never given back.
 */
#include <uc/platform.h>

#include "lazy.h"
#include "tables.h"

void *uc_plat_device(uint64_t device, size_t n)
{
    static uintptr_t next = DEVICES_START;
    uint32_t offset = device % PAGE, p = (uint32_t)device - offset;
    uint32_t size = (offset + n + PAGE - 1) & -(uint32_t)PAGE;
    uintptr_t seen = next;

    if (device >> 32 || n > DEVICES_END - DEVICES_START ||
        size > DEVICES_END - next)
        return NULL;
    uint32_t was = kernel_begin();
    for (; next < seen + size && uc_lazy_table(next); next += PAGE, p += PAGE)
        *entry_of(next) = entry(p, PAGE_DEVICE);
    kernel_end(was);
    return next == seen + size ? (char *)seen + offset : NULL;
}

uint64_t uc_plat_dma(const void *p)
{
    uintptr_t v = (uintptr_t)p;
    uint32_t was, e;

    *(const volatile char *)p; /* it has memory from now on */
    was = kernel_begin();
    e = *entry_of(v);
    kernel_end(was);
    return physical(e) + v % PAGE;
}

uint64_t uc_plat_virtio(unsigned i)
{
    (void)i;
    return 0;
}
