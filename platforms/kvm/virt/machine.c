/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * machine.c: one walk over the tree for all that drivers ask for. The tree is
 * where QEMU puts it, at the start of memory, and is seen, read-only, through
 * a large page.
 */
#include "machine.h"

#include "boot.h"

bool uc_machine_open(struct dt *dt)
{
    uint64_t *e = large_entry(WINDOW_START);

    if (!*e) {
        *e = (uint64_t)RAM_START | PAGE_LARGE | PAGE_READ_ONLY | PAGE_NX;
        cpu_pages_added();
    }
    return uc_dt_open(dt, (const char *)WINDOW_START, IMAGE_START - RAM_START);
}

static void take(struct machine *m, const struct dt *dt,
                 const struct dt_node *node)
{
    const struct dt_property *what = &node->compatible;
    uint64_t start, size;

    if (!uc_dt_reg(dt, node, 0, &start, &size))
        return;
    if (uc_dt_is(what, "virtio,mmio")) {
        if (m->mmio_count < MACHINE_MMIO)
            m->mmio[m->mmio_count++] = start;
    } else if (uc_dt_is(what, "arm,pl031")) {
        m->clock = start;
    } else if (uc_dt_is(what, "arm,cortex-a15-gic") ||
               uc_dt_is(what, "arm,gic-400")) {
        m->gic = 2;
        m->distributor = start;
        if (!uc_dt_reg(dt, node, 1, &m->interface, &size))
            m->gic = 0;
    } else if (uc_dt_is(what, "arm,gic-v3")) {
        m->gic = 3;
        m->distributor = start;
        if (!uc_dt_reg(dt, node, 1, &m->interface, &size))
            m->gic = 0;
    }
}

const struct machine *uc_machine(void)
{
    static struct machine m;
    static bool read;
    struct dt dt;
    struct dt_node node;

    if (!read && uc_machine_open(&dt))
        while (uc_dt_next(&dt, &node))
            take(&m, &dt, &node);
    read = true;
    return &m;
}
