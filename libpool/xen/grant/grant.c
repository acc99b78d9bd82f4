/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * grant.c: libxengnttab (xengnttab.h): pages of other domains, mapped, or
 * copied to and from. A handle holds nothing.
 */
#include <errno.h>
#include <linux/mman.h>
#include <uc/pool.h>
#include <uc/xen.h>
#include <xengnttab.h>

#include "core.h"

enum {
    AT_ONCE = 16,
    PAGE = 4096,
};

struct xengntdev_handle {
    char none;
};

static struct xengntdev_handle only;

xengnttab_handle *xengnttab_open(struct xentoollog_logger *logger,
                                 unsigned flags)
{
    (void)logger, (void)flags;
    return &only;
}

int xengnttab_close(xengnttab_handle *h)
{
    (void)h;
    return 0;
}

static void *map(unsigned domain, const uint32_t *refs, unsigned n, int prot)
{
    uc_enter();
    void *p = uc_xen_map(domain, refs, n, prot & PROT_WRITE);
    uc_leave();
    if (!p)
        errno = ENOMEM;
    return p;
}

void *xengnttab_map_grant_ref(xengnttab_handle *h, uint32_t domain,
                              uint32_t ref, int prot)
{
    (void)h;
    return map(domain, &ref, 1, prot);
}

void *xengnttab_map_domain_grant_refs(xengnttab_handle *h, uint32_t n,
                                      uint32_t domain, uint32_t *refs, int prot)
{
    (void)h;
    return map(domain, refs, n, prot);
}

int xengnttab_unmap(xengnttab_handle *h, void *p, uint32_t n)
{
    (void)h;
    uc_enter();
    uc_xen_unmap(p, n);
    uc_leave();
    return 0;
}

/* The same for the pool's part of Xen; only one side may be a grant. */
static bool read_segment(const xengnttab_grant_copy_segment_t *s,
                         struct uc_xen_copy *c)
{
    bool in = s->flags & GNTCOPY_source_gref;
    bool out = s->flags & GNTCOPY_dest_gref;

    if (in == out)
        return false;
    *c = (struct uc_xen_copy){
        .here = in ? s->dest.virt : s->source.virt,
        .ref = in ? s->source.foreign.ref : s->dest.foreign.ref,
        .domain = in ? s->source.foreign.domid : s->dest.foreign.domid,
        .offset = in ? s->source.foreign.offset : s->dest.foreign.offset,
        .size = s->len,
        .out = out,
    };
    return true;
}

/* As Linux: it is done if Xen has looked at all; each has its own status. */
int xengnttab_grant_copy(xengnttab_handle *h, uint32_t count,
                         xengnttab_grant_copy_segment_t *s)
{
    struct uc_xen_copy list[AT_ONCE];

    (void)h;
    for (uint32_t done = 0, n; done < count; done += n) {
        n = count - done < AT_ONCE ? count - done : AT_ONCE;
        for (uint32_t i = 0; i < n; i++)
            if (!read_segment(&s[done + i], &list[i])) {
                errno = EINVAL;
                return -1;
            }
        uc_enter();
        uc_xen_copy(list, n);
        uc_leave();
        for (uint32_t i = 0; i < n; i++)
            s[done + i].status =
                list[i].failed ? GNTST_general_error : GNTST_okay;
    }
    return 0;
}
