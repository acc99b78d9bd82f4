/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture_entry.c: what a build leaves in the cache, app/<hash>:
 *
 *     work/      the copy, built     log        what the build said
 *     commands   what was compiled   done       the build is over
 *     programs/<name>/               native, NNN.bc, NNN.command, casts-*
 *     sysroot/   with libraries, if the program has any; headers/: build_libs.c
 *     config.site  what configure is told (build_site.c)
 *     c++        by which unicore-c++ and libc++, if any (build_plus.c)
 *
 * The entry is filled under its lock. Without `done` it is what a killed run
 * left, and starts anew; recorded commands name its paths, so it cannot be
 * made under another name first.
 */
#include "build.h"
#include "capture.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

struct lock *entry_open(struct build *b, struct hash *h, bool *done)
{
    char *key = hash_end(h), *name = format("app/%s", key);
    struct lock *lock = cache_lock(name);
    char *mark, *state, *own;

    b->dir = format("%s/%s", cache_root(), name);
    b->work = path_join(b->dir, "work");
    b->log = path_join(b->dir, "log");
    b->commands = path_join(b->dir, "commands");
    mark = path_join(b->dir, "done");
    state = file_read(mark, NULL);
    *done = state != NULL && plus_entry(b, !strcmp(state, "failed\n"));
    b->failed = state && !strcmp(state, "failed\n");
    if (*done)
        cache_used(mark);
    else
        cache_prune("app", "done");
    if (!*done && !b->find) {
        remove_tree(b->dir);
        make_dirs(b->dir);
        file_write(b->commands, "", 0);
        plus_note(b);
    }
    own = path_join(b->dir, "sysroot");
    if (is_dir(own))
        b->sysroot = own;
    build_environment(b);
    free(state);
    free(mark);
    free(name);
    free(key);
    return lock;
}

void entry_done(const struct build *b)
{
    char *mark = path_join(b->dir, "done");
    const char *state = b->failed ? "failed\n" : "ok\n";

    file_write(mark, state, strlen(state));
    free(mark);
}

/* mini-httpd and mini_httpd are alike. */
static bool is_alike(const char *x, const char *y, size_t n)
{
    size_t i = 0;

    while (i < n && (x[i] == y[i] || (x[i] == '_' && y[i] == '-')))
        i++;
    return i == n && !x[n];
}

/* lua5.4 and lua: a package's name, and the name without its version. */
static bool is_named(const struct program *p, const char *app)
{
    size_t n = strlen(app);

    if (is_alike(p->name, app, n))
        return true;
    while (n && (isdigit((unsigned char)app[n - 1]) || app[n - 1] == '.' ||
                 app[n - 1] == '-'))
        n--;
    return n && is_alike(p->name, app, n);
}

struct program *entry_choose(const struct build *b, const char *bin,
                             struct program *list)
{
    size_t n = arrlenu(list);

    for (size_t i = 0; bin && i < n; i++)
        if (!strcmp(list[i].name, bin))
            return &list[i];
    if (bin)
        return NULL;
    if (n == 1 && !b->failed)
        return list;
    for (size_t i = 0; i < n; i++)
        if (!strcmp(list[i].name, b->name))
            return &list[i];
    for (size_t i = 0; i < n; i++)
        if (is_named(&list[i], b->name))
            return &list[i];
    return NULL;
}

static void explain_choice(const struct build *b, const char *bin,
                           struct program *list)
{
    if (b->failed) {
        log_explain(b);
        return;
    }
    if (bin)
        error("%s: builds no program %s", b->name, bin);
    else
        error("%s: builds %zu programs: choose one with --bin", b->name,
              arrlenu(list));
    for (size_t i = 0; i < arrlenu(list); i++)
        evidence("--bin %s", list[i].name);
}

static void list_modules(struct capture_result *r)
{
    char **names = dir_list(r->dir);

    for (size_t i = 0; i < arrlenu(names); i++) {
        if (has_suffix(names[i], ".bc"))
            arrput(r->modules, path_join(r->dir, names[i]));
        else if (has_suffix(names[i], ".o"))
            arrput(r->natives, path_join(r->dir, names[i]));
        free(names[i]);
    }
    arrfree(names);
}

bool entry_deliver(const struct build *b, const struct capture_request *req,
                   struct program *list, struct capture_result *r)
{
    struct program *p = entry_choose(b, req->bin, list);

    if (!p) {
        if (!b->find)
            explain_choice(b, req->bin, list);
        return false;
    }
    *r = (struct capture_result){
        .name = xstrdup(p->name),
        .dir = format("%s/programs/%s", b->dir, p->name),
        .log = b->log,
        .commands = b->commands,
        .arch = xstrdup(b->arch),
        .libc = xstrdup("musl"),
        .sysroot = xstrdup(b->sysroot),
        .jobs = req->jobs,
        .prebuilt = b->prebuilt,
    };
    r->native = path_join(r->dir, "native");
    if (!file_exists(r->native) && !extract_program(p, r->dir))
        return false;
    if (b->prebuilt && !extract_check_modules(r->dir, b->arch, p->name))
        return false;
    list_modules(r);
    if (!arrlenu(r->modules)) {
        error("%s: nothing in it has bitcode", p->name);
        return false;
    }
    return true;
}
