/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * report.c: report.json (sizes, for tools) and `dropped` (what was left out):
 *
 *     0 fmt_fp:libpool/... format_float    # fault number, name, why
 *     - strtod not reached                 # no address of it is in the image
 */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "linker.h"

static void add_to(json_t *o, const char *key, uint64_t n)
{
    json_int_t old = json_integer_value(json_object_get(o, key));

    json_object_set_new(o, key, json_integer(old + (json_int_t)n));
}

static struct name_map *kept_functions(struct piece *pieces)
{
    struct name_map *kept = NULL;

    for (size_t i = 0; i < arrlenu(pieces); i++)
        name_add(&kept, pieces[i].symbol, "");
    return kept;
}

static size_t count_kept(struct link *l, struct name_map *kept)
{
    size_t n = 0;

    for (size_t i = 0; i < shlenu(l->functions); i++)
        n += name_in(kept, l->functions[i].key);
    return n;
}

static void write_json(struct link *l, struct piece *pieces, size_t kept)
{
    json_t *o = json_object(), *components = json_object();
    json_t *sections = json_object();
    uint64_t total = 0;
    char *path = path_join(l->out, "report.json"), *text;

    for (size_t i = 0; i < arrlenu(pieces); i++) {
        add_to(components, pieces[i].component, pieces[i].size);
        add_to(sections,
               strcmp(pieces[i].section, "-") ? pieces[i].section : "(none)",
               pieces[i].size);
        total += pieces[i].size;
    }
    json_object_set_new(o, "bytes", json_integer((json_int_t)total));
    json_object_set_new(o, "components", components);
    json_object_set_new(o, "sections", sections);
    json_object_set_new(o, "functions_linked", json_integer((json_int_t)kept));
    json_object_set_new(o, "functions_merged",
                        json_integer((json_int_t)shlen(l->functions)));
    json_object_set_new(o, "functions_cut",
                        json_integer((json_int_t)arrlen(l->pick.lost)));
    text = json_dumps(o, JSON_INDENT(2) | JSON_SORT_KEYS);
    file_write(path, text, strlen(text));
    free(text);
    free(path);
    json_decref(o);
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const struct name_map *)a)->key,
                  ((const struct name_map *)b)->key);
}

static bool is_lost(struct link *l, const char *name)
{
    for (size_t i = 0; i < arrlenu(l->pick.lost); i++)
        if (!strcmp(l->pick.lost[i].name, name))
            return true;
    return false;
}

static void write_dropped(struct link *l, struct name_map *kept)
{
    char *path = path_join(l->out, "dropped");
    size_t n = shlenu(l->functions);
    struct name_map *all = xcalloc(n + 1, sizeof *all);
    struct buf b = {0};

    buf_str(&b, "");
    for (size_t i = 0; i < arrlenu(l->pick.lost); i++) {
        const struct lost *x = &l->pick.lost[i];
        const char *why = *x->why ? x->why : "not reached";
        buf_printf(&b, "%zu %s %s\n", i, x->name, why);
    }
    memcpy(all, l->functions, n * sizeof *all);
    qsort(all, n, sizeof *all, by_key);
    for (size_t i = 0; i < n; i++)
        if (!name_in(kept, all[i].key) && !is_lost(l, all[i].key))
            buf_printf(&b, "- %s %s\n", all[i].key, all[i].value);
    file_write(path, b.p, b.n);
    if (l->print_dropped)
        fputs(b.p, stdout);
    buf_free(&b);
    free(all);
    free(path);
}

bool report(struct link *l, struct piece *pieces)
{
    struct name_map *kept = kept_functions(pieces);

    write_json(l, pieces, count_kept(l, kept));
    write_dropped(l, kept);
    shfree(kept);
    return true;
}
