/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_answer.c: the questions that many programs answer, as JSON and text.
 *
 * `Enough for N %` is the length of the list of names, the most wanted first,
 * of which N % of the programs want no other. Medians have intervals (see
 * eval_stats.c): the programs of a class are a sample of all there could be.
 */
#include "eval_survey.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

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

static json_t *reasons_json(const struct program *p)
{
    json_t *o = json_object();

    for (size_t i = 0; i < arrlenu(p->reasons); i++)
        json_object_set_new(o, p->reasons[i].what,
                            json_string(p->reasons[i].chain));
    return o;
}

/* ---- what runs show ---- */

static bool has_name(char **names, const char *name)
{
    for (size_t i = 0; i < arrlenu(names); i++)
        if (!strcmp(names[i], name))
            return true;
    return false;
}

/* strace's name is the kernel's, of 64 bits or newer than the pool's. */
static bool is_known_call(const struct program *p, const char *name)
{
    char *plain = xstrdup(has_prefix(name, "new") ? name + 3 : name);
    bool known;

    if (has_suffix(plain, "64"))
        plain[strlen(plain) - 2] = 0;
    known = has_name(p->syscalls, name) || has_name(p->syscalls, plain);
    free(plain);
    return known;
}

/* Calls seen on Linux that the image has, and those it has not. */
static void put_seen(json_t *o, const struct program *p)
{
    json_t *calls =
        json_object_get(json_object_get(p->measured, "observed"), "calls");
    json_t *both = json_array(), *elsewhere = json_array(), *name;
    size_t i;

    json_array_foreach(calls, i, name) json_array_append(
        is_known_call(p, json_string_value(name)) ? both : elsewhere, name);
    json_object_set_new(o, "calls_seen", both);
    json_object_set_new(o, "calls_elsewhere", elsewhere);
}

static json_t *program_json(const struct program *p)
{
    json_t *o = json_pack(
        "{s:s, s:s, s:s, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, s:f, "
        "s:f}",
        "app", p->app, "class", p->class, "section", p->section, "bytes",
        p->bytes, "app_bytes", p->app_bytes, "libc_bytes", p->libc_bytes,
        "system_bytes", p->system_bytes, "other_bytes", p->other_bytes,
        "functions", p->functions, "functions_total", p->functions_total,
        "components", p->components, "facts", p->facts, "specialize_seconds",
        p->specialize_seconds, "link_seconds", p->link_seconds);

    json_object_set_new(o, "syscalls", strings(p->syscalls));
    json_object_set_new(o, "libc", strings(p->libc));
    json_object_set_new(o, "parts", strings(p->parts));
    json_object_set_new(o, "asks", strings(p->asks));
    json_object_set_new(o, "reasons", reasons_json(p));
    if (p->measured) {
        json_object_del(p->measured, "key");
        json_object_set(o, "measured", p->measured);
        if (json_object_get(p->measured, "observed"))
            put_seen(o, p);
    }
    return o;
}

/* ---- classes ---- */

typedef const char *class_name(const struct program *);

static const char *by_facts(const struct program *p)
{
    return p->class;
}

static const char *by_section(const struct program *p)
{
    return p->section;
}

/* The median, and its interval, of what the programs of a class have. */
static json_t *median_json(const struct survey *s, class_name *of,
                           const char *class, size_t offset)
{
    struct figure f = {0};
    json_t *o;

    for (size_t i = 0; i < arrlenu(s->programs); i++) {
        double x;
        if (strcmp(of(&s->programs[i]), class) != 0)
            continue;
        memcpy(&x, (const char *)&s->programs[i] + offset, sizeof x);
        arrput(f.all, x);
    }
    figure_settle(&f);
    o = json_pack("{s:f, s:f, s:f, s:f}", "median", f.value, "low", f.low,
                  "high", f.high, "coverage", f.coverage);
    arrfree(f.all);
    return o;
}

static json_t *classes_json(const struct survey *s, class_name *of)
{
    struct wanted *classes = NULL;
    json_t *list = json_array();

    for (size_t i = 0; i < arrlenu(s->programs); i++) {
        char *name = KEY(of(&s->programs[i]));
        ptrdiff_t k = shgeti(classes, name);
        shput(classes, name, k < 0 ? 1 : classes[k].value + 1);
    }
    struct wanted *all = sorted(classes);
    for (size_t i = 0; i < arrlenu(all); i++) {
        json_t *o = json_pack("{s:s, s:i}", "class", all[i].key, "programs",
                              all[i].value);
        json_object_set_new(
            o, "bytes",
            median_json(s, of, all[i].key, offsetof(struct program, bytes)));
        json_object_set_new(
            o, "system_bytes",
            median_json(s, of, all[i].key,
                        offsetof(struct program, system_bytes)));
        json_object_set_new(o, "libc_bytes",
                            median_json(s, of, all[i].key,
                                        offsetof(struct program, libc_bytes)));
        json_object_set_new(o, "syscalls",
                            median_json(s, of, all[i].key,
                                        offsetof(struct program, syscalls_n)));
        json_array_append_new(list, o);
    }
    arrfree(all);
    shfree(classes);
    return list;
}

