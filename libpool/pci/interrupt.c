/* SPDX-License-Identifier: BSD-2-Clause */
/* interrupt.c: interrupts as messages (MSI), all the same one. */
#include <uc/pci.h>

enum {
    MSI_ON = 1 << 16,
    MSI_MANY = 7 << 20, /* how many, as a power of two */
    MSI_64 = 1 << 23,
};

bool uc_pci_msi(unsigned device)
{
    unsigned cap = uc_pci_capability(device, UC_PCI_CAP_MSI, 0);

    if (!cap)
        return false;
    uint32_t head = uc_pci_read(device, cap);
    uc_pci_write(device, cap + 4, uc_pci_message_address);
    if (head & MSI_64)
        uc_pci_write(device, cap + 8, 0);
    uc_pci_write(device, cap + (head & MSI_64 ? 12 : 8), uc_pci_message_data);
    uc_pci_write(device, cap, (head & ~(uint32_t)MSI_MANY) | MSI_ON);
    return true;
}
