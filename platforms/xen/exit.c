/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the domain (end.h). The back end gets time to take what is
 * in the ring: a domain's console may end with it.
 */
#include <uc/platform.h>

#include "console.h"
#include "end.h"

enum {
    PATIENCE = 1000000
};

unsigned char uc_xen_asked;

_Noreturn void uc_plat_exit(int status)
{
    const struct xen_ring *r = uc_xen_ring();
    unsigned reason = xen_last_words((uint8_t)status);

    if (uc_xen_asked)
        reason =
            uc_xen_asked == UC_XEN_REBOOT ? SHUTDOWN_reboot : SHUTDOWN_poweroff;
    for (int i = 0; r->shared && ring_waiting(r) && i < PATIENCE; i++)
        xen_yield();
    xen_end(reason);
}
