/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dt.h: the flattened device tree which the machine comes with: its nodes, one
 * after the other as they stand there. What a node does not have is empty; a
 * node on a bus with addresses of its own has no `reg`, and one that is not in
 * use, by its `status`, has nothing.
 */
#ifndef UC_DT_H
#define UC_DT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "properties.h"

struct dt_property {
    const char *p; /* NULL: there is none */
    uint32_t n;
};

struct dt_node {
#define X(field, name) struct dt_property field;
    DT_PROPERTIES(X)
#undef X
    uint8_t address_cells, size_cells; /* of `reg`; both 0: there is none */
};

enum {
    DT_LEVELS = 8, /* nodes deeper down have no `reg` */
};

struct dt {
    const char *next, *end, *names;
    uint32_t names_size, total;
    uint32_t depth; /* of the node that is open; 1: the root */
    struct {
        uint8_t address_cells, size_cells;
        bool plain; /* addresses below it are the machine's */
    } levels[DT_LEVELS];
};

/* Of [p, p + most); false: there is none, or it is damaged. */
bool uc_dt_open(struct dt *dt, const char *p, size_t most);
/* False at the end, or where it is damaged. */
bool uc_dt_next(struct dt *dt, struct dt_node *node);
/* Is `what` among the texts? */
bool uc_dt_is(const struct dt_property *texts, const char *what);
/* The i-th word of a property; 0 where it has none. */
uint32_t uc_dt_word(const struct dt_property *p, uint32_t i);
/* The i-th pair of `reg`; false if there are not as many. */
bool uc_dt_reg(const struct dt_node *node, uint32_t i, uint64_t *start,
               uint64_t *size);

#endif
