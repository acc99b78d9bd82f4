/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * exit.c: the end of the domain. Of a status other than 0 Xen is told that the
 * domain has crashed, for on_crash to say what comes of it; which status it was
 * is the console's last line, which unicore-run reads; the byte before it (GS)
 * shows as nothing and tells it apart. The back end gets time
 * to take what is in the ring: a domain's console may end with it.
 */
#include <uc/platform.h>

#include "console.h"

enum {
    PATIENCE = 1000000
};

unsigned char uc_xen_asked;

static void say_status(unsigned status)
{
    char line[] = "\035\nunicore: exit status 000\n";

    for (char *digit = line + sizeof line - 3; *digit == '0'; digit--) {
        *digit = (char)('0' + status % 10);
        status /= 10;
    }
    uc_plat_console_write(line, sizeof line - 1);
}

_Noreturn void uc_plat_exit(int status)
{
    struct sched_shutdown end = {SHUTDOWN_poweroff};
    const struct xen_ring *r = uc_xen_ring();

    if ((uint8_t)status) {
        say_status((uint8_t)status);
        end.reason = SHUTDOWN_crash;
    }
    if (uc_xen_asked)
        end.reason =
            uc_xen_asked == UC_XEN_REBOOT ? SHUTDOWN_reboot : SHUTDOWN_poweroff;
    for (int i = 0; r->shared && ring_waiting(r) && i < PATIENCE; i++)
        xen_yield();
    for (;;)
        xen_sched(SCHEDOP_shutdown, &end);
}
