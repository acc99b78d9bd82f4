/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ata.h: between what is alike on all disks (ata.c) and the controllers
 * (ahci.c, ide.c): a command at a time, of ATA (ACS-3, 7).
 */
#ifndef UC_ATA_H
#define UC_ATA_H

#include <stdbool.h>
#include <stdint.h>
#include <uc/block.h>

enum { /* commands; those with 48 bits of address are "extended" */
    ATA_READ = 0xc8,
    ATA_READ_EXT = 0x25,
    ATA_WRITE = 0xca,
    ATA_WRITE_EXT = 0x35,
    ATA_FLUSH = 0xe7,
    ATA_FLUSH_EXT = 0xea,
    ATA_IDENTIFY = 0xec,
    IDENTIFY_SECTORS = 60, /* words of its answer */
    IDENTIFY_COMMANDS = 83,
    IDENTIFY_SECTORS_EXT = 100,
    IDENTIFY_SECTOR_SIZE = 106,
    HAS_EXT = 1 << 10,
    HAS_FLUSH_EXT = 1 << 13,
    HAS_LONG_SECTORS = 0x5000, /* of 0xd000, which is 0x4000 if it says so */
};

struct uc_ata_command {
    uint8_t command;
    bool extended; /* 48 bits of address, 16 of count; else 28 and 8 */
    bool write;
    uint64_t sector;
    uint32_t sectors; /* that is, of the parts */
    const struct uc_block_part *parts;
    unsigned count;
};

struct uc_ata_controller {
    /*
     * Looks at its disks until one is good, which may give it commands; then
     * with interrupts. False: it has none.
     */
    bool (*find)(bool (*is_good)(void));
    void (*issue)(const struct uc_ata_command *c);
    /* -EAGAIN: it is under way; 0; -EIO; -ENODEV: it takes no more. */
    int (*look)(void);
};

extern const struct uc_ata_controller uc_ata_ahci, uc_ata_ide;

#endif
