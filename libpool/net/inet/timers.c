/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * timers.c: lwIP's timers. Each runs only while there is something for it to
 * do, so that a machine without connections sleeps until the device wakes it.
 */
#include "inet.h"

#include <lwip/dhcp.h>
#include <lwip/etharp.h>
#include <lwip/igmp.h>
#include <lwip/ip4_frag.h>
#include <lwip/ip6_frag.h>
#include <lwip/mld6.h>
#include <lwip/nd6.h>
#include <lwip/priv/tcp_priv.h>

enum {
    MS = 1000000,
    LATE = 10, /* as many runs are made up for at most */
};

enum timer_index {
    TCP,
    SECOND,
    DHCP_FINE,
    DHCP_COARSE,
    MULTICAST,
    TIMERS
};

static void run(enum timer_index i)
{
    switch (i) {
    case TCP:
        if (CFG_NET_TCP)
            tcp_tmr();
        break;
    case SECOND:
        etharp_tmr();
        ip_reass_tmr();
        uc_net_second();
        if (CFG_NET_TCP)
            uc_tcp_trim();
        if (CFG_NET_IPV6) {
            nd6_tmr();
            ip6_reass_tmr();
        }
        break;
    case DHCP_FINE:
        if (CFG_NET_DHCP)
            dhcp_fine_tmr();
        break;
    case DHCP_COARSE:
        if (CFG_NET_DHCP)
            dhcp_coarse_tmr();
        break;
    default:
        if (CFG_NET_MULTICAST)
            igmp_tmr();
        if (CFG_NET_IPV6)
            mld6_tmr();
    }
}

static const uint64_t periods[] = {
    [TCP] = (uint64_t)TCP_TMR_INTERVAL * MS,
    [SECOND] = (uint64_t)1000 * MS,
    [DHCP_FINE] = (uint64_t)DHCP_FINE_TIMER_MSECS * MS,
    [DHCP_COARSE] = (uint64_t)DHCP_COARSE_TIMER_MSECS * MS,
    [MULTICAST] = (uint64_t)100 * MS,
};

static bool groups_wait(void)
{
    struct igmp_group *g =
        CFG_NET_MULTICAST ? netif_igmp_data(&uc_netif) : NULL;
    struct mld_group *m = CFG_NET_IPV6 ? netif_mld6_data(&uc_netif) : NULL;

    while (g && !g->timer)
        g = g->next;
    while (m && !m->timer)
        m = m->next;
    return g || m;
}

static bool needed(enum timer_index i)
{
    const struct dhcp *dhcp = CFG_NET_DHCP ? netif_dhcp_data(&uc_netif) : NULL;

    switch (i) {
    case TCP:
        return CFG_NET_TCP && (tcp_active_pcbs || tcp_tw_pcbs);
    case SECOND:
        return uc_netif_exists;
    case DHCP_FINE:
        return dhcp && dhcp->request_timeout;
    case DHCP_COARSE:
        return dhcp;
    default:
        return groups_wait();
    }
}

/* uc_net_timers sees it: it looks before every wait. */
void tcp_timer_needed(void)
{
}

uint64_t uc_net_timers(void)
{
    static uint64_t due[TIMERS]; /* 0: not needed */
    uint64_t now = uc_clock_mono(), next = UINT64_MAX;

    for (enum timer_index i = TCP; i < TIMERS; i++) {
        if (!needed(i)) {
            due[i] = 0;
            continue;
        }
        if (!due[i])
            due[i] = now + periods[i];
        for (int n = 0; due[i] <= now && n < LATE; n++) {
            run(i);
            due[i] += periods[i];
        }
        if (due[i] <= now)
            due[i] = now + periods[i];
        if (due[i] < next)
            next = due[i];
    }
    return next;
}
