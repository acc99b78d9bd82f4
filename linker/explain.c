/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * explain.c: --explain NAME answers from the products of a finished link: the
 * bytes of a function, variable, component or section, or why it is not there.
 *
 *     puts: 30 bytes of libpool/libc/musl in .text at 0x166
 *     strtod: not in the image: not reached
 */
#include <stdlib.h>
#include <string.h>

#include "linker.h"

struct row { /* one `at` line of image.map */
    char *offset, *section, *component, *symbol;
    unsigned long long size;
};

static char *take_word(char **p)
{
    char *s = *p, *end = s + strcspn(s, " ");

    *p = *end ? end + 1 : end;
    *end = 0;
    return s;
}

static bool is_named(const char *symbol, const char *name)
{
    size_t n;

    ir_name_tag(symbol, &n);
    return !strcmp(symbol, name) ||
           (strlen(name) == n && !strncmp(symbol, name, n));
}

static bool explain_row(char *line, const char *name,
                        unsigned long long *component)
{
    struct row r;

    take_word(&line);
    r.offset = take_word(&line);
    r.size = strtoull(take_word(&line), NULL, 10);
    r.section = take_word(&line);
    r.component = take_word(&line);
    r.symbol = line;
    if (!strcmp(r.component, name) || !strcmp(r.section, name))
        *component += r.size;
    if (!is_named(r.symbol, name))
        return false;
    printf("%s: %llu bytes of %s in %s at %s\n", r.symbol, r.size, r.component,
           r.section, r.offset);
    return true;
}

static bool explain_map(const char *dir, const char *name)
{
    char *path = path_join(dir, "image.map"), *save = NULL;
    char *text = file_read(path, NULL);
    unsigned long long sum = 0;
    bool found = false;

    if (!text)
        die("%s: cannot be read; was the program linked?", path);
    for (char *s = strtok_r(text, "\n", &save); s;
         s = strtok_r(NULL, "\n", &save))
        if (has_prefix(s, "at "))
            found |= explain_row(s, name, &sum);
    if (sum)
        printf("%s: %llu bytes in all\n", name, sum);
    free(text);
    free(path);
    return found || sum;
}

static bool explain_dropped(const char *dir, const char *name)
{
    char *path = path_join(dir, "dropped"), *save = NULL;
    char *text = file_read(path, NULL);
    bool found = false;

    for (char *s = text ? strtok_r(text, "\n", &save) : NULL; s;
         s = strtok_r(NULL, "\n", &save)) {
        char *number = take_word(&s), *symbol = take_word(&s);
        if (!is_named(symbol, name))
            continue;
        found = true;
        if (strcmp(number, "-") != 0)
            printf("%s: left out, calls of it fault as number %s: %s\n", symbol,
                   number, s);
        else
            printf("%s: not in the image: %s\n", symbol, s);
    }
    free(text);
    free(path);
    return found;
}

bool explain(const char *dir, const char *name)
{
    bool in = explain_map(dir, name), out = explain_dropped(dir, name);

    if (!in && !out)
        error("%s: nothing of that name was linked or left out", name);
    return in || out;
}
