/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ide.c: the four disks at the ports that PCs have had from the start. All data
 * goes through the processor (PIO), and it waits for it: for machines that have
 * nothing better. A command is done when it has been issued.
 */
#include <linux/errno.h>
#include <stddef.h>
#include <uc/platform.h>

#include "../ata.h"
#include "cpu.h"

enum { /* ports, from the channel's first on */
    DATA = 0,
    COUNT = 2,
    SECTOR = 3, /* three bytes */
    DRIVE = 6,
    STATUS = 7,
    COMMAND = STATUS,
    CONTROL = 0x206,
};

enum {
    NO_INTERRUPTS = 2, /* in the control */
    DRIVE_LBA = 0xe0,
    DRIVE_SECOND = 0x10,
    STATUS_ERROR = 1,
    STATUS_DATA = 8,
    STATUS_FAULT = 0x20,
    STATUS_READY = 0x40,
    STATUS_BUSY = 0x80,
    NO_PORT = 0xff,
    PIO_READ = 0x20,
    PIO_READ_EXT = 0x24,
    PIO_WRITE = 0x30,
    PIO_WRITE_EXT = 0x34,
    SETTLE = 15, /* reads of the status that take 400 ns or more */
    ANSWER_S = 30,
};

static uint16_t base;
static uint8_t drive;
static int result; /* of the last command */

static uint8_t status(void)
{
    return in8(base + STATUS);
}

/* Until it is not busy; 0: in vain. */
static uint8_t settled(void)
{
    uint64_t start = uc_plat_clock_ns();
    uint8_t s;

    for (int i = 0; i < SETTLE; i++)
        in8(base + CONTROL);
    while ((s = status()) & STATUS_BUSY)
        if (uc_plat_clock_ns() - start > ANSWER_S * (uint64_t)1000000000)
            return 0;
    return s;
}

/* The same commands as with DMA, but for the data's way. */
static uint8_t pio(uint8_t command)
{
    switch (command) {
    case ATA_READ:
        return PIO_READ;
    case ATA_READ_EXT:
        return PIO_READ_EXT;
    case ATA_WRITE:
        return PIO_WRITE;
    case ATA_WRITE_EXT:
        return PIO_WRITE_EXT;
    default:
        return command;
    }
}

static void put_registers(const struct uc_ata_command *c)
{
    uint8_t head = c->extended ? 0 : c->sector >> 24 & 15;

    out8(base + DRIVE, (uint8_t)(DRIVE_LBA | drive | head));
    settled();
    if (c->extended) {
        out8(base + COUNT, (uint8_t)(c->sectors >> 8));
        for (int i = 0; i < 3; i++)
            out8((uint16_t)(base + SECTOR + i),
                 (uint8_t)(c->sector >> (24 + 8 * i)));
    }
    out8(base + COUNT, (uint8_t)c->sectors);
    for (int i = 0; i < 3; i++)
        out8((uint16_t)(base + SECTOR + i), (uint8_t)(c->sector >> 8 * i));
    out8(base + COMMAND, pio(c->command));
}

static bool has_failed(uint8_t s)
{
    return !s || s & (STATUS_ERROR | STATUS_FAULT);
}

/* One sector of data, for which the disk is ready. */
static bool transfer(char *p, bool write)
{
    uint8_t s = settled();

    if (has_failed(s) || !(s & STATUS_DATA))
        return false;
    if (write)
        out_words(base + DATA, p, UC_BLOCK_SECTOR / 2);
    else
        in_words(base + DATA, p, UC_BLOCK_SECTOR / 2);
    return true;
}

static void issue(const struct uc_ata_command *c)
{
    result = -EIO;
    put_registers(c);
    for (unsigned i = 0; i < c->count; i++)
        for (uint32_t at = 0; at < c->parts[i].n; at += UC_BLOCK_SECTOR)
            if (!transfer((char *)c->parts[i].p + at, c->write))
                return;
    if (!has_failed(settled()))
        result = 0;
}

static int look(void)
{
    return result;
}

static bool find(bool (*is_good)(void))
{
    static const uint16_t channels[] = {0x1f0, 0x170};

    for (int i = 0; i < 4; i++) {
        base = channels[i / 2];
        drive = i % 2 ? DRIVE_SECOND : 0;
        if (status() == NO_PORT)
            continue;
        out8(base + CONTROL, NO_INTERRUPTS);
        out8(base + DRIVE, DRIVE_LBA | drive);
        if (settled() & STATUS_READY && is_good())
            return true;
    }
    return false;
}

const struct uc_ata_controller uc_ata_ide = {find, issue, look};
