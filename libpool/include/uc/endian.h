/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * endian.h: numbers that are little- or big-endian on all machines (disks,
 * devices), to and from the machine's own: the same both ways.
 */
#ifndef UC_ENDIAN_H
#define UC_ENDIAN_H

#include <stdint.h>

#define UC_IS_BIG_ENDIAN (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)

static inline uint16_t uc_le16(uint16_t v)
{
    return UC_IS_BIG_ENDIAN ? __builtin_bswap16(v) : v;
}

static inline uint32_t uc_le32(uint32_t v)
{
    return UC_IS_BIG_ENDIAN ? __builtin_bswap32(v) : v;
}

static inline uint64_t uc_le64(uint64_t v)
{
    return UC_IS_BIG_ENDIAN ? __builtin_bswap64(v) : v;
}

static inline uint16_t uc_be16(uint16_t v)
{
    return UC_IS_BIG_ENDIAN ? v : __builtin_bswap16(v);
}

static inline uint32_t uc_be32(uint32_t v)
{
    return UC_IS_BIG_ENDIAN ? v : __builtin_bswap32(v);
}

#endif
