/* SPDX-License-Identifier: BSD-2-Clause */
/* scan_json.c: the report as JSON, with every place. */
#include "json_text.h"
#include "scan.h"

#include <jansson.h>
#include <stdlib.h>

static json_t *places_json(struct place *places)
{
    json_t *list = json_array();

    for (size_t i = 0; i < arrlenu(places); i++) {
        const struct place *p = &places[i];
        json_t *j = json_object();

        json_object_set_new(j, "file", json_text(p->file));
        json_object_set_new(j, "line", json_integer(p->line));
        json_object_set_new(j, "text", json_text(p->text));
        if (*p->condition)
            json_object_set_new(j, "condition", json_text(p->condition));
        json_array_append_new(list, j);
    }
    return list;
}

static json_t *rows_json(struct row *rows)
{
    json_t *list = json_array();

    for (size_t i = 0; i < arrlenu(rows); i++) {
        json_t *j = json_object();

        json_object_set_new(j, "what", json_text(rows[i].what));
        json_object_set_new(j, "name", json_text(rows[i].name));
        if (*rows[i].why)
            json_object_set_new(j, "why", json_text(rows[i].why));
        json_object_set_new(j, "places", places_json(rows[i].places));
        json_array_append_new(list, j);
    }
    return list;
}

void report_json(const struct report *r, const struct tree *t,
                 const struct options *o)
{
    json_t *j = json_object();

    json_object_set_new(j, "name", json_text(o->name));
    json_object_set_new(j, "flags", json_text(t->how));
    json_object_set_new(j, "files", json_integer((json_int_t)r->files));
    json_object_set_new(j, "parsed", json_integer((json_int_t)r->parsed));
    json_object_set_new(j, "skipped", json_integer((json_int_t)t->skipped));
    json_object_set_new(j, "functions", json_integer((json_int_t)r->functions));
    json_object_set_new(j, "errors", rows_json(r->unparsed));
    json_object_set_new(j, "needs", rows_json(r->needs));
    json_object_set_new(j, "degraded", rows_json(r->degraded));
    json_object_set_new(j, "notes", rows_json(r->notes));
    json_object_set_new(j, "macros", rows_json(r->macros));
    if (json_dumpf(j, stdout, JSON_INDENT(1)) != 0)
        die("cannot write the report");
    putchar('\n');
    json_decref(j);
}
