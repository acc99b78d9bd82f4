/* SPDX-License-Identifier: BSD-2-Clause */
/* console_line.c: which serial line the domain has. */
#include "boot.h"
#include "console.h"
#include "machine.h"
#include "tables.h"

#define DEVICE (PAGE_DATA | PAGE_DEVICE)

bool uc_console_whole;

volatile uint32_t *uc_console_line(void)
{
    static volatile uint32_t *line;
    static bool looked;
    struct dt dt;
    struct dt_node node;
    uint64_t start, size;

    if (looked)
        return line;
    looked = true; /* also if it is damaged, which the console is to tell */
    if (!uc_machine_open(&dt))
        return NULL;
    while (!line && uc_dt_next(&dt, &node)) {
        uc_console_whole = uc_dt_is(&node.compatible, "arm,pl011");
        if ((uc_console_whole || uc_dt_is(&node.compatible, "arm,sbsa-uart")) &&
            uc_dt_reg(&node, 0, &start, &size)) {
            start = counted(start);
            *small_entry(CONSOLE) = entry(start - start % PAGE, DEVICE);
            cpu_pages_added();
            line = (volatile uint32_t *)(CONSOLE + start % PAGE);
        }
    }
    return line;
}
