/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_write.c: output. A full ring is waited for by yielding, which takes
 * nothing else that the image may not have: no events, no time.
 */
#include <uc/platform.h>

#include "console.h"

enum {
    PAGE = 4096
};

/* To Xen's own console, which does not see a page that was never touched. */
static void write_xen(const char *s, size_t n)
{
    for (size_t i = 0; i < n; i += PAGE - (uintptr_t)(s + i) % PAGE)
        *(const volatile char *)(s + i);
    xen_console(CONSOLEIO_write, (unsigned)n, s);
}

void uc_plat_console_write(const void *p, size_t n)
{
    struct xen_ring *r = uc_xen_ring();
    const char *s = p;

    if (!r->shared) {
        write_xen(s, n);
        return;
    }
    while (n) {
        uint32_t room = (uint32_t)sizeof r->shared->out - ring_waiting(r);
        for (; n && room; n--, room--)
            r->shared->out[MASK_XENCONS_IDX(r->written++, r->shared->out)] =
                *s++;
        __atomic_store_n(&r->shared->out_prod, r->written, __ATOMIC_RELEASE);
        xen_notify(r->port);
        if (n)
            xen_yield();
    }
}
