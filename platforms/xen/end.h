/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * end.h: the end of a domain. Of a status other than 0 Xen is told that the
 * domain has crashed, for on_crash to say what comes of it; which status it was
 * is the console's last line, which unicore-run reads; the byte before it (GS)
 * shows as nothing and tells it apart.
 */
#ifndef UC_XEN_END_H
#define UC_XEN_END_H

#include <uc/platform.h>

#include "hypercall.h"

/* Says the status; the reason for Xen. */
static inline unsigned xen_last_words(uint8_t status)
{
    char line[] = "\035\nunicore: exit status 000\n";
    unsigned rest = status;

    if (!status)
        return SHUTDOWN_poweroff;
    for (char *digit = line + sizeof line - 3; *digit == '0'; digit--) {
        *digit = (char)('0' + rest % 10);
        rest /= 10;
    }
    uc_plat_console_write(line, sizeof line - 1);
    return SHUTDOWN_crash;
}

_Noreturn static inline void xen_end(unsigned reason)
{
    struct sched_shutdown end = {reason};

    for (;;)
        xen_sched(SCHEDOP_shutdown, &end);
}

#endif
