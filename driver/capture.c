/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture.c: from what a user names to the bitcode of one program.
 *
 * Sources are built by their own build system with unicore-cc, in a private
 * copy: the user's folder is never written to. The entry of the cache is
 * app/<hash of all that is built and of what builds it>; capture_entry.c has
 * its layout.
 */
#define _GNU_SOURCE
#include "capture.h"

#include "arch.h"
#include "build.h"
#include "deb.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What every entry depends on besides its sources. */
struct hash *build_hash(const struct build *b)
{
    struct hash *h = hash_new();
    char *cc = path_join(bin_dir(), "unicore-cc");

    hash_str(h, "capture 6");
    hash_str(h, b->arch);
    if (arch_find(b->arch) != arch_at(0))
        hash_str(h, "emulated");
    hash_str(h, b->sysroot);
    hash_file(h, cc);
    free(cc);
    return h;
}

static bool is_source(const char *s)
{
    return has_suffix(s, ".c") || has_suffix(s, ".S") || has_suffix(s, ".s") ||
           plus_is_source(s);
}

/* Did the build make what is meant? Errors beside it do not matter. */
static bool has_wanted(const struct build *b)
{
    struct program *list = tree_programs(b->work);
    bool has_it =
        arrlenu(list) > 0 && (!b->failed || entry_choose(b, b->bin, list));

    arrfree(list);
    return has_it;
}

static bool finish(struct build *b, const struct capture_request *req,
                   struct capture_result *r)
{
    struct program *list = tree_programs(b->work);

    if (arrlenu(list)) {
        entry_done(b);
        return entry_deliver(b, req, list, r);
    }
    error("%s: its build makes no program", b->name);
    note("the full log is %s", b->log);
    return false;
}

/* A build can go wrong in odd ways without them (bc without ed). */
static void explain_tools(const char *dir)
{
    char *missing = deb_tools_missing(dir);

    if (*missing)
        note("it is built with packages that are not installed; run: sudo "
             "apt-get install%s",
             missing);
    free(missing);
}

/* What a Debian source's tree is, which nobody changes: it is read once. */
static const char *tree_sum(const char *dir)
{
    static struct {
        char *key, *value;
    } *sums;
    struct hash *h;

    if (shgeti(sums, KEY(dir)) < 0) {
        h = hash_new();
        tree_hash(h, dir);
        shput(sums, xstrdup(dir), hash_end(h));
    }
    return shget(sums, KEY(dir));
}

/* The key of a build of dir; bin: of one that is for that program alone. */
static struct hash *tree_key(const struct build *b, const char *dir,
                             const char *bin)
{
    struct hash *h = build_hash(b);

    hash_str(h, b->name);
    if (b->options)
        hash_str(h, b->options);
    if (b->debian)
        hash_str(h, tree_sum(dir));
    else
        tree_hash(h, dir);
    if (bin)
        hash_str(h, bin);
    return h;
}

/*
 * An entry whose build went wrong beside the program that it was for serves
 * that program; another one has a build, and an entry, of its own.
 */
static struct lock *tree_open(struct build *b, const char *dir, bool *done)
{
    const char *sysroot = b->sysroot;
    struct lock *lock = entry_open(b, tree_key(b, dir, NULL), done);

    if (*done && b->failed && b->bin && !has_wanted(b)) {
        cache_unlock(lock);
        b->sysroot = sysroot;
        lock = entry_open(b, tree_key(b, dir, b->bin), done);
    }
    return lock;
}

static bool capture_tree(struct build *b, const struct capture_request *req,
                         const char *dir, struct capture_result *r)
{
    struct lock *lock;
    bool done, ok = false;

    b->plus = plus_in_tree(dir);
    lock = tree_open(b, dir, &done);
    if (b->find)
        ok = done && finish(b, req, r);
    else if (done || build_any(b, dir))
        ok = finish(b, req, r);
    else if (b->failed || !error_syntax)
        log_explain(b);
    if (!ok && b->debian && !b->find)
        explain_tools(dir);
    cache_unlock(lock);
    return ok;
}

/* Adds what the preprocessor makes of a source: it covers the headers. */
static void hash_source(struct hash *h, const struct build *b, const char *file)
{
    char *cc = path_join(bin_dir(), plus_compiler(file));
    const char *argv[] = {cc, "-E", file, NULL};
    char *root = format("UNICORE_SYSROOT=%s", b->sysroot);
    const char *env[] = {root, NULL};
    struct run how = {.out = "/dev/null", .env = env};
    struct buf out = {0};

    run_capture(argv, &how, &out);
    hash_add(h, out.p, out.n);
    hash_file(h, file);
    buf_free(&out);
    free(root);
    free(cc);
}

static bool is_magic(const char *path, const char *magic, size_t n)
{
    char head[8] = {0};
    FILE *f = fopen(path, "rbe");

    if (!f)
        die("%s: %s", path, strerror(errno));
    size_t got = fread(head, 1, sizeof head, f);
    fclose(f);
    return got >= n && !memcmp(head, magic, n);
}

