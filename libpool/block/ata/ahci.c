/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ahci.c: disks of a SATA controller (AHCI 1.3.1), as the firmware has found
 * them: their links are up. One command at a time, in slot 0: what goes wrong
 * is then that command's fault. It has a page, where the controller looks:
 *
 *     0 list of commands   1024 what the disk answers   1280 the command
 */
#include <linux/errno.h>
#include <uc/log.h>
#include <uc/mem.h>
#include <uc/mmio.h>
#include <uc/pci.h>
#include <uc/platform.h>
#include <uc/string.h>

#include "ata.h"
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

static void put_fis(uint8_t *fis, const struct uc_ata_command *c)
{
    memset(fis, 0, 4 * HEAD_WORDS);
    fis[FIS_KIND] = FIS_TO_DISK;
    fis[FIS_FLAGS] = FIS_IS_COMMAND;
    fis[FIS_COMMAND] = c->command;
    for (int i = 0; i < 3; i++) {
        fis[FIS_LBA + i] = (uint8_t)(c->sector >> 8 * i);
        if (c->extended)
            fis[FIS_LBA + 4 + i] = (uint8_t)(c->sector >> (24 + 8 * i));
    }
    fis[FIS_DEVICE] = DEVICE_LBA;
    if (!c->extended)
        fis[FIS_DEVICE] |= (uint8_t)(c->sector >> 24 & 15);
    fis[FIS_COUNT] = (uint8_t)c->sectors; /* 256 is 0 without extension */
    if (c->extended)
        fis[FIS_COUNT + 1] = (uint8_t)(c->sectors >> 8);
}

static void issue(const struct uc_ata_command *c)
{
    struct command_head *head = (struct command_head *)page;
    char *table = page + AT_TABLE;
    struct piece *pieces = (struct piece *)(table + TABLE_PIECES);

    _Static_assert(AT_TABLE + TABLE_PIECES +
                           UC_BLOCK_PARTS * sizeof(struct piece) <=
                       UC_PAGE,
                   "all in a page");
    for (unsigned i = 0; i < c->count; i++)
        pieces[i] =
            (struct piece){uc_plat_dma(c->parts[i].p), 0, c->parts[i].n - 1};
    put_fis((uint8_t *)table, c);
    *head = (struct command_head){
        .flags = (uint16_t)(HEAD_WORDS | (c->write ? HEAD_WRITE : 0)),
        .pieces = (uint16_t)c->count,
        .table = uc_plat_dma(table)};
    __atomic_thread_fence(__ATOMIC_RELEASE);
    put32(port, ISSUED, 1);
}

static int look(void)
{
    uint32_t interrupts = get32(port, PORT_INTERRUPTS);

    put32(port, PORT_INTERRUPTS, interrupts);
    put32(controller, INTERRUPTS, (uint32_t)1 << number);
    if (!(interrupts & INTERRUPT_ERRORS)) {
        if (get32(port, ISSUED) & 1)
            return -EAGAIN;
        if (!(get32(port, TASK) & TASK_ERROR))
            return 0;
    }
    return restart() ? -EIO : -ENODEV;
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

static bool open_port(unsigned n, bool (*is_good)(void))
{
    port = controller + PORT_START + n * PORT_SIZE;
    number = n;
    return (get32(port, LINK) & 15) == LINK_PRESENT &&
           get32(port, SIGNATURE) == SIGNATURE_DISK && stop() && start() &&
           is_good();
}

static bool open_controller(unsigned device, bool (*is_good)(void))
{
    uc_pci_start(device);
    controller = uc_pci_window(device, BAR, 0, REGISTERS_SIZE);
    if (!controller)
        return false;
    take_over();
    put32(controller, CONTROL, get32(controller, CONTROL) | CONTROL_AHCI);
    uint32_t ports = get32(controller, PORTS);
    for (unsigned i = 0; i < PORT_MOST; i++) {
        if (!(ports >> i & 1) || !open_port(i, is_good))
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

static bool find(bool (*is_good)(void))
{
    struct uc_pci_walk w = {0};
    unsigned device;

    if (!page)
        page = uc_pages_alloc(1, true);
    while (page && (device = uc_pci_next(&w)) != UC_PCI_END)
        if (uc_pci_read(device, UC_PCI_CLASS) >> 8 == CLASS &&
            open_controller(device, is_good))
            return true;
    return false;
}

const struct uc_ata_controller uc_ata_ahci = {find, issue, look};
