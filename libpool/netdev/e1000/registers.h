/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * registers.h: of Intel's 8254x and 82574L, as in their manuals (PCI/PCI-X
 * Family of Gigabit Ethernet Controllers Software Developer's Manual, 13;
 * 82574 Datasheet, 10), and the descriptors that both have.
 */
#ifndef UC_E1000_REGISTERS_H
#define UC_E1000_REGISTERS_H

#include <stdint.h>

enum { /* registers */
    CONTROL = 0x0000,
    STATUS = 0x0008,
    CAUSES = 0x00c0, /* of the interrupt; reading clears them */
    MASK_SET = 0x00d0,
    MASK_CLEAR = 0x00d8,
    RX_CONTROL = 0x0100,
    TX_CONTROL = 0x0400,
    TX_GAP = 0x0410,
    RX_BASE = 0x2800, /* 64 bits */
    RX_LENGTH = 0x2808,
    RX_HEAD = 0x2810,
    RX_TAIL = 0x2818,
    TX_BASE = 0x3800,
    TX_LENGTH = 0x3808,
    TX_HEAD = 0x3810,
    TX_TAIL = 0x3818,
    TX_DESC_CONTROL = 0x3828,
    RX_SUMS = 0x5000,
    MULTICAST = 0x5200, /* 128 words of a filter */
    ADDRESS_LOW = 0x5400,
    ADDRESS_HIGH = 0x5404,
    REGISTERS_SIZE = 0x20000,
};

enum { /* bits of them */
    CONTROL_LINK_RESET = 1 << 3,
    CONTROL_DETECT = 1 << 5, /* speed, by itself */
    CONTROL_LINK_UP = 1 << 6,
    CONTROL_RESET = 1 << 26,
    STATUS_LINK = 1 << 1,
    CAUSE_SENT = 1 << 0,
    CAUSE_LINK = 1 << 2,
    CAUSE_FEW = 1 << 4, /* descriptors to receive into */
    CAUSE_OVERRUN = 1 << 6,
    CAUSE_RECEIVED = 1 << 7,
    RX_ON = 1 << 1,
    RX_ALL = 1 << 3,       /* for anybody */
    RX_MULTICAST = 1 << 4, /* all */
    RX_BROADCAST = 1 << 15,
    RX_STRIP_SUM = 1 << 26,
    TX_ON = 1 << 1,
    TX_PAD = 1 << 3,
    TX_COLLISIONS = 15 << 4,
    TX_DISTANCE = 64 << 12,
    TX_GAPS = 8 | 8 << 10 | 6 << 20,
    TX_COUNT_DESCRIPTORS = 1 << 22, /* the 82574 asks for it */
    SUMS_IP = 1 << 8,
    SUMS_TCP_UDP = 1 << 9,
    MULTICAST_WORDS = 128,
};

struct receive { /* a descriptor, written by the device */
    uint64_t address;
    uint16_t length, sum;
    uint8_t status, errors;
    uint16_t special;
};

struct transmit {
    uint64_t address;
    uint16_t length;
    uint8_t sum_at, command, status, sum_from;
    uint16_t special;
};

enum { /* bits of theirs */
    RX_DONE = 1,
    RX_LAST = 2,       /* of the frame */
    RX_NO_SUM = 4,     /* was looked at */
    RX_SUM_TCP = 0x20, /* was looked at, or UDP's */
    RX_SUM_IP = 0x40,
    RX_BAD_FRAME = 0x97, /* of the errors */
    RX_BAD_SUM = 0x60,
    TX_LAST = 1,
    TX_ADD_SUM = 2, /* of the frame */
    TX_REPORT = 8,
    TX_DONE = 1,
};

#endif