static bool no_bitcode(const char *path)
{
    error("%s: it carries no bitcode", path);
    note("build it with unicore-cc: make CC=unicore-cc, or "
         "CC=unicore-cc ./configure");
    return false;
}

static bool is_bitcode(const char *path)
{
    return has_suffix(path, ".bc") || is_magic(path, "BC\xC0\xDE", 4) ||
           is_magic(path, "\xDE\xC0\x17\x0B", 4);
}

/* An input that is not a source: is it what its name says, with bitcode? */
static bool check_input(const char *path, const char *arch)
{
    int found;

    if (file_kind(path)) {
        error("%s: %s", path, file_why(path));
        return false;
    }
    if (is_source(path))
        return true;
    if (has_suffix(path, ".a")) {
        if (is_magic(path, "!<arch>\n", 8) || is_magic(path, "!<thin>\n", 8))
            return true;
        error("%s: not an archive", path);
        return false;
    }
    if (is_bitcode(path))
        return extract_check_bitcode(path, arch, path);
    found = extract_check(path, arch);
    return found == 0 ? no_bitcode(path) : found > 0;
}

/* greet.c, libgreet.a: greet. */
static char *stem(const char *path)
{
    const char *base = path_base(path), *dot = strrchr(base, '.');

    if (has_suffix(base, ".a") && has_prefix(base, "lib"))
        base += 3;
    return dot > base ? xstrndup(base, (size_t)(dot - base)) : xstrdup(base);
}

static bool capture_files(struct build *b, const struct capture_request *req,
                          struct capture_result *r)
{
    struct hash *h = build_hash(b);
    char *cwd = realpath(".", NULL);
    struct lock *lock;
    bool done, ok = true;

    hash_str(h, cwd ? cwd : ".");
    for (size_t i = 0; i < arrlenu(req->apps); i++) {
        const char *file = req->apps[i];

        if (!file_exists(file))
            die("%s: no such file", file);
        if (!check_input(file, b->arch))
            return false;
        b->prebuilt |= !is_source(file);
        b->plus |= plus_is_source(file);
        hash_str(h, file);
        if (is_source(file))
            hash_source(h, b, file);
        else
            hash_file(h, file);
    }
    lock = entry_open(b, h, &done);
    if (!done && b->find)
        ok = false;
    else if (!done && !build_files(b, cwd, req->apps)) {
        log_explain(b);
        ok = false;
    }
    ok = ok && finish(b, req, r);
    cache_unlock(lock);
    free(cwd);
    return ok;
}

/* An executable that unicore-cc made: nothing to build. */
static bool capture_elf(struct build *b, const struct capture_request *req,
                        const char *path, struct capture_result *r)
{
    struct program *list = NULL;
    struct program p = {xstrdup(b->name), xstrdup(path)};
    struct hash *h;
    struct lock *lock;
    bool done, ok;
    int found = extract_check(path, b->arch);

    if (found <= 0)
        return found == 0 ? no_bitcode(path) : false;
    b->prebuilt = true;
    h = build_hash(b);
    hash_str(h, b->name);
    hash_file(h, path);
    lock = entry_open(b, h, &done);
    arrput(list, p);
    ok = entry_deliver(b, req, list, r);
    if (ok)
        entry_done(b);
    cache_unlock(lock);
    return ok;
}

static bool is_file_input(const char *s)
{
    return is_source(s) || has_suffix(s, ".bc") || has_suffix(s, ".o") ||
           has_suffix(s, ".a");
}

static bool capture_musl(struct build *b, const struct capture_request *req,
                         struct capture_result *r)
{
    const char *app = req->apps[0];

    if (has_prefix(app, "deb:")) {
        b->name = app + 4;
        b->debian = true;
        return capture_tree(b, req, deb_source(app + 4), r);
    }
    if (is_dir(app)) {
        char *real = realpath(app, NULL);

        if (!real)
            die("%s: %s", app, strerror(errno));
        b->name = path_base(real);
        return capture_tree(b, req, real, r);
    }
    if (!file_exists(app))
        die("%s: no such file or folder", app);
    if (file_kind(app))
        die("%s: %s found, expected a file or folder", app, file_kind(app));
    if (is_file_input(app) || arrlenu(req->apps) > 1) {
        b->name = stem(app);
        return capture_files(b, req, r);
    }
    b->name = path_base(app);
    return capture_elf(b, req, app, r);
}

bool capture_app(const struct capture_request *req,
                 struct capture_result *result)
{
    struct build b = {.arch = req->arch,
                      .jobs = req->jobs > 0 ? req->jobs : 1,
                      .find = req->find,
                      .bin = req->bin,
                      .options = req->build_options,
                      .wanted = has_wanted};
    bool ok;

    b.sysroot = b.common = capture_sysroot(req->arch, "musl");
    if (!b.sysroot)
        return false;
    ok = capture_musl(&b, req, result);
    progress_end();
    if (ok && strcmp(req->libc, "newlib") == 0) {
        char **modules = NULL;

        ok = capture_replay(result, req->libc, &modules);
        if (!ok)
            error("%s: does not compile against the headers of newlib",
                  result->name);
        result->modules = modules;
        result->libc = xstrdup(req->libc);
    }
    return ok;
}
