/* SPDX-License-Identifier: BSD-2-Clause */
/* xengnttab.c: nobody grants pages. */
#include <errno.h>
#include <stddef.h>
#include <xengnttab.h>

static void *none(void)
{
    errno = ENOENT;
    return NULL;
}

xengnttab_handle *xengnttab_open(struct xentoollog_logger *logger,
                                 unsigned flags)
{
    (void)logger, (void)flags;
    return none();
}

int xengnttab_close(xengnttab_handle *h)
{
    (void)h;
    return 0;
}

void *xengnttab_map_grant_ref(xengnttab_handle *h, uint32_t domain,
                              uint32_t ref, int prot)
{
    (void)h, (void)domain, (void)ref, (void)prot;
    return none();
}

void *xengnttab_map_domain_grant_refs(xengnttab_handle *h, uint32_t n,
                                      uint32_t domain, uint32_t *refs, int prot)
{
    (void)h, (void)n, (void)domain, (void)refs, (void)prot;
    return none();
}

int xengnttab_unmap(xengnttab_handle *h, void *p, uint32_t n)
{
    (void)h, (void)p, (void)n;
    none();
    return -1;
}

int xengnttab_grant_copy(xengnttab_handle *h, uint32_t count,
                         xengnttab_grant_copy_segment_t *s)
{
    (void)h, (void)count, (void)s;
    none();
    return -1;
}
