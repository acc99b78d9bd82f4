/* SPDX-License-Identifier: BSD-2-Clause */
/* machine_take.c: which nodes of the tree are devices that we drive. */
#include "machine.h"

enum {
    SUPERVISOR = 9, /* the processor's line for interrupts in that mode */
};

/*
 * Each context of the controller is a pair, the processor's own controller and
 * its line. The first processor's come first, and we run on no other.
 */
static void take_plic(struct machine *m, const struct dt_node *node,
                      uint64_t start)
{
    m->lines = uc_dt_word(&node->lines, 0);
    for (uint32_t i = 0; i < node->interrupts.n / 8; i++)
        if (uc_dt_word(&node->interrupts, 2 * i + 1) == SUPERVISOR) {
            m->context = i;
            m->plic = start;
            return;
        }
}

void uc_machine_take(struct machine *m, const struct dt_node *node)
{
    const struct dt_property *what = &node->compatible;
    uint64_t start, size;

    if (node->hz.n)
        m->hz = uc_dt_word(&node->hz, 0);
    if (!uc_dt_reg(node, 0, &start, &size))
        return;
    if (uc_dt_is(what, "virtio,mmio")) {
        if (m->mmio_count < MACHINE_MMIO)
            m->mmio[m->mmio_count++] = start;
    } else if (uc_dt_is(what, "google,goldfish-rtc")) {
        m->clock = start;
    } else if (uc_dt_is(what, "riscv,plic0")) {
        take_plic(m, node, start);
    }
}
