/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ata.c: the first disk of ATA that the machine has. A flush is the disk's
 * FLUSH CACHE, whatever it says of its cache.
 */
#include <linux/errno.h>
#include <uc/lock.h>
#include <uc/log.h>
#include <uc/mem.h>
#include <uc/platform.h>

#include "ata.h"

enum {
    ANSWER_S = 10, /* a disk may have to spin up */
};

static const struct uc_ata_controller *controller; /* NULL: no disk */
static bool extended, extended_flush, off;
static uint64_t sectors;
static struct uc_block_request *current; /* what the disk does */
static struct uc_queue changes;          /* woken when it is done */

/* ---- finding it ---- */

static uint64_t count_of(const uint16_t *answer, unsigned at, unsigned words)
{
    uint64_t n = 0;

    while (words--)
        n = n << 16 | answer[at + words];
    return n;
}

static bool understand(const uint16_t *answer)
{
    uint16_t commands = answer[IDENTIFY_COMMANDS];

    extended = commands & HAS_EXT;
    extended_flush = extended && commands & HAS_FLUSH_EXT;
    sectors = extended ? count_of(answer, IDENTIFY_SECTORS_EXT, 4)
                       : count_of(answer, IDENTIFY_SECTORS, 2);
    if ((answer[IDENTIFY_SECTOR_SIZE] & 0xd000) != HAS_LONG_SECTORS)
        return sectors;
    uc_log("ata: a disk whose sectors are longer than 512 bytes is left alone",
           -1);
    return false;
}

/* What the disk is, asked without interrupts. */
static bool identify(void)
{
    uint16_t *answer = (uint16_t *)uc_pages_alloc(1, true);
    struct uc_block_part part = {answer, UC_BLOCK_SECTOR};
    struct uc_ata_command c = {
        .command = ATA_IDENTIFY, .sectors = 1, .parts = &part, .count = 1};
    uint64_t start = uc_plat_clock_ns();
    int result;

    if (!answer)
        return false;
    controller->issue(&c);
    do
        result = controller->look();
    while (result == -EAGAIN &&
           uc_plat_clock_ns() - start < ANSWER_S * (uint64_t)1000000000);
    bool good = !result && understand(answer);
    if (result != -EAGAIN) /* else it may still come there */
        uc_pages_free((char *)answer, 1);
    return good;
}

static bool find(const struct uc_ata_controller *c)
{
    controller = c;
    if (c->find(identify))
        return true;
    controller = NULL;
    return false;
}

int uc_block_open(struct uc_block *b)
{
    if (!controller && !find(&uc_ata_ahci) && !find(&uc_ata_ide))
        return -ENODEV;
    b->sectors = sectors;
    b->read_only = false;
    return 0;
}

/* ---- requests ---- */

static void finish(struct uc_block_request *r, long result)
{
    r->result = result;
    r->done = true;
}

uint64_t uc_block_poll(void);

/* A signal that is pending ends waits at once: then this looks all the time. */
static void wait_for(struct uc_queue *q)
{
    uc_wait_quietly(q);
    uc_block_poll();
}

static void issue(const struct uc_block_request *r)
{
    static const uint8_t commands[2][2] = {{ATA_READ, ATA_READ_EXT},
                                           {ATA_WRITE, ATA_WRITE_EXT}};
    struct uc_ata_command c = {.extended = extended};

    if (r->kind == UC_BLOCK_FLUSH) {
        c.command = extended_flush ? ATA_FLUSH_EXT : ATA_FLUSH;
    } else {
        c.write = r->kind == UC_BLOCK_WRITE;
        c.command = commands[c.write][extended];
        c.sector = r->sector;
        c.parts = r->parts;
        c.count = r->count;
        for (unsigned i = 0; i < r->count; i++)
            c.sectors += r->parts[i].n / UC_BLOCK_SECTOR;
    }
    controller->issue(&c);
}

void uc_block_start(struct uc_block_request *r)
{
    r->done = false;
    while (current)
        wait_for(&changes);
    if (off) {
        finish(r, -EIO);
        return;
    }
    current = r;
    issue(r);
    uc_block_poll();
}

long uc_block_wait(struct uc_block_request *r)
{
    while (!r->done)
        wait_for(&changes);
    return r->result;
}

uint64_t uc_block_poll(void)
{
    struct uc_block_request *r = current;
    int result = r ? controller->look() : -EAGAIN;

    if (result == -EAGAIN)
        return UINT64_MAX;
    current = NULL;
    if (result == -ENODEV) {
        uc_log("ata: the disk does not come back after an error", -1);
        off = true;
    }
    finish(r, result ? -EIO : 0);
    uc_queue_wake(&changes);
    return UINT64_MAX;
}
