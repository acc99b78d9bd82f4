/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_compile.c: missing objects, compiled in parallel.
 *
 * A clang process spends most of its time on starting, so the driver is asked
 * once per set of flags what it would run (-###), and that `clang -cc1` then
 * gets many sources at a time: 5 ms a file instead of 28. cc1 writes each
 * object beside its source, so it runs in a tree of links to all files of the
 * component's layers, where an overlay's file really has replaced the original.
 *
 * Worker processes take one batch each, index what they made and move it into
 * the cache, the object last: an object that is there is whole, with its index.
 */
#define _GNU_SOURCE
#include "pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define CLANG LLVM_BIN "/clang"
enum {
    BATCH = 24
};

/* As ARCHITECTURE.md says; -O, guards and types are decided here for all. */
static const char bitcode_flags[] =
    "-Oz -gline-tables-only -fno-pic -fno-pie -nostdlibinc "
    "-fno-asynchronous-unwind-tables -fno-unwind-tables "
    "-fstack-protector-strong -emit-llvm "
    "-Xclang -disable-llvm-passes "
    "-Xclang -fsanitize=cfi-icall -Xclang -fsanitize-trap=cfi-icall";
static const char native_flags[] =
    "-Os -fno-pic -fno-pie -nostdlibinc -fno-asynchronous-unwind-tables "
    "-fno-unwind-tables -ffunction-sections -fdata-sections";
static const char assembly_flags[] = "-fno-pic -fno-pie -nostdlibinc "
                                     "-Wa,--noexecstack -Wno-unused-command-"
                                     "line-argument";

struct batch {
    struct component *c;
    struct unit **units; /* stb_ds array: same flags, or one assembly file */
    const char *tree;
    char **cc1; /* how to compile; NULL: assembly */
    char *log;
    pid_t pid;
};

const char *compiler_version(void)
{
    static char *version;

    if (!version) {
        const char *argv[] = {CLANG, "--version", NULL};
        struct buf b = {0};
        if (run_capture(argv, NULL, &b) != 0)
            die("%s: cannot run it", CLANG);
        version = format("%s 3 %s %s %s", b.p, bitcode_flags, native_flags,
                         assembly_flags);
        buf_free(&b);
    }
    return version;
}

char *object_path(const char *hash, const char *ext)
{
    return format("%s/obj/%.2s/%s.%s", cache_root(), hash, hash, ext);
}

/* ---- the tree of links ---- */

/* Makes dir/.../name's folders; last remembers what was made last. */
static void parents(const char *path, char **last)
{
    char *dir = path_dir(path);

    if (!*last || strcmp(dir, *last) != 0) {
        make_dirs(dir);
        free(*last);
        *last = dir;
    } else {
        free(dir);
    }
}

static char *make_tree(const struct component *c)
{
    static int number;
    char *last = NULL, *tree = format("%s/tmp/pool-%d/%d", cache_root(),
                                      (int)getpid(), number++);

    make_dirs(tree);
    for (size_t i = 0; i < arrlenu(c->files); i++) {
        char *from = component_resolve(c, c->files[i]);
        char *to = path_join(tree, c->files[i]);
        if (from) {
            parents(to, &last);
            if (symlink(from, to) != 0)
                die("%s: %s", to, strerror(errno));
        }
        free(to);
        free(from);
    }
    free(last);
    return tree;
}

/* ---- command lines ---- */

static void add_all(const char ***argv, const char *const *words)
{
    for (; *words; words++)
        arrput(*argv, *words);
}

static const char **driver_command(const struct pool *p,
                                   const struct component *c,
                                   const struct unit *u)
{
    struct flag_set *set = &c->flag_sets[u->flags];
    const char **argv = NULL;
    char **ours = split_words(u->assembly ? assembly_flags
                              : c->native ? native_flags
                                          : bitcode_flags);

    arrput(argv, xstrdup(CLANG));
    arrput(argv, format("-ffile-prefix-map=%s/=", source_root()));
    arrput(argv, format("-ffile-prefix-map=%s/=", cache_root()));
    arrput(argv, format("--target=%s", p->arch->triple));
    add_all(&argv, p->arch->flags);
    if (!c->native || !strcmp(c->native, "late"))
        add_all(&argv, p->arch->image);
    if (!c->native && !u->assembly)
        add_all(&argv, p->arch->bitcode);
    for (size_t i = 0; i < arrlenu(ours); i++)
        arrput(argv, ours[i]);
    for (size_t i = 0; i < arrlenu(set->flags); i++)
        arrput(argv, component_expand(p, set->flags[i]));
    arrfree(ours);
    return argv;
}

/* One "quoted \"word\"" of the line that -### prints; NULL at its end. */
static char *quoted_word(const char **p)
{
    struct buf b = {0};
    const char *s = *p + strspn(*p, " ");

    if (*s != '"')
        return NULL;
    buf_str(&b, "");
    for (s++; *s && *s != '"'; s++) {
        if (*s == '\\' && s[1])
            s++;
        buf_add(&b, s, 1);
    }
    *p = *s ? s + 1 : s;
    return b.p;
}

/* The options that name one file, or that only a short-lived run wants. */
static int is_dropped(const char *word, const char *source)
{
    static const char *const with_value[] = {"-main-file-name", "-o", "-x"};

    for (size_t i = 0; i < sizeof with_value / sizeof *with_value; i++)
        if (!strcmp(word, with_value[i]))
            return 2;
    return !strcmp(word, "-disable-free") || !strcmp(word, source) ||
           has_prefix(word, "-fdebug-compilation-dir=") ||
           has_prefix(word, "-fcoverage-compilation-dir=");
}

static char **parse_cc1(const struct component *c, const char *source,
                        const char *text)
{
    char **argv = NULL;
    const char *p = strstr(text, "\"-cc1\"");

    if (!p)
        die("%s: clang does not take the flags:\n%s", c->name, text);
    while (p > text && p[-1] != '\n')
        p--;
    for (char *w; (w = quoted_word(&p));) {
        int drop = is_dropped(w, source);
        if (!drop)
            arrput(argv, w);
        else if (drop == 2)
            free(quoted_word(&p));
    }
    arrput(argv, format("-fdebug-compilation-dir=%s", c->name));
    arrput(argv, format("-main-file-name"));
    arrput(argv, format("%s", path_base(c->name)));
    arrput(argv, xstrdup("-x"));
    arrput(argv, xstrdup("c"));
    return argv;
}

static char **cc1_command(const struct pool *p, const struct component *c,
                          const struct unit *u, const char *tree)
{
    const char **argv = driver_command(p, c, u);
    char *log = format("%s.cc1", tree);
    struct run how = {.cwd = tree, .out = log};

    arrput(argv, "-###");
    arrput(argv, "-c");
    arrput(argv, u->source);
    arrput(argv, NULL);
    int status = run(argv, &how);
    char *text = file_read(log, NULL);
    if (!text || status != 0)
        die("%s: clang does not take the flags:\n%s", c->name,
            text ? text : "");
    char **cc1 = parse_cc1(c, u->source, text);
    unlink(log);
    free(text);
    free(log);
    arrfree(argv);
    return cc1;
}

/* ---- workers ---- */

static void keep(const struct batch *b, const struct unit *u)
{
    bool native = u->assembly || b->c->native;
    char *made = format("%s/%s", b->tree, u->module);
    char *object = object_path(u->hash, unit_ext(b->c, u));
    char *index = object_path(u->hash, "idx");
    struct buf text = {0};

    buf_str(&text, "");
    (native ? index_object : index_bitcode)(&text, made);
    char *dir = path_dir(object);
    make_dirs(dir);
    file_write(index, text.p, text.n);
    if (rename(made, object) != 0)
        die("%s: %s", object, strerror(errno));
    buf_free(&text);
    free(dir);
    free(index);
    free(object);
    free(made);
}

static int assemble(const struct pool *p, const struct batch *b,
                    const struct unit *u)
{
    const char **argv = driver_command(p, b->c, u);
    struct run how = {.cwd = b->tree, .out = b->log};

    arrput(argv, "-c");
    arrput(argv, u->source);
    arrput(argv, "-o");
    arrput(argv, u->module);
    arrput(argv, NULL);
    return run(argv, &how);
}

_Noreturn static void work(const struct pool *p, struct batch *b)
{
    struct run how = {.cwd = b->tree, .out = b->log};
    int status = 0;

    if (b->cc1) {
        for (size_t i = 0; i < arrlenu(b->units); i++)
            arrput(b->cc1, KEY(b->units[i]->source));
        arrput(b->cc1, NULL);
        status = run((const char *const *)b->cc1, &how);
    }
    for (size_t i = 0; i < arrlenu(b->units) && !status; i++) {
        if (!b->cc1)
            status = assemble(p, b, b->units[i]);
        if (!status)
            keep(b, b->units[i]);
    }
    _exit(status != 0);
}

/* Shows what the compiler said: its own words are the best message. */
static void show_log(const struct batch *b)
{
    char *text = file_read(b->log, NULL);

    if (text && *text) {
        progress_end();
        fprintf(stderr, "in %s:\n%s", b->c->name, text);
    }
    free(text);
}

static void wait_one(struct batch *batches, size_t *running)
{
    int raw;
    pid_t pid = wait(&raw);

    if (pid < 0)
        die_ours("wait: %s", strerror(errno));
    for (size_t i = 0; i < arrlenu(batches); i++) {
        if (batches[i].pid != pid)
            continue;
        --*running;
        show_log(&batches[i]);
        if (!WIFEXITED(raw) || WEXITSTATUS(raw) != 0)
            batches[i].c->failed = true;
    }
}

static void report_failed(const struct pool *p)
{
    bool any = false;

    for (size_t i = 0; i < arrlenu(p->components); i++) {
        if (!p->components[i].failed)
            continue;
        any = true;
        error("%s does not compile%s", p->components[i].name,
              p->keep_going ? " and is left out" : "");
    }
    if (any && !p->keep_going)
        die("the pool is not built; the compiler's words are above");
}

static void run_batches(struct pool *p, struct batch *batches, size_t files)
{
    size_t running = 0, done = 0;

    for (size_t i = 0; i < arrlenu(batches); i++) {
        struct batch *b = &batches[i];
        progress("pool: compiling, %zu of %zu files, %s", done, files,
                 b->c->name);
        while (running >= (size_t)p->jobs)
            wait_one(batches, &running);
        fflush(NULL);
        b->pid = fork();
        if (b->pid < 0)
            die_ours("fork: %s", strerror(errno));
        if (b->pid == 0)
            work(p, b);
        running++;
        done += arrlenu(b->units);
    }
    while (running)
        wait_one(batches, &running);
    report_failed(p);
}

/* ---- what is to be done ---- */

static bool is_missing(const struct component *c, const struct unit *u)
{
    char *path = object_path(u->hash, unit_ext(c, u));
    bool missing = !file_exists(path);

    free(path);
    return missing;
}

static void add_to_batch(const struct pool *p, struct component *c,
                         struct unit *u, struct batch **batches)
{
    size_t n = arrlenu(*batches);
    struct batch *last = n ? &(*batches)[n - 1] : NULL;
    struct flag_set *set = &c->flag_sets[u->flags];

    if (!c->tree)
        c->tree = make_tree(c);
    if (!u->assembly && !set->cc1)
        set->cc1 = cc1_command(p, c, u, c->tree);
    if (!last || last->c != c || arrlen(last->units) >= BATCH ||
        last->units[0]->assembly != u->assembly ||
        last->units[0]->flags != u->flags) {
        struct batch b = {
            .c = c, .tree = c->tree, .log = format("%s.log%zu", c->tree, n)};
        if (!u->assembly)
            b.cc1 = set->cc1;
        arrput(*batches, b);
        last = &(*batches)[n];
    }
    arrput(last->units, u);
}

static bool is_wanted(const struct component *c, const char *product)
{
    return product ? component_is_native(c, product) : !c->native;
}

void compile_all(struct pool *p, const char *product)
{
    struct batch *batches = NULL;
    size_t files = 0;
    char *tmp = format("%s/tmp", cache_root());

    remove_tree(tmp); /* of killed runs: the caller holds the lock */
    for (size_t i = 0; i < arrlenu(p->components); i++) {
        struct component *c = &p->components[i];
        if (!is_wanted(c, product))
            continue;
        progress("pool: hashing %s", c->name);
        scan_component(p, c);
        for (size_t j = 0; j < arrlenu(c->units); j++)
            if (is_missing(c, &c->units[j])) {
                files++;
                add_to_batch(p, c, &c->units[j], &batches);
            }
    }
    if (batches)
        run_batches(p, batches, files);
    remove_tree(tmp);
    free(tmp);
}
