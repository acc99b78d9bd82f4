/* SPDX-License-Identifier: BSD-2-Clause */
/* console_try.c: input, as far as there is some; coded as uc/input.h says. */
#include <linux/errno.h>
#include <uc/input.h>
#include <uc/platform.h>

#include "console.h"

/* Takes up to n bytes of the ring. */
static size_t take(struct xen_ring *r, char *to, size_t n)
{
    XENCONS_RING_IDX end =
        __atomic_load_n(&r->shared->in_prod, __ATOMIC_ACQUIRE);
    size_t have = ring_used(end, r->taken, sizeof r->shared->in);

    if (n > have)
        n = have;
    for (size_t i = 0; i < n; i++)
        to[i] = r->shared->in[MASK_XENCONS_IDX(r->taken++, r->shared->in)];
    if (!n)
        return 0;
    __atomic_store_n(&r->shared->in_cons, r->taken, __ATOMIC_RELEASE);
    xen_notify(r->port);
    return n;
}

/* The first domain's, of Xen's own console. */
static size_t take_of_xen(char *to, size_t n)
{
    long got = xen_console(CONSOLEIO_read, (unsigned)n, to);

    return got > 0 ? (size_t)got : 0;
}

long uc_plat_console_try(void *p, size_t n)
{
    static struct uc_input in;
    struct xen_ring *r = uc_xen_ring();
    char raw[16];
    size_t got = 0, have;

    if (!r->heard && r->shared)
        uc_xen_listen(r->port);
    r->heard = true;
    while (got < n && !in.ended) {
        size_t most = n - got < sizeof raw ? n - got : sizeof raw;
        have = r->shared ? take(r, raw, most) : take_of_xen(raw, most);
        if (!have)
            break;
        got += uc_input_decode(&in, (char *)p + got, raw, have);
    }
    return got || in.ended || !n ? (long)got : -EAGAIN;
}
