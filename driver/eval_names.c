/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_names.c: the names that an experiment may use, from where they are
 * made: folders, manifests, the analyzer; and the nearest to a wrong one.
 */
#include "corpus.h"
#include "eval.h"

#include <stdlib.h>
#include <string.h>

/* `cut NAME` and `knob NAME` of the manifests in a folder and those below. */
static void add_manifests(char ***names, const char *dir)
{
    char *path = path_join(dir, "component"), **below = dir_list(dir);
    struct manifest m = {0};

    if (file_exists(path) && manifest_read(&m, path)) {
        for (size_t i = 0; i < arrlenu(m.entries); i++) {
            const struct entry *e = &m.entries[i];
            if (!strcmp(e->key, "cut") || !strcmp(e->key, "knob"))
                arrput(*names, xstrndup(e->value, strcspn(e->value, " =")));
        }
        manifest_free(&m);
    }
    for (size_t i = 0; i < arrlenu(below); i++) {
        char *sub = path_join(dir, below[i]);
        if (is_dir(sub))
            add_manifests(names, sub);
        free(sub);
        free(below[i]);
    }
    arrfree(below);
    free(path);
}

/* First words of the lines that a tool prints with `mark` before them. */
static void add_lines(char ***names, const char *tool, const char *a,
                      const char *b, const char *mark)
{
    char *path = path_join(bin_dir(), tool), *save = NULL;
    const char *argv[] = {path, a, b, NULL};
    struct buf out = {0};
    size_t n = strlen(mark);

    if (run_capture(argv, NULL, &out) != 0)
        die_ours("%s %s failed", tool, a);
    for (char *p = strtok_r(out.p, "\n", &save); p;
         p = strtok_r(NULL, "\n", &save))
        if (has_prefix(p, mark) && p[n] != ' ')
            arrput(*names, xstrndup(p + n, strcspn(p + n, " ")));
    buf_free(&out);
    free(path);
}

static char **names_without(void)
{
    static const char *const folders[] = {"libpool", "platforms", "arch"};
    char **names = NULL;

    add_lines(&names, "unicore-analyze", "--without", "help", "  ");
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        char *dir = path_join(source_root(), folders[i]);
        add_manifests(&names, dir);
        free(dir);
    }
    return names;
}

/* The kinds that eval/against has: lines `#   KIND  what it is`. */
static char **names_against(void)
{
    char *path = path_join(source_root(), "eval/against"), *save = NULL;
    char *text = file_read(path, NULL), **names = NULL;

    for (char *p = text ? strtok_r(text, "\n", &save) : NULL; p;
         p = strtok_r(NULL, "\n", &save))
        if (has_prefix(p, "#   ") && p[4] != ' ')
            arrput(names, xstrndup(p + 4, strcspn(p + 4, " ")));
    free(text);
    free(path);
    return names;
}

char **names_of_kind(enum name_kind k)
{
    char **names = NULL;

    if (k == NAME_APP)
        return corpus_programs();
    if (k == NAME_WITHOUT)
        return names_without();
    if (k == NAME_AGAINST)
        return names_against();
    if (k == NAME_FACT)
        add_lines(&names, "unicore-analyze", "--facts-doc", NULL, "## ");
    if (k == NAME_TARGET) {
        struct target *all = targets_parse("all");
        for (size_t i = 0; i < arrlenu(all); i++)
            arrput(names, all[i].name);
    }
    for (int m = 0; k == NAME_METRIC && m < METRIC_COUNT; m++)
        arrput(names, KEY(metric_info[m].name));
    return names;
}

/* Letters to add, drop or change (Levenshtein). */
static size_t changes(const char *a, const char *b)
{
    size_t n = strlen(b), *row = xcalloc(n + 1, sizeof *row), last;

    for (size_t j = 0; j <= n; j++)
        row[j] = j;
    for (size_t i = 0; a[i]; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t j = 0; j < n; j++) {
            size_t best = corner + (a[i] != b[j]);
            corner = row[j + 1];
            if (row[j] + 1 < best)
                best = row[j] + 1;
            if (row[j + 1] + 1 < best)
                best = row[j + 1] + 1;
            row[j + 1] = best;
        }
    }
    last = row[n];
    free(row);
    return last;
}

bool name_known(enum name_kind k, const char *name, const char **nearest)
{
    static char **all[NAME_AGAINST + 1];
    size_t best = 0;

    if (!all[k])
        all[k] = names_of_kind(k);
    *nearest = NULL;
    for (size_t i = 0; i < arrlenu(all[k]); i++) {
        size_t n = changes(name, all[k][i]);
        if (!n)
            return true;
        if (!*nearest || n < best) {
            *nearest = all[k][i];
            best = n;
        }
    }
    return false;
}
