/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pci.c: all of bus 0, as the firmware set it up, and the buses behind its
 * bridges. Buses are numbered by the firmware; a bus without devices answers
 * with ones. Bridges are not followed: what their buses have is found by its
 * number.
 */
#include <uc/pci.h>
#include <uc/platform.h>

enum {
    BUS_SHIFT = 8,
    BUSES = 32,
    FUNCTIONS = 7, /* the bits of a number that they are */
    COMMAND_MEMORY = 2,
    COMMAND_MASTER = 4,
    COMMAND_NO_LINE = 1 << 10,
    HEADER_KIND = 0x7f,
    HEADER_BRIDGE = 1,
    HEADER_MANY = 0x80, /* functions */
    BAR_PORTS = 1,
    BAR_64 = 4,
    BARS = 6,
    CAPS_MOST = 48, /* as many as there is room for */
};

unsigned uc_pci_next(struct uc_pci_walk *w)
{
    if (!w->next && !uc_pci_exists())
        return UC_PCI_END;
    while (w->next < (w->bridges ? BUSES : 1u) << BUS_SHIFT) {
        unsigned device = w->next++;
        uint32_t id = uc_pci_read(device, UC_PCI_ID);
        bool none = id == UINT32_MAX || !id;
        uint32_t header = none ? 0 : uc_pci_read(device, UC_PCI_HEADER) >> 16;
        if (!(device & FUNCTIONS) && !(header & HEADER_MANY))
            w->next = device + FUNCTIONS + 1;
        w->bridges |= (header & HEADER_KIND) == HEADER_BRIDGE;
        if (!none)
            return device;
    }
    return UC_PCI_END;
}

void uc_pci_start(unsigned device)
{
    uc_pci_write(device, UC_PCI_COMMAND,
                 (uc_pci_read(device, UC_PCI_COMMAND) & 0xffff &
                  ~(uint32_t)COMMAND_NO_LINE) |
                     COMMAND_MEMORY | COMMAND_MASTER);
}

unsigned uc_pci_capability(unsigned device, unsigned kind, unsigned after)
{
    unsigned at = after ? uc_pci_read(device, after) >> 8 & 0xfc
                        : uc_pci_read(device, UC_PCI_CAPABILITIES) & 0xfc;

    if (!(uc_pci_read(device, UC_PCI_COMMAND) & UC_PCI_HAS_CAPABILITIES))
        return 0;
    for (int i = 0; at && i < CAPS_MOST; i++) {
        uint32_t head = uc_pci_read(device, at);
        if ((head & 0xff) == kind)
            return at;
        at = head >> 8 & 0xfc;
    }
    return 0;
}

volatile char *uc_pci_window(unsigned device, unsigned bar, uint32_t at,
                             uint32_t n)
{
    if (bar >= BARS)
        return NULL;
    uint32_t low = uc_pci_read(device, UC_PCI_BARS + 4 * bar);
    uint64_t base = low & ~15u;
    if (low & BAR_PORTS)
        return NULL;
    if (low & BAR_64 && bar + 1 < BARS)
        base |= (uint64_t)uc_pci_read(device, UC_PCI_BARS + 4 * bar + 4) << 32;
    return base ? uc_plat_device(base + at, n) : NULL;
}
