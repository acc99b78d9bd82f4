/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tcp_find.c: connections by their addresses: a hash table of chains, of the
 * active ones and of those in TIME-WAIT, which doubles when it is full. The
 * hash has a secret, so that nobody can choose who shares a chain.
 */
#include "inet.h"

#include <lwip/priv/tcp_priv.h>

enum {
    FIRST_SIZE = 64,
    MOST_WAITING = 2048, /* in TIME-WAIT, when they are next looked at */
    FEW_WAITING = 64,    /* if memory is short */
};

static struct tcp_pcb **table;
static size_t size, count; /* of the table, of what is in it */

static size_t slot(const ip_addr_t *ip, uint32_t ports)
{
    static uint64_t secret;
    const uint64_t odd = 0x9e3779b97f4a7c15;
    uint64_t h;

    if (!secret)
        secret = (uint64_t)uc_net_random() << 32 | uc_net_random() | 1;
    h = (secret ^ ports) * odd;
    for (int i = 0; i < (CFG_NET_IPV6 ? 4 : 1); i++)
        h = (h ^ h >> 29 ^ ip_2_ip6(ip)->addr[i]) * odd;
    return (size_t)(h >> 32) & (size - 1);
}

static void put(struct tcp_pcb *p)
{
    struct tcp_pcb **to = &table[slot(
        &p->remote_ip, (uint32_t)p->remote_port << 16 | p->local_port)];

    p->same_hash = *to;
    if (p->same_hash)
        p->same_hash->hash_link = &p->same_hash;
    p->hash_link = to;
    *to = p;
}

/* Twice the size, if there is memory; longer chains do if there is none. */
static void grow(void)
{
    struct tcp_pcb **old = table;
    size_t n = size, now = n ? 2 * n : FIRST_SIZE;
    struct tcp_pcb **new = uc_kalloc(now * sizeof(struct tcp_pcb *));

    if (!new)
        return;
    table = new;
    size = now;
    for (size_t i = 0; i < n; i++) {
        while (old[i]) {
            struct tcp_pcb *p = old[i];
            old[i] = p->same_hash;
            put(p);
        }
    }
    uc_kfree(old, n * sizeof(struct tcp_pcb *));
}

void uc_tcp_hash(struct tcp_pcb *p)
{
    if (count >= size)
        grow();
    if (!size)
        return;
    put(p);
    count++;
}

void uc_tcp_unhash(struct tcp_pcb *p)
{
    if (!p->hash_link)
        return;
    *p->hash_link = p->same_hash;
    if (p->same_hash)
        p->same_hash->hash_link = p->hash_link;
    p->hash_link = NULL;
    count--;
}

struct tcp_pcb *uc_tcp_find(unsigned short remote_port,
                            unsigned short local_port, int time_wait)
{
    const ip_addr_t *from = ip_current_src_addr();
    struct tcp_pcb *p;

    if (!size)
        return NULL;
    p = table[slot(from, (uint32_t)remote_port << 16 | local_port)];
    while (p && (p->remote_port != remote_port || p->local_port != local_port ||
                 (p->state == TIME_WAIT) != time_wait || p->state == CLOSED ||
                 !ip_addr_cmp(&p->remote_ip, from) ||
                 !ip_addr_cmp(&p->local_ip, ip_current_dest_addr())))
        p = p->same_hash;
    return p;
}

/*
 * One in TIME-WAIT, but for a peer that begins anew with a number behind those
 * of the last connection (RFC 1122, 4.2.2.13): the old one is forgotten.
 */
struct tcp_pcb *uc_tcp_find_waiting(unsigned short remote_port,
                                    unsigned short local_port, unsigned flags,
                                    unsigned seqno)
{
    struct tcp_pcb *p = uc_tcp_find(remote_port, local_port, 1);

    if (!p || (flags & (TCP_SYN | TCP_ACK | TCP_RST)) != TCP_SYN ||
        (int32_t)(seqno - p->rcv_nxt) <= 0)
        return p;
    tcp_pcb_remove(&tcp_tw_pcbs, p);
    tcp_free(p);
    return NULL;
}

void uc_tcp_trim(void)
{
    size_t keep = uc_net_memory_short() ? FEW_WAITING : MOST_WAITING;
    struct tcp_pcb *p = tcp_tw_pcbs;

    for (; p && keep; keep--) /* the latest are first */
        p = p->next;
    while (p) {
        struct tcp_pcb *next = p->next;
        tcp_pcb_remove(&tcp_tw_pcbs, p);
        tcp_free(p);
        p = next;
    }
}
