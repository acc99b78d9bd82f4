/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * page.c: report.html beside each image: report.html of this folder, which is
 * compiled in, with the products image.map, reached, facts, dropped and
 * report.json as one JSON text in it. Nothing that differs from run to run.
 */
#include "json_text.h"
#include "specialize.h"

#include <errno.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const char template[] = {
#include "report_html.inc"
    0};

enum {
    REACHED_FIELDS = 9
};

struct index_entry {
    char *key; /* symbol; of native code, component and object */
    int value;
};

/* Words that come again and again are numbers, of their place in a list. */
struct words {
    struct index_entry *numbers;
    json_t *list;
};

static char *product(const char *dir, const char *name)
{
    char *path = path_join(dir, name), *text = file_read(path, NULL);

    if (!text)
        die_ours("%s: %s", path, strerror(errno));
    free(path);
    return text;
}

static json_t *text_or_empty(const char *s)
{
    return json_text(strcmp(s, "-") ? s : "");
}

static json_t *word(struct words *w, const char *s)
{
    ptrdiff_t i = shgeti(w->numbers, KEY(s));

    if (i >= 0)
        return json_integer(w->numbers[i].value);
    int n = (int)json_array_size(w->list);
    shput(w->numbers, KEY(s), n);
    json_array_append_new(w->list, text_or_empty(s));
    return json_integer(n);
}

static json_t *numbers(char *list)
{
    json_t *j = json_array();
    char *one;

    if (!strcmp(list, "-"))
        return j;
    while ((one = strsep(&list, ",")))
        json_array_append_new(j, json_integer(atoi(one)));
    return j;
}

/* A line of `reached`; notes where its piece of the map is to be found. */
static json_t *definition(char *line, struct index_entry **index, int number,
                          struct words *words)
{
    char *f[REACHED_FIELDS], *key;

    for (int i = 0; i < REACHED_FIELDS; i++) {
        f[i] = strsep(&line, "\t");
        if (!f[i])
            die_ours("reached: a line with %d fields", i);
    }
    key = strcmp(f[4], "-") ? format("%s %s", f[2], f[4]) : xstrdup(f[3]);
    if (shgeti(*index, key) < 0)
        shput(*index, key, number);
    free(key);
    return json_pack("[o,i,o,o,o,i,o,o,o]", word(words, f[0]), atoi(f[1]),
                     word(words, f[2]), json_text(f[3]), text_or_empty(f[4]),
                     strcmp(f[5], "-") ? atoi(f[5]) : -1, numbers(f[6]),
                     word(words, f[7]), text_or_empty(f[8]));
}

static json_t *definitions(const char *dir, struct index_entry **index,
                           struct words *words)
{
    char *text = product(dir, "reached"), *rest = text, *line;
    json_t *list = json_array();

    sh_new_strdup(*index);
    while ((line = strsep(&rest, "\n")))
        if (*line)
            json_array_append_new(
                list,
                definition(line, index, (int)json_array_size(list), words));
    free(text);
    return list;
}

/* `at OFFSET SIZE SECTION COMPONENT SYMBOL`, or zero. */
static json_t *piece(char *line, struct index_entry *index, struct words *words)
{
    bool zero = *line == 'z';
    char *f[5], *key;
    ptrdiff_t i, named;

    for (int k = 0; k < 5; k++)
        f[k] = strsep(&line, " ");
    if (!line)
        die_ours("image.map: a line with too few fields");
    key = format("%s %s", f[4], line);
    i = named = shgeti(index, line);
    if (i < 0)
        i = shgeti(index, key);
    free(key);
    return json_pack("[I,o,o,o,i,i]", (json_int_t)atoll(f[2]),
                     word(words, f[3]), word(words, f[4]),
                     named < 0 ? json_text(line) : json_string(""),
                     i < 0 ? -1 : index[i].value, zero);
}

static json_t *pieces(const char *dir, struct index_entry *index,
                      struct words *words)
{
    char *text = product(dir, "image.map"), *rest = text, *line;
    json_t *list = json_array();

