/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_survey.c: what the images of many programs have in common, from the
 * products of unicore-batch: nothing is built, and run only for --measure.
 *
 * A program's class is what it asks of the system: a network; threads or
 * processes; files; else a console (eval_reasons.c). Its section is Debian's
 * own word for what it is: games, database, interpreters.
 */
#include "eval_survey.h"
#include "corpus.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static void add_part(struct program *p, const char *name, double bytes)
{
    p->bytes += bytes;
    if (!strcmp(name, "app"))
        p->app_bytes += bytes;
    else if (has_prefix(name, "libpool/libc/") || !strcmp(name, "late.a"))
        p->libc_bytes += bytes;
    else if (has_prefix(name, "libpool/") || has_prefix(name, "platforms/") ||
             !strcmp(name, "init"))
        p->system_bytes += bytes;
    else
        p->other_bytes += bytes;
    if (strchr(name, '/'))
        arrput(p->parts, xstrdup(name));
}

static double number(const json_t *j, const char *key)
{
    return json_number_value(json_object_get(j, key));
}

/* The `Section:` of the source package that the program was built from. */
static char *section_of(const char *native)
{
    const char *programs = native ? strstr(native, "/programs/") : NULL;
    char *entry =
        programs ? xstrndup(native, (size_t)(programs - native)) : NULL;
    char *control = entry ? path_join(entry, "work/debian/control") : NULL;
    char *text = control ? file_read(control, NULL) : NULL;
    char *line = text ? strstr(text, "Section:") : NULL, *section;

    if (line) {
        line += strlen("Section:");
        line += strspn(line, " ");
        line[strcspn(line, "\n")] = 0;
        section = xstrdup(strchr(line, '/') ? strchr(line, '/') + 1 : line);
    } else {
        section = xstrdup("example");
    }
    free(text);
    free(control);
    free(entry);
    return section;
}

static bool read_program(struct program *p, const char *app, const char *dir)
{
    char *path = path_join(dir, "report.json");
    json_t *report = json_load_file(path, 0, NULL), *value;
    json_t *analysis = json_object_get(report, "analysis");
    const char *name;

    free(path);
    if (!report)
        return false;
    *p = (struct program){.app = xstrdup(app), .dir = xstrdup(dir)};
    json_object_foreach(json_object_get(report, "components"), name, value)
        add_part(p, name, json_number_value(value));
    p->functions = number(analysis, "functions_kept");
    p->components = number(analysis, "components");
    p->link_seconds = number(report, "link_seconds");
    p->specialize_seconds = number(report, "cpu_seconds");
    p->section =
        section_of(json_string_value(json_object_get(report, "native")));
    p->functions_total = number(analysis, "functions_total");
    program_reasons(p);
    json_decref(report);
    return true;
}

static void count(struct wanted **all, char **names)
{
    for (size_t i = 0; i < arrlenu(names); i++) {
        ptrdiff_t k = shgeti(*all, names[i]);
        shput(*all, names[i], k < 0 ? 1 : (*all)[k].value + 1);
    }
}

static void read_all(struct survey *s, const char *images)
{
    char **apps = dir_list(images);

    for (size_t i = 0; i < arrlenu(apps); i++) {
        char *dir = corpus_products(images, apps[i], s->target);
        struct program p;

        if (dir && read_program(&p, apps[i], dir)) {
            count(&s->syscalls, p.syscalls);
            count(&s->libc, p.libc);
            count(&s->parts, p.parts);
            arrput(s->programs, p);
        }
        free(dir);
        free(apps[i]);
    }
    arrfree(apps);
}

static void read_measured(struct program *p)
{
    char *path = path_join(p->dir, "measured.json");

    p->measured = json_load_file(path, 0, NULL);
    free(path);
}

bool survey(const struct eval_options *o)
{
    char *images = path_join(o->out, "images");
    json_t *all = json_array();
    bool any = false;

    if (!is_dir(images))
        die("%s: no images of unicore-batch there (its -o)", o->out);
    for (size_t t = 0; t < arrlenu(o->targets); t++) {
        struct survey s = {.target = o->targets[t].name};
        read_all(&s, images);
        if (o->measure)
            survey_measure(&s, images, o);
        for (size_t i = 0; i < arrlenu(s.programs); i++)
            read_measured(&s.programs[i]);
        any |= arrlenu(s.programs) > 0;
        if (!arrlenu(s.programs))
            continue;
        json_t *one = survey_json(&s);
        if (verbosity >= 0)
            survey_print(&s, one);
        json_array_append_new(all, one);
    }
    if (!any)
        error("%s: no images for these targets", images);
    if (o->json && any) {
        json_t *whole = json_object();
        json_object_set_new(whole, "origin", origin_json(o->targets));
        json_object_set(whole, "targets", all);
        json_write(whole, o->json);
        json_decref(whole);
    }
    json_decref(all);
    free(images);
    return any;
}
