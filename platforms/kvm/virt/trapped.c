/* SPDX-License-Identifier: BSD-2-Clause */
/* trapped.c: an exception: it is an interrupt, or a page wants memory; or else.
 */
#include "trap.h"

#include <uc/pool.h>

#include "lazy.h"

PLAIN void uc_trapped(struct trap *t, int interrupt)
{
    if (CFG_PREEMPT && interrupt) {
        uc_tick(t);
        return;
    }
    struct fault f = uc_fault_read(t);

    if (!(CFG_LAZY && f.vector == FAULT_PAGE &&
          uc_lazy_fault(f.address, f.error)))
        uc_fault(t, &f);
}
