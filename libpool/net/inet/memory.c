/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory.c: lwIP's memory, from the pool's pages: blocks with their size
 * before them. A limit keeps some of the machine for the program: beyond it
 * segments are not taken in, and calls fail or wait.
 */
#include "inet.h"

#include <lwip/mem.h>
#include <lwip/memp.h>
#include <lwip/priv/memp_priv.h>
/* what memp_std.h asks the size of */
#include <lwip/etharp.h>
#include <lwip/igmp.h>
#include <lwip/ip4_frag.h>
#include <lwip/ip6_frag.h>
#include <lwip/mld6.h>
#include <lwip/netbuf.h>
#include <lwip/priv/nd6_priv.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/timeouts.h>
#include <lwip/udp.h>

enum {
    HEAD = 16
};

static size_t used, most;

void *mem_malloc(mem_size_t n)
{
    if (!most) {
        uint64_t total, available;
        uc_pages_total(&total, &available);
        most = total / 2;
    }
    n += HEAD;
    if (used + n > most)
        return NULL;
    char *p = uc_kalloc_raw(n);
    if (!p)
        return NULL;
    used += n;
    *(size_t *)p = n;
    return p + HEAD;
}

void mem_free(void *block)
{
    char *p = (char *)block - HEAD;
    size_t n = *(size_t *)p;

    used -= n;
    uc_kfree(p, n);
}

/* The size a block was made with stays; only the length of what is in it. */
void *mem_trim(void *block, mem_size_t n)
{
    (void)n;
    return block;
}

bool uc_net_memory_short(void)
{
    return used > most / 2;
}

void *memp_malloc(memp_t type)
{
    static const uint16_t sizes[] = {
#define LWIP_MEMPOOL(name, count, size, text) [MEMP_##name] = (size),
#include <lwip/priv/memp_std.h>
    };

    return mem_malloc(sizes[type]);
}

void memp_free(memp_t type, void *block)
{
    (void)type;
    if (block)
        mem_free(block);
}
