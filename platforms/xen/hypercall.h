/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hypercall.h: calls to Xen. uc_hypercall is of each platform (hypercall.S): PV
 * guests use SYSCALL, PVH guests VMCALL or VMMCALL. Pointers are addresses as
 * the guest has them. What comes back is 0 or more, or an error of Xen's, whose
 * numbers are Linux's.
 */
#ifndef UC_XEN_HYPERCALL_H
#define UC_XEN_HYPERCALL_H

#include <stdint.h>

#define __XEN_INTERFACE_VERSION__ 0x00040d00 /* of 4.13 */
#include <xen/xen.h>

#include <xen/event_channel.h>
#include <xen/grant_table.h>
#include <xen/memory.h>
#include <xen/sched.h>

long uc_hypercall(long a, long b, long c, long d, long e, long number);

static inline long xen_memory(unsigned what, void *argument)
{
    return uc_hypercall(what, (long)argument, 0, 0, 0, __HYPERVISOR_memory_op);
}

static inline long xen_sched(unsigned what, void *argument)
{
    return uc_hypercall(what, (long)argument, 0, 0, 0, __HYPERVISOR_sched_op);
}

static inline long xen_event(unsigned what, void *argument)
{
    return uc_hypercall(what, (long)argument, 0, 0, 0,
                        __HYPERVISOR_event_channel_op);
}

static inline long xen_grant(unsigned what, void *argument, unsigned count)
{
    return uc_hypercall(what, (long)argument, count, 0, 0,
                        __HYPERVISOR_grant_table_op);
}

static inline long xen_console(unsigned what, unsigned n, const void *text)
{
    return uc_hypercall(what, n, (long)text, 0, 0, __HYPERVISOR_console_io);
}

#endif
