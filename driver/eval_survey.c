/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_survey.c: what the images of many programs have in common, from the
 * products of unicore-batch: nothing is built or run.
 *
 * A program's class is what it asks of the system: a network; threads or
 * processes; files; else a console. `Enough for N %` is the length of the list
 * of names, the most wanted first, of which N % of the programs want no other.
 */
#include "corpus.h"
#include "eval.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A name, and of how many programs it is wanted. */
struct wanted {
    char *key;
    int value;
};

struct program {
    char *app, *dir;
    const char *class;
    double bytes, app_bytes, libc_bytes, system_bytes, other_bytes;
    double functions, components, facts, syscalls_n;
    double specialize_seconds, link_seconds;
    char **syscalls, **libc, **parts, **asks; /* stb_ds arrays */
};

struct survey {
    const char *target;
    struct program *programs;
    struct wanted *syscalls, *libc, *parts;
};

/* ---- one program ---- */

struct fact {
    char *key;
    bool value;
};

static const char *class_of(struct fact *facts)
{
    static const char *const all[][2] = {{"sockets", "network"},
                                         {"threads", "threads, processes"},
                                         {"fork", "threads, processes"},
                                         {"exec", "threads, processes"},
                                         {"opens", "files"}};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (shgeti(facts, KEY(all[i][0])) >= 0)
            return all[i][1];
    return "console";
}

/* The names at the starts of the lines that are no evidence. */
static void read_facts(struct program *p)
{
    char *path = path_join(p->dir, "facts"), *text = file_read(path, NULL);
    char *save = NULL;
    struct fact *facts = NULL;

    sh_new_strdup(facts);
    for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
         line = strtok_r(NULL, "\n", &save)) {
        line[strcspn(line, " ")] = 0;
        if (line[0] != '>')
            shput(facts, line, true);
    }
    p->class = class_of(facts);
    p->facts = (double)shlenu(facts);
    for (size_t i = 0; i < shlenu(facts); i++)
        arrput(p->asks, xstrdup(facts[i].key));
    shfree(facts);
    free(text);
    free(path);
}

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

/* The functions that are in it; of the program and local ones, not. */
static void read_reached(struct program *p)
{
    char *path = path_join(p->dir, "reached"), *text = file_read(path, NULL);
    char *save = NULL;

    for (char *line = text ? strtok_r(text, "\n", &save) : NULL; line;
         line = strtok_r(NULL, "\n", &save)) {
        char *f[4] = {line};
        for (int i = 1; i < 4 && f[i - 1]; i++) {
            f[i] = strchr(f[i - 1], '\t');
            if (f[i])
                *f[i]++ = 0;
        }
        if (!f[3] || strcmp(f[0], "function") != 0)
            continue;
        f[3][strcspn(f[3], "\t")] = 0;
        if (has_prefix(f[3], "uc_sys_"))
            arrput(p->syscalls, xstrdup(f[3] + strlen("uc_sys_")));
        else if (has_prefix(f[2], "libpool/libc/") && !strchr(f[3], ':') &&
                 !has_prefix(f[3], "__"))
            arrput(p->libc, xstrdup(f[3]));
    }
    free(text);
    free(path);
}

static double number(const json_t *j, const char *key)
{
    return json_number_value(json_object_get(j, key));
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
    read_facts(p);
    p->functions = number(analysis, "functions_kept");
    p->components = number(analysis, "components");
    p->link_seconds = number(report, "link_seconds");
    p->specialize_seconds = number(report, "cpu_seconds");
    read_reached(p);
    p->syscalls_n = (double)arrlenu(p->syscalls);
    json_decref(report);
    return true;
}

/* ---- all of them ---- */

static void count(struct wanted **all, char **names)
{
    for (size_t i = 0; i < arrlenu(names); i++) {
        ptrdiff_t k = shgeti(*all, names[i]);
        shput(*all, names[i], k < 0 ? 1 : (*all)[k].value + 1);
    }
}

