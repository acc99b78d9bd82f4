/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_work.c: one sample, in a child: corpus/run makes and checks it,
 * eval/measure counts its instructions, eval/against makes what it is compared
 * with: the ways in which all other figures are measured.
 *
 * What is found is a JSON object: `values` has a list for each metric, `image`
 * the hash of the image, `why` what went wrong. An image that is made several
 * times, for the sake of clocks, must be the same each time.
 */
#include "corpus.h"
#include "eval.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

json_t *found_load(char *path)
{
    json_t *o = json_load_file(path, 0, NULL);

    free(path);
    return o;
}

const char *found_text(const json_t *o, const char *key)
{
    return json_string_value(json_object_get(o, key));
}

void hash_scripts(struct hash *h, const char *const *names)
{
    for (; *names; names++) {
        char *path = format("%s/eval/%s", source_root(), *names);
        hash_file(h, path);
        free(path);
    }
}

/* Runs a script of the project with the sample's own folder for temporaries. */
static int script_run(const char *const *argv, const char *out, const char *log,
                      struct buf *words)
{
    char *build = format("UNICORE_BUILD=%s", path_dir(bin_dir()));
    char *dir = format("%s/tmp.%d", out, (int)getpid()),
         *tmp = format("TMPDIR=%s", dir);
    const char *env[] = {build, tmp, NULL};
    struct run how = {.out = log, .env = env};
    int status;

    make_dirs(dir);
    status = words ? run_capture(argv, &how, words) : run(argv, &how);
    remove_tree(dir);
    free(build);
    free(dir);
    free(tmp);
    return status;
}

/* corpus/run PART APP TARGET OUT OPTION...; what it says goes to log. */
static int corpus_run(const struct sample *s, const char *part, const char *log)
{
    char *script = path_join(source_root(), "corpus/run");
    const char **argv = NULL;
    int status;

    arrput(argv, script);
    arrput(argv, part);
    arrput(argv, s->subject->app);
    arrput(argv, s->subject->target->name);
    arrput(argv, s->out);
    for (size_t i = 0; i < arrlenu(s->variant.options); i++)
        arrput(argv, s->variant.options[i]);
    arrput(argv, NULL);
    status = script_run(argv, s->out, log, NULL);
    arrfree(argv);
    free(script);
    return status;
}

/* The first line of a log, which says most. */
static char *first_line(const char *log, const char *nothing)
{
    char *text = file_read(log, NULL);

    if (!text || !*text)
        return xstrdup(nothing);
    text[strcspn(text, "\n")] = 0;
    return text;
}

/* What it says else is in OUT/APP/SCRIPT.log: some programs lack a figure. */
static bool words_of(const char *name, const char *const *arguments,
                     const char *out, struct buf *words)
{
    char *script = format("%s/eval/%s", source_root(), name);
    char *dir = path_join(out, arguments[0]);
    char *log = format("%s/%s.log", dir, name);
    const char **argv = NULL;
    bool ok;

    make_dirs(dir);
    arrput(argv, script);
    for (size_t i = 0; arguments[i]; i++)
        arrput(argv, arguments[i]);
    arrput(argv, NULL);
    ok = script_run(argv, out, log, words) == 0 && words->n;
    arrfree(argv);
    free(dir);
    free(log);
    free(script);
    return ok;
}

bool measure_words(const char *app, const char *target, const char *metric,
                   const char *out, struct buf *words)
{
    const char *arguments[] = {app, target, metric, out, NULL};

    return words_of("measure", arguments, out, words);
}

bool observe_words(const char *app, const char *target, const char *out,
                   struct buf *words)
{
    const char *arguments[] = {app, target, out, NULL};

    return words_of("observe", arguments, out, words);
}

static double number_at(json_t *o, const char *path)
{
    char *copy = xstrdup(path), *save = NULL;

    for (char *key = strtok_r(copy, ".", &save); key;
         key = strtok_r(NULL, ".", &save))
        o = json_object_get(o, key);
    free(copy);
    return json_is_number(o) ? json_number_value(o) : NAN;
}

/* Appends to the list of what was measured of m. */
static void put(json_t *values, const char *name, double n)
{
    json_t *list = json_object_get(values, name);

    if (isnan(n))
        return;
    if (!list) {
        list = json_array();
        json_object_set_new(values, name, list);
    }
    json_array_append_new(list, json_real(n));
}

static void fail(json_t *o, char *why)
{
    if (!json_object_get(o, "why"))
        json_object_set_new(o, "why", json_string(why));
    free(why);
}

/* The kind of bytes that a component's are: the first prefix that fits. */
static enum metric part_of(const char *component)
{
    int m = 0;

    while (metric_info[m].how != HOW_PART ||
           !has_prefix(component, metric_info[m].place))
        m++;
    return (enum metric)m;
}

static void put_parts(json_t *o, json_t *values, json_t *report)
{
    double bytes[METRIC_COUNT] = {0}, sum = 0;
    json_t *components = json_object_get(report, "components"), *n;
    const char *name;

    json_object_foreach(components, name, n)
    {
        bytes[part_of(name)] += json_number_value(n);
        sum += json_number_value(n);
    }
    for (int m = 0; m < METRIC_COUNT; m++)
        if (metric_info[m].how == HOW_PART)
            put(values, metric_info[m].name, bytes[m]);
    if (sum != number_at(report, "bytes"))
        fail(o, format("its parts are %.0f bytes, its file has %.0f", sum,
                       number_at(report, "bytes")));
    json_object_set(o, "components", components);
}