json_t *survey_json(const struct survey *s)
{
    struct wanted *calls = sorted(s->syscalls), *libc = sorted(s->libc),
                  *parts = sorted(s->parts);
    json_t *o = json_object(), *programs = json_array();

    for (size_t i = 0; i < arrlenu(s->programs); i++)
        json_array_append_new(programs, program_json(&s->programs[i]));
    json_object_set_new(o, "target", json_string(s->target));
    json_object_set_new(o, "programs", programs);
    json_object_set_new(o, "components", list_json(parts));
    json_object_set_new(o, "syscalls", list_json(calls));
    json_object_set_new(o, "libc", list_json(libc));
    json_object_set_new(o, "syscalls_enough", enough(s, calls, false));
    json_object_set_new(o, "libc_enough", enough(s, libc, true));
    json_object_set_new(o, "classes", classes_json(s, by_facts));
    json_object_set_new(o, "sections", classes_json(s, by_section));
    json_object_set_new(o, "bytes_predictors",
                        relations(s, offsetof(struct program, bytes)));
    json_object_set_new(o, "system_predictors",
                        relations(s, offsetof(struct program, system_bytes)));
    return o;
}

/* ---- text ---- */

static double number(const json_t *j, const char *key)
{
    return json_number_value(json_object_get(j, key));
}

static const char *text(const json_t *j, const char *key)
{
    return json_string_value(json_object_get(j, key));
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

static void print_classes(const json_t *list)
{
    json_t *c;
    size_t i;

    json_array_foreach(list, i, c)
    {
        json_t *bytes = json_object_get(c, "bytes"),
               *system = json_object_get(c, "system_bytes");
        printf("  %-20s %3.0f programs, median %7.0f bytes, of which system "
               "%6.0f (%.0f to %.0f)\n",
               text(c, "class"), number(c, "programs"), number(bytes, "median"),
               number(system, "median"), number(system, "low"),
               number(system, "high"));
    }
}

static void print_predictors(const json_t *list, const char *what)
{
    json_t *r;
    size_t i;

    printf("  %s go with (Spearman, 95 %%):\n", what);
    json_array_foreach(list, i, r)
    {
        json_t *rho = json_object_get(r, "spearman");
        printf("    %5.2f (%.2f to %.2f), n=%.0f: %s\n", number(rho, "value"),
               number(rho, "low"), number(rho, "high"), number(r, "n"),
               text(r, "name"));
    }
}

/* Of the programs that were observed: how much more is kept than is used. */
static void print_excess(const json_t *programs)
{
    struct figure calls = {0}, functions = {0}, code = {0};
    json_t *p;
    size_t i;

    json_array_foreach(programs, i, p)
    {
        json_t *seen =
            json_object_get(json_object_get(p, "measured"), "observed");
        size_t kept = json_array_size(json_object_get(p, "syscalls"));
        if (!seen)
            continue;
        if (kept)
            arrput(calls.all, 100 *
                                  (double)json_array_size(
                                      json_object_get(p, "calls_seen")) /
                                  (double)kept);
        arrput(functions.all,
               100 * number(seen, "functions_run") / number(seen, "functions"));
        arrput(code.all, 100 * number(seen, "code_run") / number(seen, "code"));
    }
    if (!arrlenu(code.all))
        return;
    figure_settle(&calls);
    figure_settle(&functions);
    figure_settle(&code);
    printf(
        "  of what is kept, runs of %zu programs use (medians, with "
        "intervals of %.0f %%):\n"
        "    system calls %.0f %% (%.0f to %.0f); functions %.0f %% (%.0f to "
        "%.0f); bytes of code %.0f %% (%.0f to %.0f)\n",
        arrlenu(code.all), 100 * code.coverage, calls.value, calls.low,
        calls.high, functions.value, functions.low, functions.high, code.value,
        code.low, code.high);
    arrfree(calls.all);
    arrfree(functions.all);
    arrfree(code.all);
}

void survey_print(const struct survey *s, const json_t *o)
{
    json_t *value;
    size_t i;

    printf("%s: %zu programs\n", s->target, arrlenu(s->programs));
    print_classes(json_object_get(o, "classes"));
    printf("  by section of Debian's archive:\n");
    print_classes(json_object_get(o, "sections"));
    print_enough(json_object_get(o, "syscalls_enough"), "  system calls");
    print_enough(json_object_get(o, "libc_enough"), "  libc functions");
    print_predictors(json_object_get(o, "bytes_predictors"), "bytes");
    print_predictors(json_object_get(o, "system_predictors"),
                     "bytes of the system");
    print_excess(json_object_get(o, "programs"));
    printf("  components in most images:\n");
    json_array_foreach(json_object_get(o, "components"), i, value) if (i < 12)
        printf("    %3.0f %% %s\n",
               100 * number(value, "programs") / (double)arrlenu(s->programs),
               text(value, "name"));
}
