/* SPDX-License-Identifier: BSD-2-Clause */
/* config.c: a PC has PCI's configuration behind two ports. */
#include <uc/pci.h>

#include "cpu.h"

enum {
    PCI_ADDRESS = 0xcf8,
    PCI_DATA = 0xcfc,
};
static const uint32_t PCI_ENABLE = 0x80000000;

/* The local APIC of the boot processor; its vector is kvm's interrupt.h's. */
const uint32_t uc_pci_message_address = 0xfee00000;
const uint32_t uc_pci_message_data = 0x21;

/* The address can be read back where there is PCI. */
bool uc_pci_exists(void)
{
    out32(PCI_ADDRESS, PCI_ENABLE);
    return in32(PCI_ADDRESS) == PCI_ENABLE;
}

uint32_t uc_pci_read(unsigned device, unsigned at)
{
    out32(PCI_ADDRESS, PCI_ENABLE | device << 8 | (at & 0xfc));
    return in32(PCI_DATA);
}

void uc_pci_write(unsigned device, unsigned at, uint32_t value)
{
    out32(PCI_ADDRESS, PCI_ENABLE | device << 8 | (at & 0xfc));
    out32(PCI_DATA, value);
}
