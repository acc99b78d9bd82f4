/* SPDX-License-Identifier: BSD-2-Clause */
/* pick_forced.c: choices that the user made: --choose, --libc. */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

static struct component *find_named(const struct analysis *a, const char *role,
                                    const char *name)
{
    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        struct component *c = a->pool.components[i];
        if (c->role && !strcmp(c->role, role) &&
            (!strcmp(c->path, name) || !strcmp(path_base(c->path), name)))
            return c;
    }
    return NULL;
}

static bool force(struct analysis *a, const char *role, const char *name)
{
    struct component *c = find_named(a, role, name);

    if (!c) {
        error("%s=%s: no component of that name fills the role %s", role, name,
              role);
        for (size_t i = 0; i < arrlenu(a->pool.components); i++)
            if (a->pool.components[i]->role &&
                !strcmp(a->pool.components[i]->role, role))
                note("%s does", a->pool.components[i]->path);
        return false;
    }
    if (!c->fits) {
        error("%s=%s: %s is not for %s", role, name, c->path,
              a->options.target);
        return false;
    }
    c->forced = true;
    shput(a->choices, KEY(role), c);
    return true;
}

bool pick_forced(struct analysis *a)
{
    const char *libc = a->options.libc;
    bool ok = true;

    sh_new_strdup(a->choices);
    if (!strcmp(libc, "auto"))
        libc = "musl";
    if (find_named(a, "libc", libc) || strcmp(a->options.libc, "auto") != 0)
        ok = force(a, "libc", libc);
    for (size_t i = 0; ok && i < arrlenu(a->options.chosen); i++) {
        char *role = xstrdup(a->options.chosen[i]);
        char *equals = strchr(role, '=');
        if (!equals) {
            error("--choose %s: expected ROLE=COMPONENT", role);
            return false;
        }
        *equals = 0;
        ok = force(a, role, equals + 1);
        free(role);
    }
    return ok;
}
