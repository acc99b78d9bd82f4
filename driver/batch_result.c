/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch_result.c: result.json of a job, and the key that says whether it still
 * holds: a hash of the program's folder in the corpus, the pool, and the tools.
 */
#include "batch.h"
#include "corpus.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* ---- keys ---- */

static void hash_folder(struct hash *h, const char *dir)
{
    char **names = dir_list(dir);

    for (size_t i = 0; i < arrlenu(names); i++) {
        char *path = path_join(dir, names[i]);
        hash_str(h, names[i]);
        if (is_dir(path))
            hash_folder(h, path);
        else
            hash_file(h, path);
        free(path);
        free(names[i]);
    }
    arrfree(names);
}

char *batch_tools_key(const char *arch)
{
    static const char *const tools[] = {"unicore-specialize", "unicore-analyze",
                                        "unicore-link",       "unicore-scan",
                                        "unicore-cc",         "unicore-run"};
    struct hash *h = hash_new();
    char *pool = pool_dir(arch);

    if (!pool)
        die("the pool cannot be built: see `unicore-pool --arch %s pool`",
            arch);
    hash_str(h, pool);
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        char *path = path_join(bin_dir(), tools[i]);
        hash_file(h, path);
        free(path);
    }
    for (int i = 0; i < 2; i++) {
        char *path = format("%s/corpus/%s", source_root(), i ? "run" : "serve");
        hash_file(h, path);
        free(path);
    }
    free(pool);
    return hash_end(h);
}

char *batch_key(const struct batch_job *j, const char *tools)
{
    struct hash *h = hash_new();
    char *dir = format("%s/corpus/apps/%s", source_root(), j->app);

    hash_str(h, tools);
    hash_str(h, j->name);
    hash_folder(h, dir);
    free(dir);
    return hash_end(h);
}

/* ---- reading ---- */

static char *result_file(const struct batch_job *j)
{
    return path_join(j->dir, "result.json");
}

static char *text_of(const json_t *r, const char *key)
{
    const char *s = json_string_value(json_object_get(r, key));

    return s ? xstrdup(s) : NULL;
}

void batch_read(struct batch_job *j)
{
    char *path = result_file(j);
    json_t *r = json_load_file(path, 0, NULL);

    free(path);
    free(j->last.result);
    free(j->last.cause);
    free(j->last.key);
    j->last = (struct batch_result){
        .result = text_of(r, "result"),
        .cause = text_of(r, "cause"),
        .key = text_of(r, "key"),
        .seconds = json_number_value(json_object_get(r, "seconds")),
        .cpu_seconds = json_number_value(json_object_get(r, "cpu_seconds"))};
    json_decref(r);
}

bool batch_converted(const struct batch_job *j)
{
    return j->last.result && !strcmp(j->last.result, "converted");
}

char *batch_line(const struct batch_job *j)
{
    char *path = result_file(j);
    json_t *r = json_load_file(path, 0, NULL);
    char *line = r ? json_dumps(r, JSON_SORT_KEYS | JSON_COMPACT |
                                       JSON_REAL_PRECISION(4))
                   : NULL;

    json_decref(r);
    free(path);
    return line;
}

/* ---- writing ---- */

/* The first line with an error, which says more than those that follow from
 * it; else the last line. */
static char *cause_in(const char *log)
{
    char *text = file_read(log, NULL), *save = NULL, *cause = NULL;
    bool is_error = false;

    for (char *line = strtok_r(text ? text : KEY(""), "\n", &save);
         line && !is_error; line = strtok_r(NULL, "\n", &save)) {
        is_error =
            strstr(line, "error: ") || strstr(line, "differs from Linux");
        free(cause);
        cause = xstrndup(line, 300);
    }
    free(text);
    return cause ? cause : xstrdup("it said nothing");
}

/* What the image's own report has, if there is an image. */
static void add_report(json_t *r, const struct batch_job *j,
                       const struct batch_options *o)
{
    static const struct {
        const char *ours, *from;
        bool analysis;
    } figures[] = {{"bytes", "bytes", false},
                   {"specialize_seconds", "cpu_seconds", false},
                   {"link_seconds", "link_seconds", false},
                   {"libc", "libc", false},
                   {"components", "components", true},
                   {"functions_kept", "functions_kept", true},
                   {"functions_total", "functions_total", true}};
    char *images = path_join(o->out, "images");
    char *dir = corpus_products(images, j->app, j->target->name);
    char *path = dir ? path_join(dir, "report.json") : NULL;
    json_t *report = path ? json_load_file(path, 0, NULL) : NULL;

    for (size_t i = 0; report && i < sizeof figures / sizeof *figures; i++)
        json_object_set(
            r, figures[i].ours,
            json_object_get(figures[i].analysis
                                ? json_object_get(report, "analysis")
                                : report,
                            figures[i].from));
    json_decref(report);
    free(path);
    free(dir);
    free(images);
}

static const char *result_of(const struct batch_end *end)
{
    if (end->limit)
        return end->limit;
    if (end->status == 0)
        return "converted";
    return end->status == 1 ? "differs" : "unbuilt";
}

void batch_write(const struct batch_job *j, const struct batch_options *o,
                 const char *key, const struct batch_end *end)
{
    char *log = path_join(j->dir, "log"), *path = result_file(j);
    char *cause = end->status == 0 && !end->limit ? NULL : cause_in(log);
    json_t *r = json_object();
    char *text;

    if (end->limit) {
        free(cause);
        cause = !strcmp(end->limit, "time")
                    ? format("took more than %d s", o->seconds)
                    : format("took more than %d MB", o->megabytes);
    }
    json_object_set_new(r, "app", json_string(j->app));
    json_object_set_new(r, "target", json_string(j->target->name));
    json_object_set_new(r, "result", json_string(result_of(end)));
    json_object_set_new(r, "cause", cause ? json_string(cause) : json_null());
    json_object_set_new(r, "key", json_string(key));
    json_object_set_new(r, "seconds", json_real(end->seconds));
    json_object_set_new(r, "cpu_seconds", json_real(end->cpu_seconds));
    json_object_set_new(r, "peak_kib", json_integer(end->peak_kib));
    if (end->status <= 1)
        add_report(r, j, o);
    text =
        json_dumps(r, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(4));
    file_write(path, text, strlen(text));
    free(text);
    free(cause);
    free(path);
    free(log);
    json_decref(r);
}
