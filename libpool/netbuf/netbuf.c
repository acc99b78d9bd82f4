/* SPDX-License-Identifier: BSD-2-Clause */
/* netbuf.c: see uc/netbuf.h. */
#include <uc/netbuf.h>

static struct uc_netbuf *free_buffers;
static size_t made, most = SIZE_MAX;

void uc_netbuf_limit(size_t least)
{
    uint64_t total, available;

    uc_pages_total(&total, &available);
    most = total / 8 / UC_NETBUF_SIZE;
    if (most < least)
        most = least;
}

bool uc_netbuf_all_made(void)
{
    return made >= most;
}

struct uc_netbuf *uc_netbuf_take(void)
{
    struct uc_netbuf *b = free_buffers;

    if (b) {
        free_buffers = b->next;
        return b;
    }
    char *page = made < most ? uc_pages_alloc(1, false) : NULL;
    if (!page)
        return NULL;
    made += 2;
    uc_netdev_give_back((struct uc_netbuf *)(page + UC_NETBUF_SIZE));
    return (struct uc_netbuf *)page;
}

void uc_netdev_give_back(struct uc_netbuf *b)
{
    b->next = free_buffers;
    free_buffers = b;
}
