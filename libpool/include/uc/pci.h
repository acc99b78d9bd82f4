/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pci.h: devices on PCI, as the firmware has set them up. A device is a number:
 * bus, device and function, as the configuration's addresses have them. To look
 * at all of them:
 *
 *     struct uc_pci_walk w = {0};
 *     while ((device = uc_pci_next(&w)) != UC_PCI_END)
 *         ...uc_pci_read(device, UC_PCI_ID)...
 *
 * Everything about interrupts is one message or line, which ends a halt.
 */
#ifndef UC_PCI_H
#define UC_PCI_H

#include <stdbool.h>
#include <stdint.h>

enum {                /* words of the configuration of a device */
    UC_PCI_ID = 0x00, /* the vendor below, the device above */
    UC_PCI_COMMAND = 0x04,
    UC_PCI_CLASS = 0x08, /* 24 bits above the revision */
    UC_PCI_HEADER = 0x0c,
    UC_PCI_BARS = 0x10,
    UC_PCI_SUBSYSTEM = 0x2c,
    UC_PCI_CAPABILITIES = 0x34,
    UC_PCI_HAS_CAPABILITIES = 1 << 20, /* in UC_PCI_COMMAND */
    UC_PCI_CAP_MSI = 5,
    UC_PCI_CAP_VENDOR = 9,
    UC_PCI_CAP_MSIX = 0x11,
};

#define UC_PCI_END UINT32_MAX

struct uc_pci_walk {
    unsigned next;
    bool bridges; /* there are more buses than the first */
};

/* ---- config.c, of the machine ---- */

bool uc_pci_exists(void);
uint32_t uc_pci_read(unsigned device, unsigned at);
void uc_pci_write(unsigned device, unsigned at, uint32_t value);
/* Interrupt messages that end a halt. */
extern const uint32_t uc_pci_message_address, uc_pci_message_data;

/* ---- pci.c ---- */

unsigned uc_pci_next(struct uc_pci_walk *w);
/* Lets it answer in memory, and reach ours. */
void uc_pci_start(unsigned device);
/* The capability of a kind, behind `after` (0: the first); 0: none. */
unsigned uc_pci_capability(unsigned device, unsigned kind, unsigned after);
/* [at, at + n) of a base address register; NULL if it is not in memory. */
volatile char *uc_pci_window(unsigned device, unsigned bar, uint32_t at,
                             uint32_t n);

/* ---- interrupt.c ---- */

/* Interrupts as messages; false: the device has a line only. */
bool uc_pci_msi(unsigned device);

#endif
