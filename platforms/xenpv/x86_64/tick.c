/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tick.c: events outside of waits, by which threads take turns. From then on
 * they are let in wherever the program runs; hypercalls and faults are without.
 * What has come on a channel stays noted there, for uc_plat_wait.
 */
#include "boot.h"

#include <uc/platform.h>
#include <xen/callback.h>
#include <xen/vcpu.h>

enum {
    TICK_NS = 10000000
};

void uc_tick(void); /* tick.S */
void uc_tick_again(void);

uint32_t uc_tick_port;

void uc_plat_tick_start(void)
{
    if (uc_tick_port)
        return;
    uc_tick_again();
}

void uc_tick_again(void)
{
    struct evtchn_bind_virq bind = {.virq = VIRQ_TIMER};
    struct callback_register event = {CALLBACKTYPE_event, 0, (uint64_t)uc_tick};
    struct vcpu_set_periodic_timer every = {TICK_NS};

    xen_event(EVTCHNOP_bind_virq, &bind);
    uc_tick_port = bind.port;
    uc_hypercall(CALLBACKOP_register, (long)&event, 0, 0, 0,
                 __HYPERVISOR_callback_op);
    uc_xen_shared()->vcpu_info[0].evtchn_upcall_mask = 0;
    uc_hypercall(VCPUOP_set_periodic_timer, 0, (long)&every, 0, 0,
                 __HYPERVISOR_vcpu_op);
}
