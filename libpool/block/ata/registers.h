/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * registers.h: of an AHCI controller (AHCI 1.3.1, 3 and 4), and what it reads
 * in memory.
 */
#ifndef UC_AHCI_REGISTERS_H
#define UC_AHCI_REGISTERS_H

#include <stdint.h>

enum { /* the controller */
    CAPABILITIES = 0x00,
    CONTROL = 0x04,
    INTERRUPTS = 0x08,
    PORTS = 0x0c, /* one bit each */
    CAPABILITIES_2 = 0x24,
    HANDOFF = 0x28,
    PORT_START = 0x100,
    PORT_SIZE = 0x80,
    PORT_MOST = 32,
    REGISTERS_SIZE = PORT_START + PORT_MOST * PORT_SIZE,
};

enum {           /* a port */
    LIST = 0x00, /* 64 bits, as the next */
    RECEIVED = 0x08,
    PORT_INTERRUPTS = 0x10,
    PORT_INTERRUPTS_ON = 0x14,
    COMMAND = 0x18,
    TASK = 0x20, /* status and error of the disk */
    SIGNATURE = 0x24,
    LINK = 0x28,
    LINK_CONTROL = 0x2c,
    LINK_ERRORS = 0x30,
    ISSUED = 0x38, /* one bit for each command that is not done */
};

enum { /* bits of them */
    CONTROL_INTERRUPTS = 1 << 1,
    HAS_HANDOFF = 1 << 0,
    HANDOFF_FIRMWARE = 1 << 0,
    HANDOFF_OURS = 1 << 1,
    COMMAND_START = 1 << 0,
    COMMAND_SPIN_UP = 1 << 1,
    COMMAND_POWER = 1 << 2,
    COMMAND_RECEIVE = 1 << 4,
    COMMAND_RECEIVING = 1 << 14,
    COMMAND_RUNNING = 1 << 15,
    COMMAND_SLOT_SHIFT = 8, /* the command that it is at, 5 bits */
    LINK_PRESENT = 3,       /* of 4 bits: a device, and it answers */
    TASK_ERROR = 0x01,
    TASK_WANTS_DATA = 0x08,
    TASK_BUSY = 0x80,
    INTERRUPT_ANSWER = 1 << 0,
    INTERRUPT_ERRORS = 0x78000000, /* of the disk, the host and the link */
    SIGNATURE_DISK = 0x00000101,
};
static const uint32_t CONTROL_AHCI = 0x80000000;

struct command_head { /* an entry of the list, 32 of which are 1 KiB */
    uint16_t flags, pieces;
    uint32_t done; /* bytes */
    uint64_t table;
    uint32_t zero[4];
};
enum {
    HEAD_WORDS = 5, /* of the command, in the flags */
    HEAD_WRITE = 1 << 6,
};

struct piece {
    uint64_t address;
    uint32_t zero, last; /* the number of bytes, less one */
};

enum { /* bytes of the command: a register FIS from the host */
    FIS_KIND = 0,
    FIS_FLAGS = 1,
    FIS_COMMAND = 2,
    FIS_LBA = 4, /* three bytes, the device, three bytes */
    FIS_DEVICE = 7,
    FIS_COUNT = 12, /* two bytes */
    FIS_TO_DISK = 0x27,
    FIS_IS_COMMAND = 0x80,
    DEVICE_LBA = 0x40,
};

#endif
