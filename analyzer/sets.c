/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * sets.c: linker sets. A program may place variables or functions in a section
 * of its own, NAME, and walk them from __start_NAME to __stop_NAME, which the
 * final link makes. So who refers to one of these refers to all in there.
 */
#include <stdlib.h>
#include <string.h>

#include "analyzer.h"

void set_add(struct program *p, const char *section, struct symbol *member)
{
    struct set s = {0};
    ptrdiff_t i;

    if (!section || !is_c_identifier(section))
        return;
    if (!p->sets)
        sh_new_strdup(p->sets);
    i = shgeti(p->sets, KEY(section));
    if (i >= 0)
        s = p->sets[i].value;
    arrput(s.members, member);
    shput(p->sets, KEY(section), s);
}

struct set *set_named(struct program *p, const char *symbol)
{
    const char *section = has_prefix(symbol, "__start_")  ? symbol + 8
                          : has_prefix(symbol, "__stop_") ? symbol + 7
                                                          : NULL;
    ptrdiff_t i = section && p->sets ? shgeti(p->sets, KEY(section)) : -1;

    return i < 0 ? NULL : &p->sets[i].value;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

char **sets_reached(struct analysis *a)
{
    char **names = NULL;

    for (size_t i = 0; i < shlenu(a->program.sets); i++)
        if (a->program.sets[i].value.run == a->run.number)
            arrput(names, a->program.sets[i].key);
    if (names)
        qsort(names, arrlenu(names), sizeof *names, by_name);
    return names;
}
