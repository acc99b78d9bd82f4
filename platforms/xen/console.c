/* SPDX-License-Identifier: BSD-2-Clause */
/* console.c: where the console's ring is. */
#include "console.h"

static struct xen_ring ring;

struct xen_ring *uc_xen_ring(void)
{
    static bool looked;

    if (!looked) {
        looked = true;
        ring.shared = uc_xen_console(&ring.port);
        if (ring.shared) {
            ring.written = ring.shared->out_prod;
            ring.taken = ring.shared->in_cons;
        }
    }
    return &ring;
}

void uc_xen_console_again(void)
{
    if (!uc_xen_ring()->shared)
        return;
    ring.port = uc_xen_console_port();
    ring.written = ring.shared->out_prod;
    ring.taken = ring.shared->in_cons;
    ring.heard = false;
}
