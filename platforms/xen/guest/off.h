/* SPDX-License-Identifier: BSD-2-Clause */
/* off.h: the domain's end, where nobody has taken the status. */
#ifndef UC_OFF_H
#define UC_OFF_H

#include "end.h"

static inline void machine_off(int status)
{
    unsigned reason = xen_last_words((uint8_t)status);

    console_drain();
    xen_end(reason);
}

#endif
