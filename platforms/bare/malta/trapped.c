/* SPDX-License-Identifier: BSD-2-Clause */
/* trapped.c: an exception: it is an interrupt, or a page wants memory; or else.
 */
#include "trap.h"

#include <uc/pool.h>

#include "lazy.h"

bool uc_tick_left(struct trap *t); /* tick_divert.c: t was its last exception */

void uc_trapped(struct trap *t, int interrupt)
{
    if (CFG_PREEMPT && interrupt) {
        uc_tick(t);
        return;
    }
    if (CFG_PREEMPT && uc_tick_left(t))
        return;
    struct fault f = uc_fault_read(t);

    if (f.vector != FAULT_PAGE || !uc_lazy_fault(f.address, f.error))
        uc_fault(t, &f);
}
