/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * machine.c: one walk over the tree for all that drivers ask for. The tree is
 * seen, read-only, through large pages.
 */
#include "machine.h"

#include "boot.h"
#include "tables.h"

bool uc_machine_open(struct dt *dt)
{
    uint64_t *e = large_entry(WINDOW_START), tree = TREE;
    uint64_t offset = tree % LARGE_PAGE;

    if (!*e) {
        for (uint64_t i = 0; i < WINDOW_PAGES; i++)
            e[i] = entry(tree - offset + i * LARGE_PAGE, LARGE_CONSTANT);
        cpu_pages_added();
    }
    return uc_dt_open(dt, (const char *)WINDOW_START + offset, TREE_MOST);
}

const struct machine *uc_machine(void)
{
    static struct machine m;
    static bool read;
    struct dt dt;
    struct dt_node node;

    if (!read && uc_machine_open(&dt))
        while (uc_dt_next(&dt, &node))
            uc_machine_take(&m, &node);
    read = true;
    return &m;
}
