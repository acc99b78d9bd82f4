/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * boot.c: the first C code: how much memory there is, a stack of its upper
 * end; and the command line. The stack is an eighth
 * of memory, up to 8 MiB, seen just below 2 GiB; with less than 16 MiB, it is
 * 128 KiB, seen below the image.
 */
#include <uc/line.h>
#include <uc/platform.h>

#include "boot.h"
#include "machine.h"
#include "tables.h"

/* Numbers: where nobody reads them, nothing is kept. */
uint64_t uc_ram_end;

/* 137, as a shell shows SIGKILL: nothing has run. */
_Noreturn void uc_boot_fail(const char *why, size_t n)
{
    enum {
        FAILED = 137
    };

    uc_plat_console_write("unicore: ", 9);
    uc_plat_console_write(why, n);
    uc_plat_exit(FAILED);
}

/* Large pages at the end of memory, or small ones; returns the stack's end. */
static uintptr_t map_stack(void)
{
    uint64_t memory = uc_ram_end - RAM_START, count = memory >> 24;
    uintptr_t v = STACK_LARGE_END;

    if (count) {
        uc_ram_end &= -(uint64_t)LARGE_PAGE;
        for (count = count < STACK_LARGE_PAGES ? count : STACK_LARGE_PAGES;
             count; count--) {
            uc_ram_end -= LARGE_PAGE;
            v -= LARGE_PAGE;
            *large_entry(v) = entry(uc_ram_end, LARGE_DATA);
        }
        v = STACK_LARGE_END;
    } else {
        for (v = STACK_SMALL_END; v > STACK_SMALL_START;) {
            uc_ram_end -= PAGE;
            v -= PAGE;
            *small_entry(v) = entry(uc_ram_end, PAGE_DATA);
        }
        v = STACK_SMALL_END;
    }
    cpu_pages_added();
    return v;
}

/* The memory that the image is in. */
static bool find_memory(struct dt *dt, struct dt_node *node)
{
    uint64_t start, size;

    while (uc_dt_next(dt, node)) {
        if (!uc_dt_is(&node->device_type, "memory"))
            continue;
        for (uint32_t i = 0; uc_dt_reg(node, i, &start, &size); i++) {
            start = counted(start);
            if (start == RAM_START && size <= MEMORY_TOP - start) {
                uc_ram_end = memory_end(start + size) & -(uint64_t)PAGE;
                return true;
            }
        }
    }
    return false;
}

_Noreturn void uc_boot(void)
{
    struct dt dt;
    struct dt_node node;

    if (RAM_SHIFT % LARGE_PAGE)
        UC_BOOT_FAIL("memory does not start at a large page");
    if (!uc_machine_open(&dt))
        UC_BOOT_FAIL("the machine has no device tree, or it is damaged");
    if (!find_memory(&dt, &node))
        UC_BOOT_FAIL("the device tree has no memory at " RAM_START_TEXT);
    uintptr_t stack = map_stack();
    if (uc_ram_end < (uintptr_t)uc_image_end)
        UC_BOOT_FAIL("too little memory for the image and its stack");
    uc_boot_on(stack);
}

const char *uc_plat_line(void)
{
    struct dt dt;
    struct dt_node node;

    if (uc_machine_open(&dt))
        while (uc_dt_next(&dt, &node))
            if (node.bootargs.n && !node.bootargs.p[node.bootargs.n - 1])
                return node.bootargs.p;
    return "";
}

void uc_plat_line_read(void)
{
}
