/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ahci.c: the first disk of a SATA controller (AHCI 1.3.1), as the firmware has
 * found it: its link is up. One command at a time, in slot 0: what goes wrong
 * is then that command's fault. It has a page, where the controller looks:
 *
 *     0 list of commands   1024 what the disk answers   1280 the command
 *
 * A flush is the disk's FLUSH CACHE, whatever it says of its cache.
 */
#include <linux/errno.h>
#include <uc/block.h>
#include <uc/lock.h>
#include <uc/log.h>
#include <uc/mem.h>
#include <uc/mmio.h>
#include <uc/pci.h>
#include <uc/platform.h>
#include <uc/string.h>

#include "registers.h"

enum {
    CLASS = 0x010601, /* SATA, AHCI */
    BAR = 5,
    AT_RECEIVED = 1024,
    AT_TABLE = 1280,
    TABLE_PIECES = 128, /* where they are in it */
    SHORT_NS = 1000000,
    STOP_NS = 500000000,
    ANSWER_S = 10, /* a disk may have to spin up */
};
static const uint64_t second = 1000000000;

static volatile char *controller, *port; /* registers; NULL: no disk */
static unsigned number;                  /* of the port */
static char *page;
static bool extended, extended_flush, off;
static uint64_t sectors;
static struct uc_block_request *current; /* what slot 0 does */
static struct uc_queue changes;          /* woken when it is done */

/* Until none of the bits is set; false: in vain. */
static bool wait_clear(unsigned at, uint32_t bits, uint64_t ns)
{
    uint64_t start = uc_plat_clock_ns();

    while (get32(port, at) & bits)
        if (uc_plat_clock_ns() - start > ns)
            return false;
    return true;
}

static void pause(uint64_t ns)
{
    uint64_t start = uc_plat_clock_ns();

    while (uc_plat_clock_ns() - start < ns)
        ;
}

/* ---- the port ---- */

static bool stop(void)
{
    uint32_t command = get32(port, COMMAND);

    put32(port, COMMAND, command & ~(uint32_t)COMMAND_START);
    if (!wait_clear(COMMAND, COMMAND_RUNNING, STOP_NS))
        return false;
    put32(port, COMMAND, get32(port, COMMAND) & ~(uint32_t)COMMAND_RECEIVE);
    return wait_clear(COMMAND, COMMAND_RECEIVING, STOP_NS);
}

static void put_address(unsigned at, const char *p)
{
    uint64_t address = uc_plat_dma(p);

    put32(port, at, (uint32_t)address);
    put32(port, at + 4, (uint32_t)(address >> 32));
}

static bool start(void)
{
    put_address(LIST, page);
    put_address(RECEIVED, page + AT_RECEIVED);
    put32(port, LINK_ERRORS, UINT32_MAX);
    put32(port, PORT_INTERRUPTS, UINT32_MAX);
    put32(port, COMMAND,
          get32(port, COMMAND) | COMMAND_RECEIVE | COMMAND_SPIN_UP |
              COMMAND_POWER);
    if (!wait_clear(TASK, TASK_BUSY | TASK_WANTS_DATA, ANSWER_S * second))
        return false;
    put32(port, COMMAND, get32(port, COMMAND) | COMMAND_START);
    put32(port, PORT_INTERRUPTS_ON, INTERRUPT_ANSWER | INTERRUPT_ERRORS);
    return true;
}

/* After an error the port takes nothing more; a disk that hangs is reset. */
static bool restart(void)
{
    if (!stop())
        return false;
    if (get32(port, TASK) & (TASK_BUSY | TASK_WANTS_DATA)) {
        put32(port, LINK_CONTROL, 1);
        pause(SHORT_NS);
        put32(port, LINK_CONTROL, 0);
        pause(SHORT_NS);
    }
    return start();
}

/* ---- commands ---- */

static void put_fis(uint8_t *fis, uint8_t command, uint64_t sector,
                    uint32_t count)
{
    memset(fis, 0, 4 * HEAD_WORDS);
    fis[FIS_KIND] = FIS_TO_DISK;
    fis[FIS_FLAGS] = FIS_IS_COMMAND;
    fis[FIS_COMMAND] = command;
    for (int i = 0; i < 3; i++) {
        fis[FIS_LBA + i] = (uint8_t)(sector >> 8 * i);
        if (extended)
            fis[FIS_LBA + 4 + i] = (uint8_t)(sector >> (24 + 8 * i));
    }
    fis[FIS_DEVICE] = DEVICE_LBA;
    if (!extended)
        fis[FIS_DEVICE] |= (uint8_t)(sector >> 24 & 15);
    fis[FIS_COUNT] = (uint8_t)count; /* 256 is 0 without extension */
    if (extended)
        fis[FIS_COUNT + 1] = (uint8_t)(count >> 8);
}

static void issue(uint8_t command, uint64_t sector, bool write,
                  const struct uc_block_part *parts, unsigned count)
{
    struct command_head *head = (struct command_head *)page;
    char *table = page + AT_TABLE;
    struct piece *pieces = (struct piece *)(table + TABLE_PIECES);
    uint32_t bytes = 0;

    _Static_assert(AT_TABLE + TABLE_PIECES +
                           UC_BLOCK_PARTS * sizeof(struct piece) <=
                       UC_PAGE,
                   "all in a page");
    for (unsigned i = 0; i < count; i++) {
        pieces[i] = (struct piece){uc_plat_dma(parts[i].p), 0, parts[i].n - 1};
        bytes += parts[i].n;
    }
    put_fis((uint8_t *)table, command, sector, bytes / UC_BLOCK_SECTOR);
    *head = (struct command_head){
        .flags = (uint16_t)(HEAD_WORDS | (write ? HEAD_WRITE : 0)),
        .pieces = (uint16_t)count,
        .table = uc_plat_dma(table)};
    __atomic_thread_fence(__ATOMIC_RELEASE);
    put32(port, ISSUED, 1);
}