static int by_want(const void *a, const void *b)
{
    const struct wanted *x = a, *y = b;

    return x->value != y->value ? y->value - x->value : strcmp(x->key, y->key);
}

/* A sorted copy, as an array. */
static struct wanted *sorted(struct wanted *all)
{
    struct wanted *list = NULL;

    for (size_t i = 0; i < shlenu(all); i++)
        arrput(list, all[i]);
    if (list)
        qsort(list, arrlenu(list), sizeof *list, by_want);
    return list;
}

static int by_number(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;

    return (x > y) - (x < y);
}

static char **names_of(const struct program *p, bool libc)
{
    return libc ? p->libc : p->syscalls;
}

/* How long the list must be for each share of the programs. */
static json_t *enough(const struct survey *s, struct wanted *list, bool libc)
{
    static const int shares[] = {50, 80, 95, 100};
    struct wanted *rank = NULL;
    size_t *need = NULL, n = arrlenu(s->programs);
    json_t *o = json_object();

    for (size_t i = 0; i < arrlenu(list); i++)
        shput(rank, list[i].key, (int)i + 1);
    for (size_t i = 0; i < n; i++) {
        char **names = names_of(&s->programs[i], libc);
        size_t last = 0;
        for (size_t k = 0; k < arrlenu(names); k++) {
            size_t r = (size_t)shget(rank, names[k]);
            last = r > last ? r : last;
        }
        arrput(need, last);
    }
    if (need)
        qsort(need, n, sizeof *need, by_number);
    for (size_t i = 0; i < sizeof shares / sizeof *shares && n; i++) {
        char *key = format("%d", shares[i]);
        size_t at = (n * (size_t)shares[i] + 99) / 100;
        json_object_set_new(o, key, json_integer((json_int_t)need[at - 1]));
        free(key);
    }
    shfree(rank);
    arrfree(need);
    return o;
}

/* Pearson's correlation of bytes with a figure at an offset of the program. */
static double correlation(const struct survey *s, size_t offset)
{
    double n = (double)arrlenu(s->programs), sx = 0, sy = 0, xx = 0, yy = 0,
           xy = 0;

    for (size_t i = 0; i < arrlenu(s->programs); i++) {
        const struct program *p = &s->programs[i];
        double x, y = log(p->bytes);
        memcpy(&x, (const char *)p + offset, sizeof x);
        x = log(x + 1);
        sx += x, sy += y, xx += x * x, yy += y * y, xy += x * y;
    }
    return (n * xy - sx * sy) / sqrt((n * xx - sx * sx) * (n * yy - sy * sy));
}

/* ---- what comes out ---- */

static json_t *list_json(struct wanted *list)
{
    json_t *a = json_array();

    for (size_t i = 0; i < arrlenu(list); i++)
        json_array_append_new(a, json_pack("{s:s, s:i}", "name", list[i].key,
                                           "programs", list[i].value));
    return a;
}

static json_t *strings(char **names)
{
    json_t *a = json_array();

    for (size_t i = 0; i < arrlenu(names); i++)
        json_array_append_new(a, json_string(names[i]));
    return a;
}

static json_t *program_json(const struct program *p)
{
    json_t *o = json_pack(
        "{s:s, s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f}", "app",
        p->app, "class", p->class, "bytes", p->bytes, "app_bytes", p->app_bytes,
        "libc_bytes", p->libc_bytes, "system_bytes", p->system_bytes,
        "other_bytes", p->other_bytes, "functions", p->functions, "components",
        p->components, "facts", p->facts, "specialize_seconds",
        p->specialize_seconds, "link_seconds", p->link_seconds);

    json_object_set_new(o, "syscalls", strings(p->syscalls));
    json_object_set_new(o, "libc", strings(p->libc));
    json_object_set_new(o, "parts", strings(p->parts));
    json_object_set_new(o, "asks", strings(p->asks));
    return o;
}

