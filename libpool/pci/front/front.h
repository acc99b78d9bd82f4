/* SPDX-License-Identifier: BSD-2-Clause */
/* front.h: what the files of pci/front share. */
#ifndef UC_PCI_FRONT_H
#define UC_PCI_FRONT_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Asks the back end: `what` is XEN_PCI_OP_... about a device; *value goes there
 * and is what comes back. False: there is none, or it does not do it.
 */
void uc_pci_look(void); /* is the back end still there? */
bool uc_pci_ask(uint32_t what, unsigned device, unsigned at, uint32_t *value);

#endif
