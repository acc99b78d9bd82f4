/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.c: the start, in kernel mode. The domain builder has mapped the image,
 * what it tells, its tables and at least 512 KiB of free memory, all in one
 * piece from the image's start on, all but the tables to be read, written and
 * run. Here come tables of ours instead, made in that free memory: the image's
 * pages with what each may do (image.lds says where it changes), the list of
 * frames, and pages that Xen shares with us, at addresses of ours. All else is
 * no longer there: not the builder's tables and stack, not free memory.
 */
#include "boot.h"

#include <uc/line.h>
#include <xen/callback.h>

#include "tables.h"

void uc_boot(const struct start_info *info, uint64_t end);
void uc_hypercall_enter(void); /* hypercall.S */
void uc_lazy_trap(void);       /* lazy.S */
extern const char uc_trap[], uc_fault_stack_end[];

uint64_t uc_frames_used, uc_top, uc_low, uc_info_number;

/* Machine frames, by frames of ours; lies where it lay. */
static const uint64_t *frames;

/* The machine frame that the builder has put at v. */
static uint64_t frame_at(uint64_t v)
{
    return frames[(v - IMAGE_START) >> PAGE_SHIFT];
}

static uint64_t image_flags(uint64_t v)
{
    if (v < (uint64_t)uc_text_page)
        return PAGE_CONSTANT;
    return v < (uint64_t)uc_data_page ? PAGE_CODE : PAGE_DATA;
}

/* The machine frame of what is at v from now on, 0: nothing; and how. */
static uint64_t place(const struct start_info *info, uint64_t v,
                      uint64_t *flags)
{
    *flags = PAGE_DATA;
    if (v == SHARED_PAGE)
        return info->shared_info >> PAGE_SHIFT;
    if (v == CONSOLE_PAGE)
        return info->flags & SIF_INITDOMAIN ? 0 : info->console.domU.mfn;
    if (v == STORE_PAGE)
        return info->store_mfn;
    *flags = PAGE_CONSTANT;
    if (v == INFO_PAGE)
        return frame_at((uint64_t)info);
    *flags = image_flags(v);
    if (v - (uint64_t)frames < info->nr_pages * sizeof(uint64_t))
        return frame_at(v);
    if (v - IMAGE_START < (uint64_t)uc_image_end - IMAGE_START)
        return frame_at(v);
    return 0;
}

static void fill(const struct start_info *info, uint64_t *table, uint64_t v)
{
    for (int i = 0; i < 512; i++, v += PAGE) {
        uint64_t flags, frame = place(info, v, &flags);
        table[i] = frame ? frame << PAGE_SHIFT | flags : 0;
    }
}

/* The frame in the first entry of the builder's table in that frame. */
static uint64_t below(const struct start_info *info, uint64_t table)
{
    const uint64_t *t = (const uint64_t *)info->pt_base;

    while (frame_at((uint64_t)t) != table)
        t += 512;
    return (*t & ADDRESS) >> PAGE_SHIFT;
}

/*
 * `end` is that of what the builder has placed; free memory follows. Until the
 * last step all is where the builder has it.
 */
static void start_tables(const struct start_info *info, uint64_t end)
{
    uint64_t top = frame_at(info->pt_base), table = end, v = 0;
    struct mmuext_op ops[2] = {{.cmd = MMUEXT_NEW_USER_BASEPTR},
                               {.cmd = MMUEXT_TLB_FLUSH_LOCAL}};
    enum {
        FREE = 0x80000,
        BUILDERS = 0x400000 /* it ends at a multiple of that */
    };

    uc_top = below(info, top);
    uc_low = below(info, uc_top);
    for (; v < end; v += LARGE_PAGE, table += PAGE) {
        fill(info, (uint64_t *)table, v);
        set_page(table, frame_at(table) << PAGE_SHIFT | PAGE_CONSTANT);
    }
    uc_frames_used = (table - IMAGE_START) >> PAGE_SHIFT;
    for (v = 0, table = end; v < end; v += LARGE_PAGE, table += PAGE)
        set_entry(uc_low, v >> LARGE_SHIFT,
                  frame_at(table) << PAGE_SHIFT | PAGE_TABLE);
    for (; v < ((end + FREE + BUILDERS - 1) & -(uint64_t)BUILDERS);
         v += LARGE_PAGE)
        set_entry(uc_low, v >> LARGE_SHIFT, 0);
    ops[0].arg1.mfn = top;
    uc_hypercall((long)ops, 2, 0, DOMID_SELF, 0, __HYPERVISOR_mmuext_op);
}

static void start_traps(void)
{
    struct callback_register enter = {CALLBACKTYPE_syscall,
                                      CALLBACKF_mask_events,
                                      (uint64_t)uc_hypercall_enter};
    struct trap_info traps[VECTORS + 1];
    enum {
        BREAKPOINT = 3,
        PAGE_FAULT = 14,
        NO_EVENTS = 4,
        FROM_USER = 3, /* by the instruction, too */
    };

    for (int i = 0; i <= VECTORS; i++) {
        traps[i].vector = (uint8_t)i;
        traps[i].flags = NO_EVENTS | (i == BREAKPOINT ? FROM_USER : 0);
        traps[i].cs = XEN_CODE;
        traps[i].address = (uint64_t)uc_trap + (uint64_t)i * TRAP_SIZE;
    }
    traps[PAGE_FAULT].address = (uint64_t)uc_lazy_trap;
    traps[VECTORS].address = 0;
    uc_hypercall((long)traps, 0, 0, 0, 0, __HYPERVISOR_set_trap_table);
    uc_hypercall(CALLBACKOP_register, (long)&enter, 0, 0, 0,
                 __HYPERVISOR_callback_op);
    uc_hypercall(XEN_STACK, (long)uc_fault_stack_end, 0, 0, 0,
                 __HYPERVISOR_stack_switch);
}

void uc_boot(const struct start_info *info, uint64_t end)
{
    frames = (const uint64_t *)info->mfn_list;
    if (CFG_SUSPEND)
        uc_info_number = ((uint64_t)info - IMAGE_START) >> PAGE_SHIFT;
    start_traps();
    start_tables(info, end);
}

/* ---- what others ask for ---- */

const char *uc_plat_line(void)
{
    return (const char *)INFO->cmd_line;
}

void uc_plat_line_read(void)
{
}
