/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * copy.c: bytes between our memory and pages that other domains have granted.
 * Xen looks at the grants; a piece here stays in a page.
 */
#include <uc/platform.h>
#include <uc/xen.h>

#include "xen.h"

enum {
    PAGE = 4096,
    PAGE_SHIFT = 12,
    AT_ONCE = 16,
};

struct batch {
    struct gnttab_copy list[AT_ONCE];
    struct uc_xen_copy *of[AT_ONCE];
    unsigned n;
};

static void end(struct batch *b)
{
    bool all = b->n && xen_grant(GNTTABOP_copy, b->list, b->n);

    for (unsigned i = 0; i < b->n; i++)
        b->of[i]->failed |= all || b->list[i].status != GNTST_okay;
    b->n = 0;
}

/* At most n bytes, `done` of which are copied: how many. */
static unsigned put(struct batch *b, struct uc_xen_copy *c, unsigned done)
{
    uint64_t here = uc_plat_dma((char *)c->here + done);
    unsigned left = PAGE - here % PAGE, n = c->size - done;

    if (n > left)
        n = left;
    struct gnttab_copy *g = &b->list[b->n];
    *g = (struct gnttab_copy){.len = (uint16_t)n};
    if (c->out) {
        g->source.u.gmfn = here >> PAGE_SHIFT;
        g->source.domid = DOMID_SELF;
        g->source.offset = (uint16_t)(here % PAGE);
        g->dest.u.ref = c->ref;
        g->dest.domid = c->domain;
        g->dest.offset = (uint16_t)(c->offset + done);
        g->flags = GNTCOPY_dest_gref;
    } else {
        g->source.u.ref = c->ref;
        g->source.domid = c->domain;
        g->source.offset = (uint16_t)(c->offset + done);
        g->dest.u.gmfn = here >> PAGE_SHIFT;
        g->dest.domid = DOMID_SELF;
        g->dest.offset = (uint16_t)(here % PAGE);
        g->flags = GNTCOPY_source_gref;
    }
    b->of[b->n++] = c;
    return n;
}

void uc_xen_copy(struct uc_xen_copy *list, unsigned n)
{
    struct batch b;

    b.n = 0;
    for (unsigned i = 0; i < n; i++) {
        list[i].failed = list[i].offset + list[i].size > PAGE;
        for (unsigned done = 0; !list[i].failed && done < list[i].size;) {
            done += put(&b, &list[i], done);
            if (b.n == AT_ONCE)
                end(&b);
        }
    }
    end(&b);
}
