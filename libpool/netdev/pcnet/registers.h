/* SPDX-License-Identifier: BSD-2-Clause */
/* registers.h: of the 79C970A, in words of 32 bits, and its software style 2.
 */
#ifndef UC_PCNET_REGISTERS_H
#define UC_PCNET_REGISTERS_H

#include <stdint.h>

enum { /* in memory; the Ethernet address comes first */
    DATA = 0x10,
    INDEX = 0x14,
    RESET = 0x18,
    BUS_DATA = 0x1c,
    RESET_16_BITS = 0x14, /* before DATA is written with 32 */
    REGISTERS_SIZE = 0x20,
};

enum {
    CONTROL = 0, /* and status; what was noted goes by writing it */
    BLOCK_LOW = 1,
    BLOCK_HIGH = 2,
    FEATURES = 4,
};

enum {
    CONTROL_INIT = 0x01,
    CONTROL_START = 0x02,
    CONTROL_STOP = 0x04,
    CONTROL_SEND = 0x08, /* look at the ring now */
    CONTROL_INTERRUPTS = 0x40,
    CONTROL_READY = 0x0100, /* after INIT */
    CONTROL_NOTED = 0x7f00,
};

enum {
    FEATURES_PAD = 0x0800,  /* short frames */
    FEATURES_MASK = 0x0115, /* no interrupts for counters and the like */
};

enum {
    BUS_LINK = 4,
    BUS_LINK_UP = 0x8000,
    BUS_STYLE = 20,
    STYLE_32_BITS = 2,
};

/* What the device reads at INIT; all of it is little-endian. */
struct block {
    uint16_t mode;
    uint8_t receive_log, transmit_log; /* above four zero bits */
    uint8_t mac[6];
    uint16_t zero;
    uint8_t multicast[8];
    uint32_t receive, transmit;
};

struct descriptor {
    uint32_t address;
    uint32_t state; /* and -size, of 12 bits; ones above that */
    uint32_t size;  /* of what has come, with its check sum */
    uint32_t unused;
};

enum {
    STATE_SIZE = 0xfff,
    STATE_ONES = 0xf000,
    STATE_LAST = 1 << 24,
    STATE_FIRST = 1 << 25,
    STATE_ERROR = 1 << 30,
    SIZE_BITS = 0xfff,
};
#define STATE_DEVICE (1u << 31) /* it is the device's */

#endif
