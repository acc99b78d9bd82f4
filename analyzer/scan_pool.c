/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan_pool.c: what the pool has, as far as a name in a source goes.
 *
 * That a call is degraded is derived, not typed: from the module of libc that
 * defines it the index's references lead to system calls, and those that no
 * component for kvm defines are missing. The walk is by module, so it stops
 * after two steps inside libc: further on everything meets everything, and
 * rare branches (nscd's socket behind getpwuid) would mark half of libc.
 * Typed are only words for people: what a header's functions are about.
 */
#include "scan.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_STEPS = 2
};

struct pool_unit {
    char **refs;
    int seen; /* by the walk of this number */
};
struct unit_entry {
    char *key;
    struct pool_unit *value;
};
struct text_entry {
    char *key;
    char *value;
};
static struct unit_entry *libc; /* libc's functions */
static struct unit_entry *kvm;  /* system calls that kvm has */
static struct text_entry *memo;
static char **partial; /* of these, what does less than on Linux */

/* May a component be in an image for kvm with this libc? */
static bool fits(const struct options *o, const char *component)
{
    char *path = format("%s/%s/component", o->pool, component);
    struct manifest m;
    bool ok = strcmp(component, "libpool/libc/newlib") != 0;

    if (!manifest_read(&m, path))
        exit(2);
    for (size_t i = 0; i < arrlenu(m.entries); i++)
        if (!strcmp(m.entries[i].key, "only") &&
            has_prefix(m.entries[i].value, "platform=") &&
            !strstr(m.entries[i].value, "kvm"))
            ok = false;
        else if (!strcmp(m.entries[i].key, "degraded"))
            arrput(partial, xstrndup(m.entries[i].value,
                                     strcspn(m.entries[i].value, " ")));
    if (has_prefix(component, "platforms/"))
        ok = !strcmp(component, "platforms/kvm");
    manifest_free(&m);
    free(path);
    return ok;
}

void scan_pool_read(const struct options *o)
{
    char *path = path_join(o->pool, "index"), *line, *rest;
    char *text = file_read(path, NULL);
    struct pool_unit *unit = NULL;
    bool fit = false, in_libc = false;

    if (!text)
        die("%s: cannot be read, expected a pool", path);
    sh_new_arena(libc);
    sh_new_arena(kvm);
    for (rest = text; (line = strsep(&rest, "\n"));) {
        char *key = strsep(&line, " "), *name = strsep(&line, " ");
        char *kind = strsep(&line, " ");

        if (!name)
            continue;
        if (!strcmp(key, "component")) {
            fit = fits(o, name);
            in_libc = has_prefix(name, "libpool/libc/");
        } else if (!strcmp(key, "module")) {
            unit = xcalloc(1, sizeof *unit);
        } else if (!kind) { /* ref */
            if (unit)
                arrput(unit->refs, name);
        } else if (fit && in_libc) {
            bool first = shgeti(libc, name) < 0;

            if (*kind == 'f' || (*kind == 'w' && first))
                shput(libc, name, unit); /* data calls nothing */
        } else if (fit && has_prefix(name, "uc_sys_")) {
            shput(kvm, name, unit);
        }
    }
    for (size_t i = 0; i < arrlenu(partial); i++)
        shdel(kvm, partial[i]);
    free(path);
}

bool scan_pool_has_call(const char *name)
{
    char *full = format("uc_sys_%s", name);
    bool has = shgeti(kvm, full) >= 0;

    free(full);
    return has;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Adds the missing calls of one module, and the names that it leads to. */
static void visit(struct pool_unit *unit, char ***missing, char ***next)
{
    for (size_t i = 0; i < arrlenu(unit->refs); i++) {
        char *ref = unit->refs[i];

        if (!has_prefix(ref, "uc_sys_"))
            arrput(*next, ref);
        else if (shgeti(kvm, ref) < 0)
            arrput(*missing, ref + strlen("uc_sys_"));
    }
}

/* The nearest step that meets a missing call, and the first one, count. */
static char **walk(char *function)
{
    static int number;
    char **missing = NULL, **level = NULL, **next = NULL;

    number++;
    arrput(level, function);
    for (int step = 0; step <= MAX_STEPS; step++) {
        for (size_t i = 0; i < arrlenu(level); i++) {
            struct pool_unit *unit = shget(libc, level[i]);

            if (!unit || unit->seen == number)
                continue;
            unit->seen = number;
            visit(unit, &missing, &next);
        }
        arrfree(level);
        level = next;
        next = NULL;
        if (missing && step)
            break;
    }
    arrfree(level);
    if (missing)
        qsort(missing, arrlenu(missing), sizeof *missing, by_text);
    return missing;
}

const char *scan_pool_missing(const char *function)
{
    ptrdiff_t known = shgeti(memo, KEY(function));
    struct buf b = {0};

    if (known >= 0)
        return memo[known].value;
    char **missing = walk(KEY(function));
    buf_str(&b, "");
    for (size_t i = 0; i < arrlenu(missing); i++)
        if (!i || strcmp(missing[i], missing[i - 1]) != 0)
            buf_printf(&b, "%s%s", i ? " " : "", missing[i]);
    arrfree(missing);
    shput(memo, xstrdup(function), b.p);
    return b.p;
}

/* ---- words for people ---- */

static const struct {
    const char *key, *about;
} headers[] = {
    {"dlfcn.h", "dynamic loading"}, {"pthread.h", "threads"},
    {"threads.h", "threads"},       {"semaphore.h", "threads"},
    {"setjmp.h", "jumps"},          {"signal.h", "signals"},
    {"spawn.h", "processes"},       {"sys/wait.h", "processes"},
    {"sys/socket.h", "sockets"},    {"netdb.h", "sockets"},
};

/* By the system call that it lacks, where the header holds many things. */
static const struct {
    const char *key, *about;
} calls[] = {
    {"fork", "processes"},
    {"execve", "processes"},
    {"thread", "threads"},
    {"socket", "sockets"},
};

const char *scan_class(const char *function, const char *header)
{
    const char *missing = scan_pool_missing(function);

    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        if (!strcmp(headers[i].key, header))
            return headers[i].about;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (strstr(missing, calls[i].key))
            return calls[i].about;
    return *missing ? "system" : NULL;
}

bool scan_wanted(const char *function, const char *header)
{
    return scan_class(function, header) != NULL;
}

/* ---- ports ---- */

/* libevent and event2: event. */
static char *stem(const char *name, size_t n)
{
    if (n > 3 && !strncmp(name, "lib", 3)) {
        name += 3;
        n -= 3;
    }
    while (n > 1 && ((name[n - 1] >= '0' && name[n - 1] <= '9') ||
                     name[n - 1] == '.' || name[n - 1] == '-'))
        n--;
    return xstrndup(name, n);
}

char *scan_port(const char *ports, const char *header)
{
    size_t n = strcspn(header, "/");
    char *want = NULL, *found = NULL;
    char **names = dir_list(ports);

    if (!header[n] && has_suffix(header, ".h"))
        n -= 2;
    want = stem(header, n);
    for (size_t i = 0; i < arrlenu(names); i++) {
        char *have = stem(names[i], strlen(names[i]));

        if (!strcmp(have, want) && !found)
            found = xstrdup(names[i]);
        free(have);
        free(names[i]);
    }
    arrfree(names);
    free(want);
    return found;
}
