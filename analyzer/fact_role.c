/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fact_role.c: facts that hold because of what the functions of a role are
 * reached for, by whatever name the program came there.
 *
 * clock: somebody looks at the time. A file system that only stamps its files
 * does not count, unless something reached shows stamps (the calls of stat).
 * files: something of the root file system is reached that has more to do
 * than to find nothing: to open and to ask are right without any file (libc
 * does so by itself, for time zones and locales); a program that does so
 * calls a function of facts.def.
 */
#include "analyzer.h"

#include <string.h>

static bool is_of_role(const struct def *d, const char *role)
{
    const struct pool_module *m = d->module->pool;

    return m && m->component->role && !strcmp(m->component->role, role);
}

static bool is_one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(*list, name))
            return true;
    return false;
}

static bool shows_stamps(struct analysis *a)
{
    static const char *const calls[] = {
        "uc_sys_stat",   "uc_sys_fstat",      "uc_sys_lstat",
        "uc_sys_stat64", "uc_sys_fstat64",    "uc_sys_lstat64",
        "uc_sys_statx",  "uc_sys_newfstatat", "uc_sys_fstatat64"};

    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (reached_named(a, calls[i]))
            return true;
    return false;
}

static void clock_used(struct analysis *a, struct facts *f, const struct def *d)
{
    bool stamps = shows_stamps(a);

    for (size_t i = 0; i < arrlenu(d->callers); i++) {
        const struct call *c = &d->callers[i];
        if (!is_of_role(c->from, "clock") &&
            (stamps || !is_of_role(c->from, "root-fs")))
            facts_add(f, FACT_clock, NULL, c->from, c->at);
    }
}

static void files_used(struct facts *f, const struct def *d)
{
    static const char *const find_nothing[] = {"uc_fs_open",
                                               "uc_fs_stat",
                                               "uc_fs_dir_of",
                                               "uc_sys_open",
                                               "uc_sys_stat",
                                               "uc_sys_lstat",
                                               "uc_sys_newfstatat",
                                               "uc_sys_openat",
                                               "uc_sys_stat64",
                                               "uc_sys_lstat64",
                                               "uc_sys_fstatat64",
                                               "uc_sys_statx",
                                               NULL};
    const char *name = d->symbol->name;

    if ((has_prefix(name, "uc_fs_") || has_prefix(name, "uc_sys_")) &&
        !is_one_of(name, find_nothing))
        facts_add(f, FACT_files, NULL, d->found.from, d->found.at);
}

void fact_role(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < arrlenu(a->run.reached); i++) {
        const struct def *d = a->run.reached[i];
        if (d->symbol->local || d->kind != DEF_FUNCTION)
            continue;
        if (is_of_role(d, "clock"))
            clock_used(a, f, d);
        else if (is_of_role(d, "root-fs") && d->found.from &&
                 !is_of_role(d->found.from, "root-fs"))
            files_used(f, d);
    }
}
