/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * manifest.c: the one small file format of the tree: `key value` lines.
 *
 *     # comment
 *     role   malloc
 *     when   !threads     # a comment may also end a line, after a blank
 *
 * A key is lower-case letters, digits, `_` and `-`. A repeated key is a list.
 * Control characters, NUL included, and lines over 4096 bytes are errors.
 */
#include "common.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_LINE = 4096
};

static bool is_key(int c)
{
    return islower(c) || isdigit(c) || c == '_' || c == '-';
}

static size_t end_of_value(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (p[i] == '#' && (i == 0 || isblank((unsigned char)p[i - 1])))
            n = i;
    while (n && isspace((unsigned char)p[n - 1]))
        n--;
    return n;
}

static const char *parse_line(struct manifest *m, int line, const char *p,
                              size_t n)
{
    size_t k = 0, i = 0;

    if (n > MAX_LINE)
        return "line too long";
    for (size_t j = 0; j < n; j++)
        if (iscntrl((unsigned char)p[j]) && p[j] != '\t' && p[j] != '\r')
            return "control character";
    n = end_of_value(p, n);
    while (i < n && isblank((unsigned char)p[i]))
        i++;
    if (i == n)
        return NULL;
    while (i + k < n && is_key((unsigned char)p[i + k]))
        k++;
    if (!k || (i + k < n && !isblank((unsigned char)p[i + k])))
        return "expected `key value`";
    struct entry e = {.key = xstrndup(p + i, k), .line = line};
    i += k;
    while (i < n && isblank((unsigned char)p[i]))
        i++;
    e.value = xstrndup(p + i, n - i);
    arrput(m->entries, e);
    return NULL;
}

bool manifest_parse(struct manifest *m, const char *path, const char *text,
                    size_t n)
{
    int line = 0;

    *m = (struct manifest){.path = xstrdup(path)};
    for (size_t i = 0; i < n;) {
        const char *nl = memchr(text + i, '\n', n - i);
        size_t len = nl ? (size_t)(nl - text) - i : n - i;
        const char *why = parse_line(m, ++line, text + i, len);

        if (why) {
            error("%s:%d: %s", path, line, why);
            return false;
        }
        i += len + 1;
    }
    return true;
}

bool manifest_read(struct manifest *m, const char *path)
{
    size_t n;
    char *text = file_read(path, &n);
    bool ok;

    if (!text) {
        error("%s: %s", path, file_why(path));
        *m = (struct manifest){.path = xstrdup(path)};
        return false;
    }
    ok = manifest_parse(m, path, text, n);
    free(text);
    return ok;
}

const char *manifest_get(const struct manifest *m, const char *key)
{
    for (size_t i = 0; i < arrlenu(m->entries); i++)
        if (!strcmp(m->entries[i].key, key))
            return m->entries[i].value;
    return NULL;
}

void manifest_free(struct manifest *m)
{
    for (size_t i = 0; i < arrlenu(m->entries); i++) {
        free(m->entries[i].key);
        free(m->entries[i].value);
    }
    arrfree(m->entries);
    free(m->path);
}
