/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * casts.c: which function types become which others in the program's code.
 *
 * The file is scan_casts.c's. Types are nodes, each `flow S D` is an edge, and
 * `*`, what is not known, and `library` are nodes like the others. A call of
 * type D reaches a function of type S if there is a way from S to D; which
 * types have one is looked up once for each D, backwards. A type that nothing
 * names is only called as itself.
 *
 * A function's address has the type of the declaration that it is taken
 * through: `decl NAME S`. The name may be an alias.
 */
#include "analyzer.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct node {
    int *from;     /* edges backwards */
    bool *reaches; /* per node: is there a way from it? NULL: not asked yet */
};
struct declared_entry {
    char *key;
    char **value;
};
struct casts {
    struct signature_entry *numbers; /* of types */
    struct node *nodes;
    struct declared_entry *declared;
};

static int number_of(struct casts *c, const char *type)
{
    struct node none = {0};
    ptrdiff_t i = shgeti(c->numbers, KEY(type));

    if (i >= 0)
        return c->numbers[i].value;
    arrput(c->nodes, none);
    shput(c->numbers, KEY(type), (int)arrlen(c->nodes) - 1);
    return (int)arrlen(c->nodes) - 1;
}

static bool declare(struct casts *c, const char *name, const char *type)
{
    ptrdiff_t i = shgeti(c->declared, KEY(name));

    if (i < 0) {
        shput(c->declared, KEY(name), NULL);
        i = shgeti(c->declared, KEY(name));
    }
    for (size_t k = 0; k < arrlenu(c->declared[i].value); k++)
        if (!strcmp(c->declared[i].value[k], type))
            return false;
    arrput(c->declared[i].value, xstrdup(type));
    return true;
}

/* `kind a b`, cut in place; false if it is not that. */
static bool read_line(struct casts *c, char *line)
{
    char *kind = strsep(&line, " "), *a = line ? strsep(&line, " ") : NULL;

    if (!line || !*a || !*line || strchr(line, ' '))
        return false;
    if (!strcmp(kind, "decl")) {
        declare(c, a, line);
    } else if (!strcmp(kind, "flow")) {
        int from = number_of(c, a), to = number_of(c, line);
        arrput(c->nodes[to].from, from);
    } else {
        return false;
    }
    return true;
}

bool casts_read(struct analysis *a)
{
    const char *path = a->options.casts;
    char *text = path ? file_read(path, NULL) : NULL, *line;
    struct casts *c = xcalloc(1, sizeof *c);
    unsigned number = 0;

    if (path && !text) {
        error("%s: %s", path, file_why(path));
        return false;
    }
    sh_new_strdup(c->numbers);
    sh_new_strdup(c->declared);
    for (char *rest = text; rest && (line = strsep(&rest, "\n")) && rest;) {
        number++;
        if (has_prefix(line, "unknown "))
            return true;
        if (!read_line(c, line)) {
            error("%s:%u: not a line of casts", path, number);
            return false;
        }
    }
    free(text);
    if (path)
        a->casts = c;
    return true;
}

bool casts_known(const struct analysis *a)
{
    return a->casts && a->options.level == LEVEL_SLOT &&
           !a->options.without[SWITCH_casts] &&
           !a->options.without[SWITCH_exact];
}

/* Marks all nodes that have a way to the node. */
static void look_back(struct casts *c, int to)
{
    bool *reaches = xcalloc(arrlenu(c->nodes), sizeof *reaches);
    int *todo = NULL;

    reaches[to] = true;
    arrput(todo, to);
    while (arrlenu(todo)) {
        const struct node *n = &c->nodes[arrpop(todo)];
        for (size_t i = 0; i < arrlenu(n->from); i++)
            if (!reaches[n->from[i]]) {
                reaches[n->from[i]] = true;
                arrput(todo, n->from[i]);
            }
    }
    arrfree(todo);
    c->nodes[to].reaches = reaches;
}

bool casts_flow(struct analysis *a, const char *from, const char *to)
{
    struct casts *c = a->casts;
    ptrdiff_t f = shgeti(c->numbers, KEY(from));
    ptrdiff_t t = shgeti(c->numbers, KEY(to));

    if (!strcmp(from, to))
        return true;
    if (f < 0 || t < 0)
        return false;
    int source = c->numbers[f].value, goal = c->numbers[t].value;
    if (!c->nodes[goal].reaches)
        look_back(c, goal);
    return c->nodes[goal].reaches[source];
}

char **casts_declared(struct analysis *a, const struct symbol *s)
{
    char *name = a->casts ? symbol_plain(s) : NULL;
    ptrdiff_t i = name ? shgeti(a->casts->declared, name) : -1;

    free(name);
    return i < 0 ? NULL : a->casts->declared[i].value;
}

bool casts_alias(struct analysis *a, const struct symbol *alias,
                 const struct symbol *of)
{
    char **types = casts_declared(a, alias);
    char *name = symbol_plain(of);
    bool news = false;

    for (size_t i = 0; i < arrlenu(types); i++)
        news |= declare(a->casts, name, types[i]);
    free(name);
    return news;
}
