/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sum.c: checksums that a front end has left to us. It is asked not to, but may
 * do so. What is not TCP or UDP, or is part of a packet, stays as it is.
 */
#include "netback.h"

enum {
    TYPE = 12, /* in a frame */
    IPV4 = 0x0800,
    IPV6 = 0x86dd,
    TCP = 6,
    UDP = 17,
    HEADER6 = 40,
};

static uint32_t get16(const uint8_t *p)
{
    return (uint32_t)p[0] << 8 | p[1];
}

static uint32_t add(uint32_t sum, const uint8_t *p, size_t n)
{
    for (; n > 1; p += 2, n -= 2)
        sum += get16(p);
    return n ? sum + ((uint32_t)*p << 8) : sum;
}

/* n bytes of TCP or UDP, between addresses that have so many bytes in all. */
static void fill(uint8_t *p, size_t n, unsigned protocol,
                 const uint8_t *addresses, size_t address_bytes)
{
    uint8_t *at = p + (protocol == TCP ? 16 : 6);
    size_t least = protocol == TCP ? 20 : 8;
    uint32_t sum = protocol + (uint32_t)n;

    if ((protocol != TCP && protocol != UDP) || n < least)
        return;
    at[0] = at[1] = 0;
    sum = add(add(sum, addresses, address_bytes), p, n);
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    sum = ~sum & 0xffff;
    if (!sum)
        sum = 0xffff;
    at[0] = (uint8_t)(sum >> 8);
    at[1] = (uint8_t)sum;
}

void sum_fill(uint8_t *frame, size_t n)
{
    uint8_t *p = frame + HEADER;
    uint32_t type = get16(frame + TYPE);

    n -= HEADER;
    if (type == IPV4 && n >= 20) {
        size_t head = (p[0] & 15) * 4u, all = get16(p + 2);
        bool part = get16(p + 6) & 0x3fff;
        if (!part && head >= 20 && all >= head && all <= n)
            fill(p + head, all - head, p[9], p + 12, 8);
    } else if (type == IPV6 && n >= HEADER6) {
        size_t all = get16(p + 4);
        if (all <= n - HEADER6)
            fill(p + HEADER6, all, p[6], p + 8, 32);
    }
}
