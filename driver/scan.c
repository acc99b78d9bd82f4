/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan.c: --scan: finds the sources and hands them to unicore-scan.
 *
 * Where the program was built before, the copy that was built is scanned with
 * the flags of that build, and with the sources that it made; else the tree as
 * it is, with guessed flags. Nothing is built for it.
 */
#include "build.h"
#include "deb.h"
#include "specialize.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

static void word(const char ***argv, const char *s)
{
    arrput(*argv, s);
}

/* Part of a program, but nothing for a parser of C. */
static bool is_assembly(const char *path)
{
    return has_suffix(path, ".S") || has_suffix(path, ".s");
}

/* Are there objects, which have no source to scan? */
static void check(char **apps)
{
    for (size_t i = 0; i < arrlenu(apps); i++) {
        if (has_prefix(apps[i], "deb:"))
            continue;
        if (!file_exists(apps[i]))
            die("%s: no such file or folder", apps[i]);
        if (!is_dir(apps[i]) && !has_suffix(apps[i], ".c") &&
            !is_assembly(apps[i]))
            die("%s: not a source: --scan takes folders, .c files and "
                "deb:NAME",
                apps[i]);
    }
}

/* The build's copy of the tree, app/<hash>/work. */
static char *work_of(const struct capture_result *found)
{
    char *programs = path_dir(found->dir), *entry = path_dir(programs);
    char *work = path_join(entry, "work");

    free(programs);
    free(entry);
    return work;
}

static char *name_of(char **apps)
{
    char *real = realpath(apps[0], NULL), *name;

    if (has_prefix(apps[0], "deb:"))
        return xstrdup(apps[0] + 4);
    name = xstrdup(path_base(real ? real : apps[0]));
    if (has_suffix(name, ".c"))
        name[strlen(name) - 2] = 0;
    free(real);
    return name;
}

static void add_tool(const char ***argv, const struct options *o,
                     const char *pool, const char *sysroot, const char *name)
{
    word(argv, path_join(bin_dir(), "unicore-scan"));
    word(argv, "--pool");
    word(argv, pool);
    word(argv, "--sysroot");
    word(argv, sysroot);
    word(argv, "--name");
    word(argv, name);
    word(argv, "--jobs");
    word(argv, format("%d", o->jobs));
}

const char **scan_command(const struct options *o, char **apps,
                          const struct capture_result *app, const char *pool)
{
    const char **argv = NULL;
    bool any = has_prefix(apps[0], "deb:") || is_dir(apps[0]);

    add_tool(&argv, o, pool, app->sysroot, app->name);
    word(&argv, "--json");
    if (any) {
        word(&argv, "--program");
        word(&argv, app->dir);
        word(&argv, work_of(app));
    }
    for (size_t i = 0; !is_dir(apps[0]) && i < arrlenu(apps); i++)
        if (has_suffix(apps[i], ".c")) {
            word(&argv, apps[i]);
            any = true;
        }
    word(&argv, NULL);
    if (!any)
        arrfree(argv);
    return argv;
}

static void add_sources(const char ***argv, const struct options *o,
                        char **apps)
{
    struct capture_request req = {.apps = apps,
                                  .bin = o->bin,
                                  .build_options = o->build_options,
                                  .arch = "x86_64",
                                  .libc = "musl",
                                  .jobs = o->jobs,
                                  .find = true};
    struct capture_result found;
    bool is_tree = has_prefix(apps[0], "deb:") || is_dir(apps[0]);

    if (is_tree && capture_app(&req, &found)) {
        word(argv, "--program");
        word(argv, found.dir);
        word(argv, work_of(&found));
        return;
    }
    for (size_t i = 0; i < arrlenu(apps); i++)
        if (has_prefix(apps[i], "deb:"))
            word(argv, deb_source(apps[i] + 4));
        else if (!is_assembly(apps[i]))
            word(argv, apps[i]);
}

bool scan_app(const struct options *o, char **apps)
{
    const char **argv = NULL;
    char *sysroot, *pool;
    int status;

    check(apps);
    sysroot = capture_sysroot("x86_64", "musl");
    pool = pool_dir("x86_64");
    if (!sysroot || !pool)
        return false;
    add_tool(&argv, o, pool, sysroot, name_of(apps));
    if (o->json)
        word(&argv, "--json");
    if (verbosity > 0)
        word(&argv, "--verbose");
    add_sources(&argv, o, apps);
    word(&argv, NULL);
    status = run(argv, NULL);
    if (status == 128 + SIGPIPE) /* the reader has seen enough */
        return true;
    if (status > 1)
        die_ours("unicore-scan: status %d", status);
    return status == 0;
}
