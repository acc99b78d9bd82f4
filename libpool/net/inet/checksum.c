/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * checksum.c: the Internet's sum (RFC 1071), eight bytes at a time: the sum of
 * 64-bit words with end-around carry, folded, is the sum of 16-bit words.
 */
#include "inet.h"

static uint64_t add(uint64_t a, uint64_t b)
{
    uint64_t sum;

    return __builtin_add_overflow(a, b, &sum) ? sum + 1 : sum;
}

static uint64_t word(const unsigned char *p)
{
    uint64_t w;

    __builtin_memcpy(&w, p, sizeof w);
    return w;
}

unsigned short uc_net_checksum(const void *from, int n)
{
    const unsigned char *p = from;
    uint64_t sum = 0;
    uint32_t half;
    uint16_t quarter;

    for (; n >= 32; n -= 32, p += 32) {
        sum = add(sum, word(p));
        sum = add(sum, word(p + 8));
        sum = add(sum, word(p + 16));
        sum = add(sum, word(p + 24));
    }
    for (; n >= 8; n -= 8, p += 8)
        sum = add(sum, word(p));
    if (n & 4) {
        __builtin_memcpy(&half, p, 4);
        sum = add(sum, half);
        p += 4;
    }
    if (n & 2) {
        __builtin_memcpy(&quarter, p, 2);
        sum = add(sum, quarter);
        p += 2;
    }
    if (n & 1) {
        quarter = 0;
        __builtin_memcpy(&quarter, p, 1);
        sum = add(sum, quarter);
    }
    sum = (sum >> 32) + (uint32_t)sum;
    sum = (sum >> 32) + (uint32_t)sum;
    sum = (sum >> 16) + (uint16_t)sum;
    sum = (sum >> 16) + (uint16_t)sum;
    return (unsigned short)((sum >> 16) + (uint16_t)sum);
}
