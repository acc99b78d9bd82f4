/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * start.c: the stack starts with the first socket, and runs while something
 * waits, as the step `poll` of uc/sched.h.
 */
#include "offload.h"

#include <lwip/ip4.h>
#include <lwip/priv/tcp_priv.h>
#include <lwip/udp.h>
#include <uc/platform.h>

extern const int CFG_NET_DATAGRAMS;

static bool started, inside;

void uc_net_start(void)
{
    if (started)
        return;
    started = true;
    netif_init();
    if (CFG_NET_UDP)
        udp_init();
    if (CFG_NET_TCP)
        tcp_init();
    uc_net_device_start();
}

long uc_socket_inet(int family, int type, int protocol, struct file *f)
{
    if (family == AF_INET6 && !CFG_NET_IPV6)
        return -EAFNOSUPPORT;
    if (type == SOCK_STREAM && CFG_NET_TCP) {
        uc_net_start();
        return uc_tcp_socket(family, protocol, f);
    }
    if (type == SOCK_DGRAM && CFG_NET_DATAGRAMS) {
        uc_net_start();
        return uc_udp_socket(family, protocol, f);
    }
    return type == SOCK_RAW ? -EPERM : -ESOCKTNOSUPPORT;
}

/* Callbacks only wake: none comes back here. */
void uc_net_look(void)
{
    if (inside)
        return;
    inside = true;
    if (uc_netif_exists)
        uc_netdev_poll();
    if (CFG_NET_LOOPBACK) {
        uc_net_check_sums(false); /* never left the machine */
        netif_poll_all();
    }
    inside = false;
}

void uc_net_flush(void)
{
    if (!uc_netif_exists || inside)
        return;
    if (CFG_NET_TCP)
        uc_net_send_gathered();
    uc_netdev_flush();
}

uint64_t uc_net_poll(void)
{
    if (!started)
        return UINT64_MAX;
    uc_net_look();
    uint64_t next = uc_net_timers();
    uc_net_flush();
    return next;
}

static bool busy(void)
{
    return (CFG_NET_TCP && uc_tcp_busy()) ||
           (uc_netif_exists && uc_netdev_busy());
}

void uc_net_stop(void)
{
    const uint64_t patience = 3000000000;

    if (!started)
        return;
    if (CFG_NET_TCP)
        uc_tcp_end_all();
    uint64_t until = uc_deadline(patience);
    while (busy() && uc_clock_mono() < until) {
        uint64_t next = uc_net_poll(), now = uc_clock_mono();
        if (next > until)
            next = until;
        if (busy() && next > now)
            uc_plat_wait(next - now);
    }
}

/* ---- chance (Bob Jenkins' small fast generator; seeded by the machine) ----
 */

static uint32_t rotate(uint32_t x, int n)
{
    return x << n | x >> (32 - n);
}

unsigned uc_net_random(void)
{
    static uint32_t a, b, c, d;

    if (!d) {
        uint32_t seed[3] = {(uint32_t)uc_plat_ticks(),
                            (uint32_t)uc_plat_wall_ns(), 1};
        uc_plat_random(seed, sizeof seed);
        a = 0xf1ea5eed;
        b = seed[0];
        c = seed[1];
        d = seed[2] | 1;
        for (int i = 0; i < 20; i++)
            uc_net_random();
    }
    uint32_t e = a - rotate(b, 27);
    a = b ^ rotate(c, 17);
    b = c + d;
    c = d + e;
    d = e + a;
    return d;
}

/*
 * RFC 6528: a clock of 4 us, and what cannot be told without the secret from
 * who the two are.
 */
unsigned uc_net_isn(const void *local_ip, unsigned short local_port,
                    const void *remote_ip, unsigned short remote_port)
{
    static uint32_t secret[2];
    const ip_addr_t *from = local_ip, *to = remote_ip;
    uint32_t h;

    if (!secret[0]) {
        secret[0] = uc_net_random() | 1;
        secret[1] = uc_net_random();
    }
    h = secret[0] ^ ((uint32_t)local_port << 16 | remote_port);
    for (int i = 0; i < (CFG_NET_IPV6 ? 4 : 1); i++) {
        h = (h ^ ip_2_ip6(from)->addr[i]) * 0x9e3779b1;
        h = (rotate(h, 15) ^ ip_2_ip6(to)->addr[i]) * 0x85ebca77;
        h = rotate(h, 13) + secret[1];
    }
    h = (h ^ h >> 15) * 0xc2b2ae3d;
    return (h ^ h >> 13) + (uint32_t)(uc_clock_mono() / 4096);
}
