/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dt.h: the flattened device tree which the machine comes with: its nodes
 * below the root, one after the other. What a node does not have is empty.
 * Nodes on a bus of their own are not seen.
 */
#ifndef UC_DT_H
#define UC_DT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dt_property {
    const char *p; /* NULL: there is none */
    uint32_t n;
};

struct dt_node {
    struct dt_property compatible, reg, device_type, bootargs, method, seed;
};

struct dt {
    const char *next, *end, *names;
    uint32_t names_size, address_cells, size_cells;
};

/* Of [p, p + most); false: there is none, or it is damaged. */
bool uc_dt_open(struct dt *dt, const char *p, size_t most);
/* False at the end, or where it is damaged. */
bool uc_dt_next(struct dt *dt, struct dt_node *node);
/* Is `what` among the texts? */
bool uc_dt_is(const struct dt_property *texts, const char *what);
/* The i-th pair of `reg`; false if there are not as many. */
bool uc_dt_reg(const struct dt *dt, const struct dt_node *node, uint32_t i,
               uint64_t *start, uint64_t *size);

#endif