static char *image_hash(const char *dir)
{
    char *image = path_join(dir, "image");
    struct hash *h = hash_new();

    hash_file(h, image);
    free(image);
    return hash_end(h);
}

/* What one build has; the first one also says what is exact. */
static void put_build(json_t *o, json_t *values, const struct sample *s)
{
    char *dir =
        corpus_products(s->out, s->subject->app, s->subject->target->name);
    json_t *report = dir ? found_load(path_join(dir, "report.json")) : NULL;
    const char *image = found_text(o, "image");
    char *hash;

    if (!report) {
        fail(o, xstrdup("no report.json"));
        return;
    }
    hash = image_hash(dir);
    if (image && strcmp(image, hash) != 0)
        fail(o, xstrdup("made again, it is another image"));
    for (int m = 0; m < METRIC_COUNT; m++)
        if (metric_info[m].how == HOW_TIME ||
            (!image && metric_info[m].how == HOW_REPORT))
            put(values, metric_info[m].name,
                number_at(report, metric_info[m].place));
    if (!image) {
        put_parts(o, values, report);
        json_object_set_new(o, "image", json_string(hash));
        json_object_set(o, "native", json_object_get(report, "native"));
        json_object_set(
            o, "switches",
            json_object_get(json_object_get(report, "analysis"), "switches"));
    }
    json_decref(report);
    free(hash);
    free(dir);
}

/* Instructions, from a run that may have a time of its own to come to. */
static void put_measured(const struct plan *p, const struct sample *s,
                         json_t *values, enum metric m)
{
    const struct metric_info *info = &metric_info[m];
    int times = info->how == HOW_CLOCK ? p->repeats : 1;

    for (int i = 0; i < times && p->metrics[m]; i++) {
        struct buf b = {0};
        double n[2] = {NAN, NAN};

        if (measure_words(s->subject->app, s->subject->target->name,
                          info->place, s->out, &b) &&
            sscanf(b.p, "%lf %lf", &n[0], &n[1]) > 0) {
            double found = m == METRIC_to_exit ? n[1] : n[0];
            put(values, info->name, found < 0 ? NAN : found);
        }
        buf_free(&b);
    }
}

static bool any_noise(const struct plan *p)
{
    for (int m = 0; m < METRIC_COUNT; m++)
        if (p->metrics[m] && metric_info[m].how == HOW_TIME)
            return true;
    return false;
}

static void work_image(const struct plan *p, const struct sample *s,
                       json_t *base, json_t *o, json_t *values)
{
    char *log = path_join(s->out, "log");
    int builds = any_noise(p) ? p->repeats : 1;

    for (int i = 0; i < builds; i++) {
        if (corpus_run(s, "--build", log) != 0) {
            fail(o, first_line(log, "not made"));
            return;
        }
        put_build(o, values, s);
    }
    if (base && found_text(base, "image") && found_text(o, "image") &&
        !strcmp(found_text(base, "image"), found_text(o, "image"))) {
        json_object_set_new(o, "same", json_true());
        return;
    }
    bool equal = corpus_run(s, "--check", log) == 0;
    json_object_set_new(o, "equal", json_boolean(equal));
    if (!equal)
        fail(o, first_line(log, "does not run"));
    for (int m = 0; m < METRIC_COUNT; m++)
        if (metric_info[m].how == HOW_MEASURE ||
            metric_info[m].how == HOW_CLOCK)
            put_measured(p, s, values, (enum metric)m);
}

/* Its exit status where a program has no such figure. */
enum {
    AGAINST_NONE = 3
};

/* Lines `METRIC VALUE` of eval/against; it checks what its program prints. */
static void work_against(const struct plan *p, const struct sample *s,
                         json_t *base, json_t *o, json_t *values)
{
    char *script = path_join(source_root(), "eval/against");
    char *log = path_join(s->out, "log"), *lines = path_join(s->out, "found");
    const char *native = found_text(base, "native"), **argv = NULL;
    struct buf b = {0};
    char *save = NULL;
    int status;

    if (!native) {
        fail(o, xstrdup("the program is not built"));
        return;
    }
    arrput(argv, script);
    arrput(argv, s->variant.against);
    arrput(argv, s->subject->app);
    arrput(argv, s->subject->target->name);
    arrput(argv, native);
    arrput(argv, s->out);
    for (int m = 0; m < METRIC_COUNT; m++)
        if (p->metrics[m])
            arrput(argv, metric_info[m].name);
    arrput(argv, NULL);
    /* what it says is evidence, its last word is the reason */
    status = script_run(argv, s->out, log, NULL);
    if (status != 0) {
        fail(o, first_line(log, "not made"));
        if (status == AGAINST_NONE)
            json_object_set_new(o, "none", json_true());
    } else {
        char *text = file_read(lines, &b.n);
        for (char *l = text ? strtok_r(text, "\n", &save) : NULL; l;
             l = strtok_r(NULL, "\n", &save)) {
            char *space = strchr(l, ' ');
            if (space)
                *space = 0;
            put(values, l, space ? strtod(space + 1, NULL) : NAN);
        }
        free(text);
        json_object_set_new(o, "equal", json_true());
    }
    arrfree(argv);
    free(lines);
    free(log);
    free(script);
}

struct json_t *sample_work(const struct plan *p, const struct sample *s,
                           struct json_t *base)
{
    json_t *o = json_object(), *values = json_object();

    remove_tree(s->out);
    make_dirs(s->out);
    if (s->variant.against)
        work_against(p, s, base, o, values);
    else
        work_image(p, s, base, o, values);
    json_object_set_new(o, "values", values);
    return o;
}
