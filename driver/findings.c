/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * findings.c: what the source scan says of a captured program, kept beside its
 * modules: scan-<hash of the scanner and the pool>.json. So it costs one scan
 * for each build; and what of it the user is told after a run:
 *
 *     note: lua: jumps in its sources: longjmp, setjmp; 4 places, ldo.c:62
 */
#include "specialize.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* What can make an analysis unsure, or an image fail; the rest is --scan's. */
static const struct {
    const char *what, *told;
} kinds[] = {
    {"assembly", "inline assembly"},
    {"jumps", "jumps"},
    {"processes", "processes"},
    {"dynamic loading", "dynamic loading"},
    {"fault handler", "handlers for faults"},
    {"syscall()", "system calls by number"},
    {"pointer cast", "function pointers of another type"},
    {"pointer in ...", "function pointers through `...`"},
    {"no prototype", "calls without a prototype"},
    {"format, unmarked", "printf wrappers without the format attribute"},
};

static char *path_of(const struct capture_result *app, const char *pool)
{
    struct hash *h = hash_new();
    char *scanner = path_join(bin_dir(), "unicore-scan"), *key, *path;

    hash_file(h, scanner);
    hash_str(h, path_base(pool));
    key = hash_end(h);
    path = format("%s/scan-%s.json", app->dir, key);
    free(key);
    free(scanner);
    return path;
}

char *findings_of(const struct options *o, char **apps,
                  const struct capture_result *app, const char *pool)
{
    char *path = path_of(app, pool);
    const char **argv;
    struct buf out = {0};
    int status;

    if (file_exists(path))
        return path;
    argv = scan_command(o, apps, app, pool);
    if (!argv)
        return NULL;
    progress("%s: scanning the sources", app->name);
    status = run_capture(argv, &(struct run){.out = "/dev/null"}, &out);
    if (status <= 1) /* else our fault, and for the next run to try again */
        file_write(path, out.n ? out.p : "{}\n", out.n ? out.n : 3);
    buf_free(&out);
    arrfree(argv);
    return status <= 1 ? path : NULL;
}

/* ---- notes ---- */

static const char *text_in(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

static int line_in(const json_t *place)
{
    return (int)json_integer_value(json_object_get(place, "line"));
}

static int by_place(const void *x, const void *y)
{
    const json_t *a = *(json_t *const *)x, *b = *(json_t *const *)y;
    int order = strcmp(text_in(a, "file"), text_in(b, "file"));

    return order ? order : line_in(a) - line_in(b);
}

struct found {
    json_t **places; /* stb_ds array */
    struct buf names;
};

/* Types are no names to list here. */
static void add_rows(struct found *f, const json_t *rows, const char *what,
                     bool has_names)
{
    json_t *row, *place;
    size_t i, k;

    json_array_foreach(rows, i, row)
    {
        const char *name = text_in(row, "name");
        if (strcmp(text_in(row, "what"), what) != 0)
            continue;
        if (has_names && *name)
            buf_printf(&f->names, "%s%s", f->names.n ? ", " : ": ", name);
        json_array_foreach(json_object_get(row, "places"), k, place)
            arrput(f->places, place);
    }
}

static void tell_place(const json_t *p)
{
    const char *under = text_in(p, "condition");

    evidence("%s:%d: %.90s", text_in(p, "file"), line_in(p),
             text_in(p, "text"));
    if (*under)
        evidence("    under #if %.100s", under);
}

static void tell(const char *app, const char *told, struct found *f)
{
    size_t n = arrlenu(f->places);
    const json_t *first;

    qsort(f->places, n, sizeof *f->places, by_place);
    first = f->places[0];
    note("%s: %s in its sources%s; %zu place%s, %s%s:%d", app, told,
         f->names.n ? f->names.p : "", n, n == 1 ? "" : "s",
         n == 1 ? "" : "first ", text_in(first, "file"), line_in(first));
    for (size_t i = 0; i < n && verbosity > 0; i++)
        tell_place(f->places[i]);
}

void findings_tell(const char *app, const char *path)
{
    json_t *all = path ? json_load_file(path, 0, NULL) : NULL;

    for (size_t i = 0; all && i < sizeof kinds / sizeof *kinds; i++) {
        const char *what = kinds[i].what;
        bool has_names = !has_prefix(what, "pointer");
        struct found f = {0};

        add_rows(&f, json_object_get(all, "degraded"), what, has_names);
        add_rows(&f, json_object_get(all, "notes"), what, has_names);
        if (f.places)
            tell(app, kinds[i].told, &f);
        arrfree(f.places);
        buf_free(&f.names);
    }
    json_decref(all);
}

/* ---- for report.html ---- */

static json_t *lines_of(const json_t *row)
{
    json_t *lines = json_array(), *p;
    size_t i;

    json_array_foreach(json_object_get(row, "places"), i, p)
    {
        const char *under = text_in(p, "condition");
        json_array_append_new(lines,
                              json_sprintf("%s:%d: %s", text_in(p, "file"),
                                           line_in(p), text_in(p, "text")));
        if (*under)
            json_array_append_new(lines, json_sprintf("under #if %s", under));
    }
    return lines;
}

json_t *findings_json(const char *path)
{
    json_t *all = path ? json_load_file(path, 0, NULL) : NULL;
    json_t *list = json_array(), *row;
    const char *const keys[] = {"degraded", "notes"};
    size_t i;

    for (int k = 0; k < 2; k++)
        json_array_foreach(json_object_get(all, keys[k]), i, row)
        {
            const char *why = text_in(row, "why");
            json_t *head =
                json_sprintf("%s %s%s%s", text_in(row, "what"),
                             text_in(row, "name"), *why ? ": " : "", why);
            json_array_append_new(list,
                                  json_pack("[o,o]", head, lines_of(row)));
        }
    json_decref(all);
    return list;
}
