/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * clock.c: time since Xen was started: what it has noted in the shared page,
 * and the time stamp counter since then. An odd version is one that changes.
 */
#include <uc/platform.h>

#include "cpu.h"
#include "xen.h"

uint64_t uc_xen_now(void)
{
    const volatile struct vcpu_time_info *t =
        &uc_xen_shared()->vcpu_info[0].time;
    uint32_t version;
    uint64_t ns;

    do {
        version = __atomic_load_n(&t->version, __ATOMIC_ACQUIRE);
        uint64_t ticks = cpu_tsc() - t->tsc_timestamp;
        int8_t shift = t->tsc_shift;
        ticks = shift < 0 ? ticks >> -shift : ticks << shift;
        ns = t->system_time +
             (uint64_t)((unsigned __int128)ticks * t->tsc_to_system_mul >> 32);
        __atomic_thread_fence(__ATOMIC_ACQUIRE);
    } while (version & 1 || version != t->version);
    return ns;
}

uint64_t uc_xen_skipped;

uint64_t uc_plat_clock_ns(void)
{
    static uint64_t last;
    uint64_t now = uc_xen_now();

    if (CFG_SUSPEND)
        now -= uc_xen_skipped;
    if (now > last)
        last = now;
    return last;
}

uint64_t uc_plat_ticks(void)
{
    return cpu_tsc();
}
