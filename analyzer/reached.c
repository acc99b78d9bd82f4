/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reached.c: the product `reached`, for the report: a line for each reached
 * definition, in the order of discovery, fields with a tab between:
 *
 *     function 30 app main - 3 0,2 called by start.c:40
 *
 * kind, estimated bytes, component as in image.map, name, the object that it
 * is in (native code is one piece of the map), the line of who found it, from
 * 0, the lines of what it goes with at first hand (graph.c), how it was found,
 * and where. A dash is for none.
 */
#include "explain.h"

#include <stdlib.h>

/* Of what d goes with, what no other of these goes with. */
static void put_goes(const struct analysis *a, struct buf *b,
                     const struct def *d, unsigned *mark, unsigned stamp)
{
    const char *comma = "";

    for (size_t i = 0; i < arrlenu(d->goes_with); i++) {
        const struct def *x = a->run.reached[d->goes_with[i]];
        for (size_t k = 0; k < arrlenu(x->goes_with); k++)
            mark[x->goes_with[k]] = stamp;
    }
    for (size_t i = 0; i < arrlenu(d->goes_with); i++) {
        if (mark[d->goes_with[i]] == stamp)
            continue;
        buf_printf(b, "%s%d", comma, d->goes_with[i]);
        comma = ",";
    }
    if (!*comma)
        buf_str(b, "-");
}

static void put(const struct analysis *a, struct buf *b, const struct def *d,
                unsigned *mark, unsigned stamp)
{
    static const char *const kinds[] = {[DEF_FUNCTION] = "function",
                                        [DEF_DATA] = "data",
                                        [DEF_ALIAS] = "alias",
                                        [DEF_NATIVE] = "native"};
    const struct link *l = &d->found;
    bool has_from = l->from && reached(a, l->from);
    char *place = has_from ? place_of(l->from, l->at) : NULL;

    buf_printf(b, "%s\t%u\t%s\t%s\t%s\t", kinds[d->kind], d->bytes,
               map_component(d), d->symbol->name,
               d->module->ir ? "-" : path_base(d->module->path));
    if (has_from)
        buf_printf(b, "%d\t", l->from->node);
    else
        buf_str(b, "-\t");
    put_goes(a, b, d, mark, stamp);
    buf_printf(b, "\t%s\t%s\n", how_of(l), place ? place : "-");
    free(place);
}

void reached_write(struct analysis *a)
{
    size_t n = arrlenu(a->run.reached);
    unsigned *mark = xcalloc(n + 1, sizeof *mark);
    struct buf b = {0};

    for (size_t i = 0; i < n; i++)
        put(a, &b, a->run.reached[i], mark, (unsigned)i + 1);
    product_write(a, "reached", &b);
    free(mark);
}
