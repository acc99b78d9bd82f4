/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain_sources.c: what the source scan found under a name (--findings, as
 * unicore-scan --json prints it): the place, its line, and the #if around it.
 *
 *     popen: in the sources, processes
 *     >>> liolib.c:57: #define l_popen(L,c,m)  (fflush(NULL), popen(c,m))
 *     >>>     under #if defined(LUA_USE_POSIX) (-D)
 *
 * For a fact, under the names of the functions that establish it. The scan sees
 * what is compiled, reached or not.
 */
#include "explain.h"

#include <jansson.h>
#include <string.h>

enum {
    MOST_PLACES = 4
};

static const char *text_in(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));

    return s ? s : "";
}

/* Is word one of those in the list, which has blanks between? */
static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word), k;

    for (; n && *list; list += k + (list[k] == ' ')) {
        k = strcspn(list, " ");
        if (k == n && !strncmp(list, word, n))
            return true;
    }
    return false;
}

static void print_row(const json_t *row)
{
    const json_t *places = json_object_get(row, "places");
    const char *why = text_in(row, "why");
    size_t n = json_array_size(places);

    printf("%s: in the sources, %s%s%s\n",
           *text_in(row, "name") ? text_in(row, "name") : text_in(row, "what"),
           text_in(row, "what"), *why ? ": " : "", why);
    for (size_t i = 0; i < n && i < MOST_PLACES; i++) {
        const json_t *p = json_array_get(places, i);
        printf(">>> %s:%d: %.90s\n", text_in(p, "file"),
               (int)json_integer_value(json_object_get(p, "line")),
               text_in(p, "text"));
        if (*text_in(p, "condition"))
            printf(">>>     under #if %.100s\n", text_in(p, "condition"));
    }
    if (n > MOST_PLACES)
        printf(">>> and %zu more\n", n - MOST_PLACES);
}

static bool print_rows(const json_t *rows, const char *name, const char *also)
{
    const json_t *row;
    bool any = false;
    size_t i;

    json_array_foreach(rows, i, row)
    {
        const char *found = text_in(row, "name");
        if (strcmp(found, name) != 0 &&
            strcmp(text_in(row, "what"), name) != 0 && !has_word(also, found))
            continue;
        print_row(row);
        any = true;
    }
    return any;
}

bool explain_sources(const struct analysis *a, const char *name)
{
    json_t *all = a->options.findings
                      ? json_load_file(a->options.findings, 0, NULL)
                      : NULL;
    int fact = fact_find(name, strlen(name));
    const char *also = fact >= 0 ? fact_info[fact].symbols : "";
    bool any = false;

    any |= print_rows(json_object_get(all, "degraded"), name, also);
    any |= print_rows(json_object_get(all, "notes"), name, also);
    json_decref(all);
    return any;
}