static json_t *survey_json(const struct survey *s)
{
    static const struct {
        const char *name;
        size_t offset;
    } figures[] = {
        {"bytes of the program", offsetof(struct program, app_bytes)},
        {"functions", offsetof(struct program, functions)},
        {"components", offsetof(struct program, components)},
        {"facts", offsetof(struct program, facts)},
        {"system calls", offsetof(struct program, syscalls_n)},
    };
    struct wanted *calls = sorted(s->syscalls), *libc = sorted(s->libc),
                  *parts = sorted(s->parts);
    json_t *o = json_object(), *programs = json_array(), *r = json_object();

    for (size_t i = 0; i < arrlenu(s->programs); i++)
        json_array_append_new(programs, program_json(&s->programs[i]));
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        json_object_set_new(r, figures[i].name,
                            json_real(correlation(s, figures[i].offset)));
    json_object_set_new(o, "target", json_string(s->target));
    json_object_set_new(o, "programs", programs);
    json_object_set_new(o, "components", list_json(parts));
    json_object_set_new(o, "syscalls", list_json(calls));
    json_object_set_new(o, "libc", list_json(libc));
    json_object_set_new(o, "syscalls_enough", enough(s, calls, false));
    json_object_set_new(o, "libc_enough", enough(s, libc, true));
    json_object_set_new(o, "bytes_correlation", r);
    return o;
}

static void print_enough(json_t *o, const char *what)
{
    const char *share;
    json_t *n;

    printf("%s enough for", what);
    json_object_foreach(o, share, n)
        printf(" %s %%: %lld", share, (long long)json_integer_value(n));
    printf("\n");
}

static int by_double(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

/* The middle one of what the programs of a class have; n: how many there are */
static double median(const struct survey *s, const char *class, size_t offset,
                     size_t *n)
{
    double *all = NULL, middle;

    for (size_t i = 0; i < arrlenu(s->programs); i++) {
        double x;
        if (strcmp(s->programs[i].class, class) != 0)
            continue;
        memcpy(&x, (const char *)&s->programs[i] + offset, sizeof x);
        arrput(all, x);
    }
    *n = arrlenu(all);
    if (*n)
        qsort(all, *n, sizeof *all, by_double);
    middle = *n ? all[*n / 2] : 0;
    arrfree(all);
    return middle;
}

static void print(const struct survey *s, const json_t *o)
{
    static const char *const classes[] = {"console", "files",
                                          "threads, processes", "network"};
    const char *name;
    json_t *value;
    size_t n, i;

    printf("%s: %zu programs\n", s->target, arrlenu(s->programs));
    for (i = 0; i < sizeof classes / sizeof *classes; i++) {
        double bytes =
            median(s, classes[i], offsetof(struct program, bytes), &n);
        double os =
            median(s, classes[i], offsetof(struct program, system_bytes), &n);
        if (n)
            printf("  %-20s %3zu programs, median %7.0f bytes, of which "
                   "system %6.0f\n",
                   classes[i], n, bytes, os);
    }
    print_enough(json_object_get(o, "syscalls_enough"), "  system calls");
    print_enough(json_object_get(o, "libc_enough"), "  libc functions");
    printf("  bytes go with (correlation of logarithms):");
    json_object_foreach(json_object_get(o, "bytes_correlation"), name, value)
        printf(" %s %.2f;", name, json_number_value(value));
    printf("\n  components in most images:\n");
    json_array_foreach(json_object_get(o, "components"), i, value) if (i < 12)
        printf("    %3.0f %% %s\n",
               100 * number(value, "programs") / (double)arrlenu(s->programs),
               json_string_value(json_object_get(value, "name")));
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
        any |= arrlenu(s.programs) > 0;
        if (!arrlenu(s.programs))
            continue;
        json_t *one = survey_json(&s);
        if (verbosity >= 0)
            print(&s, one);
        json_array_append_new(all, one);
    }
    if (!any)
        error("%s: no images for these targets", images);
    if (o->json && any) {
        char *text = json_dumps(all, JSON_INDENT(1) | JSON_SORT_KEYS |
                                         JSON_REAL_PRECISION(6));
        file_write(o->json, text, strlen(text));
        free(text);
    }
    json_decref(all);
    free(images);
    return any;
}
