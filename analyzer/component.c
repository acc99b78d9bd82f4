/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * component.c: a component's manifest: the keys that choose and configure.
 *
 *     role   sched
 *     when   threads && !fork
 *     only   platform=kvm,bare arch=x86_64
 *     knob   SCHED_SLOTS = threads ? 16 : 1
 *     init   uc_sched_init 30
 *     poll   uc_net_poll
 *     cut    fmt_fp unless format_float
 *     device virtio-net
 *     degraded uc_sys_fork the parent waits
 *
 * The keys that say how to compile it (source, cflags, ...) belong to
 * unicore-pool and are skipped here. Manifests may be hostile: every error
 * names file and line.
 */
#include "pool.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_NAME = 200,
    MAX_ORDER = 1000
};

static bool is_name(const char *s)
{
    size_t n = strlen(s);

    for (size_t i = 0; i < n; i++)
        if (!isalnum((unsigned char)s[i]) && !strchr("_-.$", s[i]))
            return false;
    return n > 0 && n <= MAX_NAME;
}

/* Cuts the next blank-separated word off *s; NULL at the end. */
static char *word(char **s)
{
    char *w = *s + strspn(*s, " \t");
    size_t n = strcspn(w, " \t");

    if (!n)
        return NULL;
    *s = w + n;
    if (w[n]) {
        w[n] = 0;
        ++*s;
    }
    return w;
}

static bool add_list(char ***list, char *names)
{
    char *name;

    while ((name = strsep(&names, ","))) {
        if (!is_name(name))
            return false;
        arrput(*list, xstrdup(name));
    }
    return true;
}

static const char *parse_only(struct component *c, char *value)
{
    char *w;

    while ((w = word(&value))) {
        bool ok;
        if (has_prefix(w, "platform="))
            ok = add_list(&c->platforms, w + strlen("platform="));
        else
            ok = has_prefix(w, "arch=") &&
                 add_list(&c->archs, w + strlen("arch="));
        if (!ok)
            return "expected `platform=NAME,...` or `arch=NAME,...`";
    }
    return NULL;
}

static const char *parse_knob(struct component *c, const char *where,
                              char *value)
{
    char *name = word(&value), *is = word(&value);
    struct knob k = {0};

    if (!name || !is_name(name) || !is || strcmp(is, "=") != 0)
        return "expected `NAME = expression`";
    k.value = expr_parse(where, value);
    if (!k.value)
        return "";
    k.name = xstrdup(name);
    arrput(c->knobs, k);
    return NULL;
}

static const char *parse_init(struct component *c, char *value)
{
    char *name = word(&value), *order = word(&value), *end;
    long n = order ? strtol(order, &end, 10) : -1;

    if (!name || !is_name(name) || n < 0 || n > MAX_ORDER || *end ||
        word(&value))
        return "expected `FUNCTION ORDER`, an order of 0 to 1000";
    struct init_step s = {xstrdup(name), (int)n};
    arrput(c->inits, s);
    return NULL;
}

static const char *parse_poll(struct component *c, const char *name)
{
    if (!is_name(name))
        return "expected the name of a function";
    struct init_step s = {xstrdup(name), POLL};
    arrput(c->inits, s);
    return NULL;
}

static const char *parse_cut(struct component *c, const char *where,
                             char *value)
{
    char *name = word(&value), *unless = word(&value);
    struct cut cut = {0};

    if (!name || !is_name(name) || !unless || strcmp(unless, "unless") != 0)
        return "expected `FUNCTION unless expression`";
    cut.unless = expr_parse(where, value);
    if (!cut.unless)
        return "";
    cut.function = xstrdup(name);
    arrput(c->cuts, cut);
    return NULL;
}

static const char *parse_degraded(struct component *c, char *value)
{
    char *name = word(&value);

    if (!name || strncmp(name, "uc_sys_", 7) != 0 || !*value)
        return "expected `uc_sys_NAME how`";
    struct partial p = {xstrdup(name), xstrdup(value)};
    arrput(c->partial, p);
    return NULL;
}

/* NULL: fine; "": an error was printed; else what is wrong. */
static const char *parse_entry(struct component *c, const char *where,
                               const char *key, char *value)
{
    if (!strcmp(key, "role")) {
        if (c->role)
            return "a second role";
        c->role = is_name(value) ? xstrdup(value) : NULL;
        return c->role ? NULL : "expected the name of a role";
    }
    if (!strcmp(key, "when")) {
        if (c->when)
            return "a second `when`";
        c->when = expr_parse(where, value);
        return c->when ? NULL : "";
    }
    if (!strcmp(key, "only"))
        return parse_only(c, value);
    if (!strcmp(key, "knob"))
        return parse_knob(c, where, value);
    if (!strcmp(key, "init"))
        return parse_init(c, value);
    if (!strcmp(key, "poll"))
        return parse_poll(c, value);
    if (!strcmp(key, "degraded"))
        return parse_degraded(c, value);
    if (!strcmp(key, "cut"))
        return parse_cut(c, where, value);
    if (!strcmp(key, "device")) {
        if (!is_name(value))
            return "expected the name of a device";
        arrput(c->devices, xstrdup(value));
    }
    return NULL;
}

bool component_parse(struct component *c, const struct manifest *m)
{
    bool ok = true;

    for (size_t i = 0; i < arrlenu(m->entries); i++) {
        const struct entry *e = &m->entries[i];
        char *where = format("%s:%d", m->path, e->line);
        char *value = xstrdup(e->value);
        const char *why = parse_entry(c, where, e->key, value);

        if (why && *why)
            error("%s: %s: %s", where, e->key, why);
        ok &= !why;
        free(value);
        free(where);
    }
    return ok;
}

void component_free(struct component *c)
{
    for (size_t i = 0; i < arrlenu(c->platforms); i++)
        free(c->platforms[i]);
    for (size_t i = 0; i < arrlenu(c->archs); i++)
        free(c->archs[i]);
    for (size_t i = 0; i < arrlenu(c->devices); i++)
        free(c->devices[i]);
    for (size_t i = 0; i < arrlenu(c->knobs); i++) {
        free(c->knobs[i].name);
        expr_free(c->knobs[i].value);
    }
    for (size_t i = 0; i < arrlenu(c->inits); i++)
        free(c->inits[i].function);
    for (size_t i = 0; i < arrlenu(c->cuts); i++) {
        free(c->cuts[i].function);
        expr_free(c->cuts[i].unless);
    }
    for (size_t i = 0; i < arrlenu(c->partial); i++) {
        free(c->partial[i].function);
        free(c->partial[i].how);
    }
    arrfree(c->partial);
    arrfree(c->platforms);
    arrfree(c->archs);
    arrfree(c->devices);
    arrfree(c->knobs);
    arrfree(c->inits);
    arrfree(c->cuts);
    expr_free(c->when);
    free(c->role);
}
