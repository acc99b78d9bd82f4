/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_calls.c: are all names of system calls in the pool real ones?
 *
 * uc_sys_NAME is an open name: where no picked component defines it, the
 * analyzer binds it to -ENOSYS. A name that is mistyped, or that a libc has
 * for itself, would so become a call that fails without a word. What the pool
 * asks for must therefore be defined in it or stand in uc/sys.def.
 */
#include "pool.h"

#include <stdlib.h>
#include <string.h>

static const char prefix[] = "uc_sys_";

struct name {
    char *key;
    char value;
};

/* The name in a line `SYS...(n, name)` of uc/sys.def, or NULL. */
static char *listed(char *line)
{
    char *name = has_prefix(line, "SYS") ? strstr(line, ", ") : NULL;
    char *end = name ? strchr(name, ')') : NULL;

    if (!end)
        return NULL;
    *end = 0;
    return name + 2;
}

static struct name *listed_names(void)
{
    char *path = path_join(source_root(), "libpool/include/uc/sys.def");
    char *text = file_read(path, NULL), *rest = text, *line;
    struct name *known = NULL;

    sh_new_strdup(known);
    while (rest && (line = strsep(&rest, "\n"))) {
        char *name = listed(line);
        if (name)
            shput(known, name, 1);
    }
    free(text);
    free(path);
    return known;
}

/* The name in an index line of a kind, `def ` or `ref `, or NULL. */
static char *named(char *line, const char *kind)
{
    char *name = line + strlen(kind);

    if (!has_prefix(line, kind) || !has_prefix(name, prefix))
        return NULL;
    name += strlen(prefix);
    name[strcspn(name, " ")] = 0;
    return name;
}

void calls_check(const struct buf *index)
{
    const char *lines = index->p ? index->p : "", *module = "";
    struct name *known = listed_names();
    char *text = xstrdup(lines), *rest = text, *line;
    bool bad = false;

    while ((line = strsep(&rest, "\n"))) {
        char *name = named(line, "def ");
        if (name)
            shput(known, name, 1);
    }
    free(text);
    text = rest = xstrdup(lines);
    while ((line = strsep(&rest, "\n"))) {
        char *name = named(line, "ref ");
        if (has_prefix(line, "module "))
            module = line + strlen("module ");
        if (!name || shgeti(known, name) >= 0)
            continue;
        error("%s: %s%s is no system call", module, prefix, name);
        bad = true;
    }
    if (bad) {
        note("no component defines it, and it is not in uc/sys.def");
        exit(1);
    }
    shfree(known);
    free(text);
}
