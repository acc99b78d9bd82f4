/* SPDX-License-Identifier: BSD-2-Clause */
/* machine_take.c: which nodes of the tree are devices that we drive. */
#include "machine.h"

#include "boot.h"

static void take_gic(struct machine *m, const struct dt_node *node, int version)
{
    uint64_t distributor, interface, size;

    if (!uc_dt_reg(node, 0, &distributor, &size) ||
        !uc_dt_reg(node, 1, &interface, &size))
        return;
    m->gic = version;
    m->distributor = counted(distributor);
    m->interface = counted(interface);
}

void uc_machine_take(struct machine *m, const struct dt_node *node)
{
    const struct dt_property *what = &node->compatible;
    uint64_t start, size;

    if (!uc_dt_reg(node, 0, &start, &size))
        return;
    start = counted(start);
    if (uc_dt_is(what, "virtio,mmio")) {
        if (m->mmio_count < MACHINE_MMIO)
            m->mmio[m->mmio_count++] = start;
    } else if (uc_dt_is(what, "arm,pl031")) {
        m->clock = start;
    } else if (uc_dt_is(what, "arm,cortex-a15-gic") ||
               uc_dt_is(what, "arm,gic-400")) {
        take_gic(m, node, 2);
    } else if (uc_dt_is(what, "arm,gic-v3")) {
        take_gic(m, node, 3);
    }
}