    while ((line = strsep(&rest, "\n")))
        if (has_prefix(line, "at ") || has_prefix(line, "zero "))
            json_array_append_new(list, piece(line, index, words));
    free(text);
    return list;
}

/* [line, [evidence...]] for each fact. */
static json_t *facts(const char *dir)
{
    char *text = product(dir, "facts"), *rest = text, *line;
    json_t *list = json_array(), *evidence_of = NULL;

    while ((line = strsep(&rest, "\n"))) {
        if (has_prefix(line, ">>> ") && evidence_of) {
            json_array_append_new(evidence_of, json_text(line + 4));
        } else if (*line) {
            evidence_of = json_array();
            json_array_append_new(
                list, json_pack("[o,o]", json_text(line), evidence_of));
        }
    }
    free(text);
    return list;
}

/* Those with a fault number, but for what merely is not reached. */
static json_t *cuts(const char *dir, int *others)
{
    char *text = product(dir, "dropped"), *rest = text, *line;
    json_t *list = json_array();

    *others = 0;
    while ((line = strsep(&rest, "\n"))) {
        char *name = strchr(line, ' ');
        if (!name)
            continue;
        if (*line == '-' || has_suffix(line, " not reached"))
            ++*others;
        else
            json_array_append_new(list, json_text(name + 1));
    }
    free(text);
    return list;
}

static json_t *degraded(const json_t *analysis)
{
    json_t *list = json_array(), *d;
    size_t i;

    json_array_foreach(json_object_get(analysis, "degraded"), i, d)
        json_array_append_new(list,
                              json_pack("[O,O]", json_object_get(d, "why"),
                                        json_object_get(d, "chain")));
    return list;
}

static json_t *collect(const char *dir, const json_t *report)
{
    json_t *analysis = json_object_get(report, "analysis");
    struct index_entry *index = NULL;
    struct words words = {.list = json_array()};
    json_t *o = json_object();
    int others;

    sh_new_strdup(words.numbers);
    for (const char *const *key =
             (const char *const[]){"app", "target", "libc", "bytes", NULL};
         *key; key++)
        json_object_set(o, *key, json_object_get(report, *key));
    json_object_set_new(
        o, "functions",
        json_pack("[O,O]", json_object_get(analysis, "functions_kept"),
                  json_object_get(analysis, "functions_total")));
    json_object_set_new(o, "defs", definitions(dir, &index, &words));
    json_object_set_new(o, "pieces", pieces(dir, index, &words));
    json_object_set_new(o, "words", words.list);
    json_object_set_new(o, "facts", facts(dir));
    json_object_set_new(o, "cut", cuts(dir, &others));
    json_object_set_new(o, "dropped", json_integer(others));
    json_object_set_new(o, "degraded", degraded(analysis));
    shfree(index);
    shfree(words.numbers);
    return o;
}

void page_write(const char *dir, const char *findings)
{
    char *path = path_join(dir, "report.json");
    char *page = path_join(dir, "report.html"), *json;
    json_t *report = json_load_file(path, 0, NULL), *data;
    const char *mark = strstr(template, "\">@DATA@<");
    struct buf b = {0};

    if (!report || !mark)
        die_ours("%s: cannot be read", path);
    data = collect(dir, report);
    json_object_set_new(data, "scan", findings_json(findings));
    json = json_dumps(data, JSON_COMPACT | JSON_SORT_KEYS);
    buf_add(&b, template, (size_t)(mark + 2 - template));
    for (const char *p = json; *p; p++) /* it cannot end the script */
        if (*p == '<')
            buf_str(&b, "\\u003c");
        else
            buf_add(&b, p, 1);
    buf_str(&b, mark + strlen("\">@DATA@"));
    file_write(page, b.p, b.n);
    buf_free(&b);
    free(json);
    json_decref(data);
    json_decref(report);
    free(page);
    free(path);
}
