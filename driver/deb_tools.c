/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * deb_tools.c: what a Debian source package needs to be built: the programs
 * among its Build-Depends (bison, ed, tclsh), from debian/control.
 *
 * Libraries are another list: the program is built against the pool's headers
 * and what build_libs.c builds of it, never the machine's. Nor is what only
 * debian/rules, its documentation or its tests use. Of alternatives the first
 * counts.
 */
#include "deb.h"

#include "common.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- debian/control ---- */

/* Appends the value of a field of the first paragraph, folded lines joined. */
static void add_field(struct buf *out, const char *control, const char *field)
{
    bool inside = false;

    for (const char *p = control; *p && *p != '\n';) {
        size_t n = strcspn(p, "\n");
        if (*p != ' ' && *p != '\t' && *p != '#') {
            inside = strncasecmp(p, field, strlen(field)) == 0;
            if (inside)
                buf_printf(out, ",%.*s", (int)(n - strlen(field)),
                           p + strlen(field));
        } else if (inside && *p != '#') {
            buf_printf(out, " %.*s", (int)n, p);
        }
        p += n + (p[n] == '\n');
    }
}

static bool is_tool(const char *name)
{
    static const char *const prefixes[] = {"lib",     "debhelper", "dh-",
                                           "docbook", "texlive",   "doxygen",
                                           "locales", "dpkg"};
    static const char *const suffixes[] = {"-dev", "-doc", "-docs", "-headers",
                                           "-source"};

    for (size_t i = 0; i < sizeof prefixes / sizeof *prefixes; i++)
        if (has_prefix(name, prefixes[i]))
            return false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (has_suffix(name, suffixes[i]))
            return false;
    return *name != 0;
}

/* The field of both kinds, or "". Caller frees. */
static char *build_depends(const char *folder)
{
    char *path = path_join(folder, "debian/control");
    char *control = file_read(path, NULL);
    struct buf all = {0};

    buf_str(&all, "");
    if (control) {
        add_field(&all, control, "Build-Depends:");
        add_field(&all, control, "Build-Depends-Arch:");
    }
    free(control);
    free(path);
    return all.p;
}

char **deb_libraries(const char *folder)
{
    char *all = build_depends(folder), **list = NULL, *rest = all, *one;

    while ((one = strsep(&rest, ",|"))) {
        one += strspn(one, " \t");
        one[strcspn(one, " \t(:[<")] = 0;
        if (has_suffix(one, "-dev"))
            arrput(list, xstrdup(one));
    }
    free(all);
    return list;
}

/* The package of `name:any (>= 1) [arch] <profile> | other`, or NULL. */
static char *package_of(char *relation)
{
    relation += strspn(relation, " \t");
    relation[strcspn(relation, "|")] = 0;
    if (strchr(relation, '[') || strchr(relation, '<'))
        return NULL; /* another machine's, or for tests and documents */
    relation[strcspn(relation, " \t(:")] = 0;
    return is_tool(relation) ? xstrdup(relation) : NULL;
}

char **deb_tools(const char *folder)
{
    char *all = build_depends(folder), **tools = NULL, *rest = all, *one;

    while ((one = strsep(&rest, ","))) {
        char *name = package_of(one);
        if (name)
            arrput(tools, name);
    }
    free(all);
    return tools;
}

/* ---- what the machine has ---- */

static bool is_installed(const char *package)
{
    const char *argv[] = {"dpkg-query",          "-W",    "-f",
                          "${db:Status-Status}", package, NULL};
    struct buf out = {0};
    bool yes =
        run_capture(argv, &(struct run){.out = "/dev/null"}, &out) == 0 &&
        !strcmp(out.p, "installed");

    buf_free(&out);
    return yes;
}

char *deb_tools_missing(const char *folder)
{
    char **tools = deb_tools(folder);
    struct buf list = {0};

    buf_str(&list, "");
    for (size_t i = 0; i < arrlenu(tools); i++) {
        if (!is_installed(tools[i]))
            buf_printf(&list, " %s", tools[i]);
        free(tools[i]);
    }
    arrfree(tools);
    return list.p;
}

static bool apt(const char *words, const char *log)
{
    char *line = format("apt-get -q -y --no-install-recommends "
                        "-o DPkg::Lock::Timeout=600 %s",
                        words);
    static const char *env[] = {"DEBIAN_FRONTEND=noninteractive", NULL};
    const char *argv[] = {"sh", "-c", line, NULL};
    bool ok = run(argv, &(struct run){.out = log, .env = env}) == 0;

    free(line);
    return ok;
}

bool deb_tools_install(const char *package, const char *folder)
{
    struct lock *lock;
    char *missing = deb_tools_missing(folder), *log, *install;
    bool done;

    if (!*missing || geteuid() != 0) {
        free(missing);
        return false;
    }
    progress("installing what builds %s:%s", package, missing);
    lock = cache_lock("apt");
    log = path_join(cache_root(), "apt/install.log");
    install = format("install%s", missing);
    done = apt(install, log) || (apt("update", log) && apt(install, log));
    if (!done)
        warn("deb:%s: its build tools cannot be installed:%s (see %s)", package,
             missing, log);
    cache_unlock(lock);
    progress_end();
    free(install);
    free(log);
    free(missing);
    return done;
}
