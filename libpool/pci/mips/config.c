/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config.c: PCI behind a GT-64120. QEMU starts an image without firmware, so
 * nothing is set up: the first who asks gives every device of bus 0 its place
 * in the bridge's memory and leads the four lines to the PC's interrupts, as
 * YAMON does. What firmware has placed stays.
 *
 * Registers of the bridge, which is device 0, are little-endian. So is what it
 * reads of the other devices, but for a big-endian processor it swaps that.
 */
#include <uc/mmio.h>
#include <uc/pci.h>
#include <uc/platform.h>

enum {
    BRIDGE_ADDRESS = 0xcf8,
    BRIDGE_DATA = 0xcfc,
    BRIDGE_SIZE = 0x1000,
    SOUTH = 10 << 3, /* PIIX4, function 0: the PC's part of the machine */
    SOUTH_LINES = 0x60,
    LINES = 0x0b0b0a0a, /* interrupts 10 and 11 */
    DEVICES = 0x100,
    FUNCTIONS = 8,
    BARS = 6,
    BAR_PORTS = 1,
    BAR_64 = 4,
    HEADER_KIND = 0x7f0000,
    HEADER_MANY = 0x800000,
};

static const uint64_t bridge_start = 0x1be00000;
static const uint32_t memory_start = 0x10000000, memory_end = 0x18000000;
static const uint32_t enable = 0x80000000;

/* No message ends a halt here, and no device is asked for one. */
const uint32_t uc_pci_message_address, uc_pci_message_data;

static volatile char *bridge;

static uint32_t swapped(unsigned device, uint32_t v)
{
    bool big = __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__;

    return big && device ? __builtin_bswap32(v) : v;
}

uint32_t uc_pci_read(unsigned device, unsigned at)
{
    put32(bridge, BRIDGE_ADDRESS, enable | device << 8 | (at & 0xfc));
    return swapped(device, get32(bridge, BRIDGE_DATA));
}

void uc_pci_write(unsigned device, unsigned at, uint32_t value)
{
    put32(bridge, BRIDGE_ADDRESS, enable | device << 8 | (at & 0xfc));
    put32(bridge, BRIDGE_DATA, swapped(device, value));
}

/* A place for a register in memory; how many registers that were. */
static unsigned place(unsigned device, unsigned bar, uint32_t *next)
{
    unsigned at = UC_PCI_BARS + 4 * bar;
    uint32_t was = uc_pci_read(device, at), size;

    if (was & BAR_PORTS)
        return 1;
    if (!(was & ~15u)) {
        uc_pci_write(device, at, UINT32_MAX);
        size = -(uc_pci_read(device, at) & ~15u);
        uint32_t to = (*next + size - 1) & -size;
        bool fits =
            size && to >= *next && to < memory_end && size <= memory_end - to;
        uc_pci_write(device, at, fits ? to : 0);
        if (fits)
            *next = to + size;
    }
    return was & BAR_64 ? 2 : 1;
}

static void set_up(void)
{
    uint32_t next = memory_start;
    bool many = false;

    for (unsigned i = 1; i < DEVICES; i++) {
        if (i % FUNCTIONS && !many)
            continue;
        uint32_t id = uc_pci_read(i, UC_PCI_ID);
        uint32_t header = uc_pci_read(i, UC_PCI_HEADER);
        if (!(i % FUNCTIONS))
            many = id != UINT32_MAX && header & HEADER_MANY;
        if (id == UINT32_MAX || header & HEADER_KIND)
            continue;
        for (unsigned bar = 0; bar < BARS;)
            bar += place(i, bar, &next);
    }
    uc_pci_write(SOUTH, SOUTH_LINES, LINES);
}

bool uc_pci_exists(void)
{
    if (!bridge) {
        bridge = uc_plat_device(bridge_start, BRIDGE_SIZE);
        if (bridge)
            set_up();
    }
    return bridge;
}
