/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture_replay.c: the modules of a program once more, against the headers
 * of another libc: each recorded command runs again in its folder, front end
 * only. A program that cannot be had that way is no error. Where the two libcs
 * agree on their headers, as those of the pool do, there is nothing to do.
 */
#include "build.h"
#include "capture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

char *capture_sysroot(const char *arch, const char *libc)
{
    char *pool = path_join(bin_dir(), "unicore-pool");
    const char *argv[] = {pool, "--arch",  arch, "--libc",
                          libc, "sysroot", NULL};
    const char *given = getenv("UNICORE_SYSROOT");
    struct buf out = {0};

    if (given && *given && !strcmp(libc, "musl"))
        return xstrdup(given);
    int status = run_capture(argv, NULL, &out);
    free(pool);
    if (status != 0)
        return NULL;
    out.p[strcspn(out.p, "\n")] = 0;
    return out.p;
}

/* Reads a command record: cwd, then words; the output replaced by out. */
static char **replay_argv(const char *path, char *cc, char *out, char **cwd)
{
    size_t n;
    char *text = file_read(path, &n), **argv = NULL;

    if (!text)
        die("%s: %s", path, strerror(errno));
    for (char *p = text; p < text + n; p += strlen(p) + 1)
        arrput(argv, p);
    if (arrlenu(argv) < 3)
        return NULL;
    *cwd = argv[0];
    arrdel(argv, 0);
    argv[0] = cc;
    arrlast(argv) = out;
    arrput(argv, NULL);
    return argv;
}

static bool replay_module(const struct capture_result *r, const char *module,
                          const char *to, const char *sysroot)
{
    char *base = xstrndup(module, strlen(module) - strlen(".bc"));
    char *command = format("%s.command", base), *cwd;
    char *out = path_join(to, path_base(module));
    char **argv =
        replay_argv(command, path_join(bin_dir(), "unicore-cc"), out, &cwd);
    char *root = format("UNICORE_SYSROOT=%s", sysroot);
    char *arch = format("UNICORE_ARCH=%s", r->arch);
    const char *env[] = {"UNICORE_EMIT=bitcode", "UNICORE_COMMANDS", root, arch,
                         NULL};
    char *log = path_join(to, "log");
    struct run how = {.cwd = cwd, .out = log, .env = env};

    return argv && run((const char *const *)argv, &how) == 0;
}

static bool replay_all(const struct capture_result *r, const char *to,
                       const char *sysroot)
{
    make_dirs(to);
    for (size_t i = 0; i < arrlenu(r->modules); i++) {
        progress("%s: compiling module %zu of %zu again", r->name, i + 1,
                 arrlenu(r->modules));
        if (!replay_module(r, r->modules[i], to, sysroot))
            return false;
    }
    return true;
}

bool capture_replay(const struct capture_result *result, const char *libc,
                    char ***modules)
{
    char *sysroot = capture_sysroot(result->arch, libc);
    char *to, *mark, *state, *name;
    struct lock *lock;
    bool ok;

    *modules = NULL;
    if (!sysroot)
        return false;
    if (!strcmp(sysroot, result->sysroot)) {
        for (size_t i = 0; i < arrlenu(result->modules); i++)
            arrput(*modules, xstrdup(result->modules[i]));
        return true;
    }
    name = xstrdup(result->dir + strlen(cache_root()) + 1);
    to = format("%s/%s", result->dir, path_base(sysroot));
    mark = path_join(to, "done");
    lock = cache_lock(name);
    state = file_read(mark, NULL);
    ok = state && !strcmp(state, "ok\n");
    if (!state) {
        ok = replay_all(result, to, sysroot);
        file_write(mark, ok ? "ok\n" : "failed\n", ok ? 3 : 7);
        progress_end();
    }
    cache_unlock(lock);
    for (size_t i = 0; ok && i < arrlenu(result->modules); i++)
        arrput(*modules, path_join(to, path_base(result->modules[i])));
    return ok;
}
