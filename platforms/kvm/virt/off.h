/* SPDX-License-Identifier: BSD-2-Clause */
/* off.h: the machine's end, where nobody has taken the status. */
#ifndef UC_OFF_H
#define UC_OFF_H

#include "monitor.h"

static inline void machine_off(int status)
{
    monitor_off(status);
}

#endif
