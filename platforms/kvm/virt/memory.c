/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * memory.c: memory that is neither the image's nor below it: other ranges of
 * the tree, and what lies behind the tree where that is in the middle of one.
 */
#include "boot.h"
#include "machine.h"
#include "tables.h"

static unsigned add(struct memory *to, unsigned n, uint64_t start, uint64_t end)
{
    start = (start + PAGE - 1) & -(uint64_t)PAGE;
    end &= -(uint64_t)PAGE;
    if (n < MEMORY_PIECES && start < end)
        to[n++] = (struct memory){start, end};
    return n;
}

/* All but the tree, which takes `size` bytes. */
static unsigned add_around(struct memory *to, unsigned n, uint64_t start,
                           uint64_t end, uint64_t size)
{
    uint64_t tree = TREE;

    if (start == RAM_START) /* the image's */
        start = memory_end(end);
    if (start <= tree && tree < end) {
        n = add(to, n, start, tree);
        start = tree + size;
    }
    return add(to, n, start, end);
}

unsigned uc_memory_more(struct memory to[MEMORY_PIECES])
{
    struct dt dt;
    struct dt_node node;
    uint64_t start, size;
    unsigned n = 0;

    if (!uc_machine_open(&dt))
        return 0;
    while (uc_dt_next(&dt, &node)) {
        if (!uc_dt_is(&node.device_type, "memory"))
            continue;
        for (uint32_t i = 0; uc_dt_reg(&node, i, &start, &size); i++) {
            start = counted(start);
            if (start < MEMORY_TOP && size <= MEMORY_TOP - start)
                n = add_around(to, n, start, start + size, dt.total);
        }
    }
    return n;
}
