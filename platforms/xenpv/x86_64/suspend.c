/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * suspend.c: the domain's machine frames become others. Where Xen knows of them
 * - page tables, the processor's state, start_info - the host changes them, by
 * the list of frames that the domain builder has made (xc_sr_save_x86_pv.c of
 * Xen's library): it is told by two pages of frames of that list's pages,
 * before it asks for anything. All else here has numbers of frames until it
 * goes on.
 *
 * What is Xen's, the shared page and the table of grants, may not be mapped
 * then. Without the shared page no fault can be told, and no event may come:
 * all that is used is touched before.
 */
#include <linux/errno.h>
#include <uc/mem.h>
#include <uc/platform.h>
#include <uc/pool.h>
#include <uc/string.h>

#include "lazy.h"

enum {
    PER_PAGE = PAGE / 8, /* entries */
    STACK = 2 * PAGE,    /* more than is used below */
};

void uc_tick_again(void);

static uint64_t *top, *lists; /* frames of the pages of: lists; FRAMES */

static uint64_t frame_of(const void *p)
{
    return uc_plat_dma(p) >> PAGE_SHIFT;
}

/* ---- what the host is told ---- */

static void tell(void)
{
    struct arch_shared_info *arch = &uc_xen_shared()->arch;
    uint64_t pages_of_list = (INFO->nr_pages + PER_PAGE - 1) / PER_PAGE;

    for (uint64_t i = 0; i < pages_of_list; i++)
        lists[i] = frame_of((const char *)FRAMES + i * PAGE);
    for (uint64_t i = 0; i * PER_PAGE < pages_of_list; i++)
        top[i] = frame_of(lists + i * PER_PAGE);
    arch->max_pfn = INFO->nr_pages;
    arch->pfn_to_mfn_frame_list_list = frame_of(top);
}

void uc_xen_sleep_start(void)
{
    uint64_t n = INFO->nr_pages / PER_PAGE / PER_PAGE + 1;

    if (top || (uint64_t)FRAMES % PAGE || INFO->flags & SIF_INITDOMAIN)
        return;
    char *p = uc_pages_alloc(1 + n, true);
    if (!p)
        return;
    top = (uint64_t *)p;
    lists = top + PER_PAGE;
    tell();
}

/* ---- what is told from then on ---- */

evtchn_port_t uc_xen_console_port(void)
{
    return INFO->console.domU.evtchn;
}

evtchn_port_t uc_xen_store_port(void)
{
    return INFO->store_evtchn;
}

uint64_t uc_xen_frame_kept(uint64_t frame)
{
    return frame ? frame_number(frame) : 0; /* frame 0 is of the image */
}

uint64_t uc_xen_frame_again(uint64_t kept)
{
    return kept ? FRAMES[kept] : 0;
}

static void translate(uint64_t (*to)(uint64_t))
{
    uc_top = to(uc_top);
    uc_low = to(uc_low);
    uc_lazy_translate(to);
}

/* Marks of free frames: to `marks`, so that the list has frames only, or back.
 */
static void hide(uint8_t *marks, bool back)
{
    for (uint64_t i = 0; marks && i < uc_lazy_taken; i++) {
        uint64_t *frame = &FRAMES[uc_frames_used + i];
        uint8_t bit = (uint8_t)(1 << i % 8);
        if (back && marks[i / 8] & bit) {
            *frame |= FRAME_FREE;
        } else if (!back && *frame & FRAME_FREE) {
            marks[i / 8] |= bit;
            *frame &= ~FRAME_FREE;
        }
    }
}

/* ---- suspending ---- */

/* True: the host has thought better of it. */
static bool suspend(struct start_info *info)
{
    static uint64_t store, console; /* numbers of their frames */
    struct sched_shutdown end = {SHUTDOWN_suspend};
    uint64_t frame = FRAMES[uc_info_number];
    long cancelled;

    if (!store) {
        store = uc_xen_frame_kept(info->store_mfn);
        console = uc_xen_frame_kept(info->console.domU.mfn);
    }
    set_page(INFO_PAGE, frame << PAGE_SHIFT | PAGE_DATA);
    info->store_mfn = store;
    info->console.domU.mfn = console;
    for (uint64_t i = 0; uc_grants_seen && i < GRANT_PAGES; i++)
        set_page(GRANTS + i * PAGE, 0);
    set_page(SHARED_PAGE, 0);
    translate(uc_xen_frame_kept);
    cancelled = uc_hypercall(SCHEDOP_shutdown, (long)&end, (long)frame, 0, 0,
                             __HYPERVISOR_sched_op);
    translate(uc_xen_frame_again);
    set_page(SHARED_PAGE, info->shared_info | PAGE_DATA);
    set_page(INFO_PAGE, FRAMES[uc_info_number] << PAGE_SHIFT | PAGE_CONSTANT);
    return cancelled == 1;
}

__attribute__((noinline)) static void touch_stack(void)
{
    volatile char room[STACK];

    for (size_t i = 0; i < sizeof room; i += PAGE / 2)
        room[i] = 0;
}

int uc_xen_sleep(void)
{
    volatile uint8_t *mask = &uc_xen_shared()->vcpu_info[0].evtchn_upcall_mask;
    uint64_t n = INFO->nr_pages / 8 / PAGE + 1;
    uint8_t was = *mask;
    char *marks = NULL;
    unsigned count;

    if (!top)
        return -ENOMEM;
    touch_stack();
    if (uc_lazy_released && !(marks = uc_pages_alloc(n, true)))
        return -ENOMEM;
    for (uint64_t i = 0; marks && i < n; i++)
        *(volatile char *)(marks + i * PAGE) = 0;
    *mask = 1;
    hide((uint8_t *)marks, false);
    bool same = suspend((struct start_info *)INFO_PAGE);
    hide((uint8_t *)marks, true);
    if (marks)
        uc_pages_free(marks, n);
    if (uc_grants_seen)
        uc_xen_grants(&count);
    tell();
    memset(uc_xen_shared()->evtchn_mask, 0,
           sizeof uc_xen_shared()->evtchn_mask);
    *mask = was;
    if (CFG_PREEMPT && !was && !same)
        uc_tick_again();
    return 0;
}