static uint64_t count_of(const uint16_t *answer, unsigned at, unsigned words)
{
    uint64_t n = 0;

    while (words--)
        n = n << 16 | answer[at + words];
    return n;
}

/* What the disk is, asked without interrupts. */
static bool identify(void)
{
    uint16_t *answer = (uint16_t *)uc_pages_alloc(1, true);
    struct uc_block_part part = {answer, UC_BLOCK_SECTOR};

    if (!answer)
        return false;
    issue(ATA_IDENTIFY, 0, false, &part, 1);
    bool ok = wait_clear(ISSUED, 1, ANSWER_S * second) &&
              !(get32(port, TASK) & TASK_ERROR);
    uint16_t commands = answer[IDENTIFY_COMMANDS];
    extended = commands & HAS_EXT;
    extended_flush = extended && commands & HAS_FLUSH_EXT;
    sectors = extended ? count_of(answer, IDENTIFY_SECTORS_EXT, 4)
                       : count_of(answer, IDENTIFY_SECTORS, 2);
    if (ok && (answer[IDENTIFY_SECTOR_SIZE] & 0xd000) == HAS_LONG_SECTORS) {
        uc_log("ahci: a disk whose sectors are longer than 512 bytes is left "
               "alone; port",
               (long)number);
        ok = false;
    }
    uc_pages_free((char *)answer, 1);
    return ok && sectors;
}

/* ---- finding it ---- */

/* The firmware may still use the controller: it is asked to leave. */
static void take_over(void)
{
    uint64_t begin = uc_plat_clock_ns();

    if (!(get32(controller, CAPABILITIES_2) & HAS_HANDOFF))
        return;
    put32(controller, HANDOFF, get32(controller, HANDOFF) | HANDOFF_OURS);
    while (get32(controller, HANDOFF) & HANDOFF_FIRMWARE &&
           uc_plat_clock_ns() - begin < 2 * second)
        ;
}

static bool open_port(unsigned n)
{
    port = controller + PORT_START + n * PORT_SIZE;
    number = n;
    return (get32(port, LINK) & 15) == LINK_PRESENT &&
           get32(port, SIGNATURE) == SIGNATURE_DISK && stop() && start() &&
           identify();
}

static bool open_controller(unsigned device)
{
    uc_pci_start(device);
    controller = uc_pci_window(device, BAR, 0, REGISTERS_SIZE);
    if (!controller)
        return false;
    take_over();
    put32(controller, CONTROL, get32(controller, CONTROL) | CONTROL_AHCI);
    uint32_t ports = get32(controller, PORTS);
    for (unsigned i = 0; i < PORT_MOST; i++) {
        if (!(ports >> i & 1) || !open_port(i))
            continue;
        uc_pci_msi(device);
        put32(port, PORT_INTERRUPTS, UINT32_MAX);
        put32(controller, INTERRUPTS, UINT32_MAX);
        put32(controller, CONTROL,
              get32(controller, CONTROL) | CONTROL_INTERRUPTS);
        return true;
    }
    port = NULL;
    return false;
}

static bool find(void)
{
    struct uc_pci_walk w = {0};
    unsigned device;

    while ((device = uc_pci_next(&w)) != UC_PCI_END)
        if (uc_pci_read(device, UC_PCI_CLASS) >> 8 == CLASS &&
            open_controller(device))
            return true;
    return false;
}

int uc_block_open(struct uc_block *b)
{
    if (!page)
        page = uc_pages_alloc(1, true);
    if (!page)
        return -ENOMEM;
    if (!port && !find())
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

void uc_block_start(struct uc_block_request *r)
{
    bool write = r->kind == UC_BLOCK_WRITE;

    r->done = false;
    while (current)
        wait_for(&changes);
    if (off) {
        finish(r, -EIO);
        return;
    }
    current = r;
    if (r->kind == UC_BLOCK_FLUSH)
        issue(extended_flush ? ATA_FLUSH_EXT : ATA_FLUSH, 0, false, NULL, 0);
    else if (extended)
        issue(write ? ATA_WRITE_EXT : ATA_READ_EXT, r->sector, write, r->parts,
              r->count);
    else
        issue(write ? ATA_WRITE : ATA_READ, r->sector, write, r->parts,
              r->count);
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

    if (!port)
        return UINT64_MAX;
    uint32_t interrupts = get32(port, PORT_INTERRUPTS);
    put32(port, PORT_INTERRUPTS, interrupts);
    put32(controller, INTERRUPTS, (uint32_t)1 << number);
    if (!r)
        return UINT64_MAX;
    bool failed = interrupts & INTERRUPT_ERRORS;
    if (!failed && get32(port, ISSUED) & 1)
        return UINT64_MAX;
    failed |= get32(port, TASK) & TASK_ERROR;
    current = NULL;
    if (failed && !restart()) {
        uc_log("ahci: the disk does not come back after an error; port",
               (long)number);
        off = true;
    }
    finish(r, failed ? -EIO : 0);
    uc_queue_wake(&changes);
    return UINT64_MAX;
}
