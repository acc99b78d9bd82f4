/* SPDX-License-Identifier: BSD-2-Clause */
/* machine.h: the devices that drivers of ours ask for, as the tree has them. */
#ifndef UC_MACHINE_H
#define UC_MACHINE_H

#include "dt.h"

enum {
    MACHINE_MMIO = 32, /* places of virtio devices, at most */
    MACHINE_SEED = 32, /* bytes */
};

struct machine {
    int gic;                         /* its version, 2 or 3; 0: there is none */
    uint64_t distributor, interface; /* version 3: the redistributors */
    uint64_t clock;                  /* a PL031; 0: there is none */
    uint64_t mmio[MACHINE_MMIO];
    unsigned mmio_count;
};

/* The tree from its start; false: there is none, or it is damaged. */
bool uc_machine_open(struct dt *dt);
/* machine_take.c: notes the device of a node, if it is one of ours. */
void uc_machine_take(struct machine *m, const struct dt_node *node);
/* Reads the tree when it is first asked. */
const struct machine *uc_machine(void);

#endif
