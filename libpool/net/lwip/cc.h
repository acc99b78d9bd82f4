/* SPDX-License-Identifier: BSD-2-Clause */
/* cc.h: the compiler, for lwIP; and what facts decide (prepare.sh). */
#ifndef UC_LWIP_CC_H
#define UC_LWIP_CC_H

#include <sys/types.h>

#define LWIP_NO_UNISTD_H 1
#define LWIP_NO_INTTYPES_H 1
#define SSIZE_MAX __INTPTR_MAX__
#define LWIP_PLATFORM_DIAG(x)
#define LWIP_PLATFORM_ASSERT(x)
#define X8_F "02x"
#define U16_F "u"
#define S16_F "d"
#define X16_F "x"
#define U32_F "u"
#define S32_F "d"
#define X32_F "x"
#define SZT_F "zu"

/* The byte order is the compiler's to know. */
#undef LITTLE_ENDIAN
#undef BIG_ENDIAN
#undef BYTE_ORDER
#define LITTLE_ENDIAN __ORDER_LITTLE_ENDIAN__
#define BIG_ENDIAN __ORDER_BIG_ENDIAN__
#define BYTE_ORDER __BYTE_ORDER__
#define lwip_htons(x)                                                          \
    ((u16_t)(BYTE_ORDER == LITTLE_ENDIAN ? __builtin_bswap16(x) : (x)))
#define lwip_htonl(x)                                                          \
    ((u32_t)(BYTE_ORDER == LITTLE_ENDIAN ? __builtin_bswap32(x) : (x)))

extern const int CFG_NET_TCP, CFG_NET_UDP, CFG_NET_IPV6, CFG_NET_DHCP,
    CFG_NET_MULTICAST, CFG_NET_LOOPBACK;

/* The number, or one that nobody handles where the protocol is left out. */
#define UC_PROTOCOL(n)                                                         \
    ((!CFG_NET_TCP && (n) == 6) || (!CFG_NET_UDP && (n) == 17) ||              \
             (!CFG_NET_MULTICAST && (n) == 2)                                  \
         ? 255                                                                 \
         : (n))

#endif
