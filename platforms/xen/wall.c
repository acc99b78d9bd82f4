/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * wall.c: the date: when Xen was started, as it has noted that in the shared
 * page, and the time since then. Whoever sets Xen's date changes the note.
 */
#include <uc/platform.h>

#include "xen.h"

uint64_t uc_plat_wall_ns(void)
{
    const volatile struct shared_info *s = uc_xen_shared();
    uint64_t second = 1000000000, start;
    uint32_t version;

    do {
        version = __atomic_load_n(&s->wc_version, __ATOMIC_ACQUIRE);
        start =
            ((uint64_t)s->wc_sec_hi << 32 | s->wc_sec) * second + s->wc_nsec;
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
    } while (version & 1 || version != s->wc_version);
    return start + (CFG_SUSPEND ? uc_xen_now() : uc_plat_clock_ns());
}
