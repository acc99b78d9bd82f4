/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_make.c: Make, in the order in which a person would try: all jobs,
 * then serially past errors (documentation and tests often need what is not
 * there) and with -Werror off, then the target that names the platform where
 * plain `make` only prints help, without the optional library that is missing
 * (a Makefile that has HAVE_READLINE is told HAVE_READLINE=), and CC on the
 * command line where the Makefile pins its own. A Makefile that can do without
 * an allocator of its own is always told so.
 */
#define _GNU_SOURCE
#include "build.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const makefiles[] = {"GNUmakefile", "makefile", "Makefile",
                                        NULL};

static bool is_word(int c)
{
    return isalnum(c) || c == '_';
}

/* HAVE_X, USE_X, WITH_X or ENABLE_X of a makefile in dir, for a library x. */
static char *switch_of(const char *text, const char *library)
{
    static const char *const heads[] = {"HAVE_", "USE_", "WITH_", "ENABLE_"};

    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        char *name = format("%s%s", heads[i], library);
        size_t n = strlen(name);
        const char *p = strcasestr(text, name);

        free(name);
        if (p && !is_word((unsigned char)p[n]) &&
            (p == text || !is_word((unsigned char)p[-1])))
            return xstrndup(p, n);
    }
    return NULL;
}

static bool says(const char *options, const char *name)
{
    const char *p = strstr(options, name);

    return p && p[strlen(name)] == '=' && (p == options || p[-1] == ' ');
}

/*
 * `USE_JEMALLOC=no` where a makefile of dir asks for the word: memory is the
 * pool's (role malloc), whatever allocator a program would bring.
 */
static void put_allocators(const struct build *b, const char *dir,
                           const char ***argv)
{
    static const char *const allocators[] = {"jemalloc", "tcmalloc",
                                             "mimalloc"};

    for (const char *const *m = makefiles; *m; m++) {
        char *path = path_join(dir, *m);
        char *text = file_read(path, NULL);

        for (size_t i = 0; text && i < 3; i++) {
            char *name = switch_of(text, allocators[i]);
            char *asked = format("($(%s),", name ? name : "");
            if (name && strstr(text, asked) &&
                !(b->options && says(b->options, name)))
                arrput(*argv, format("%s=no", name));
            free(asked);
            free(name);
        }
        free(text);
        free(path);
    }
}

/* what: a target or NAME=VALUE, or NULL; without: another, or NULL. */
static int make(const struct build *b, const char *dir, const char *jobs,
                const char *what, const char *without)
{
    const char **argv = NULL;
    int status;

    arrput(argv, "make");
    arrput(argv, jobs);
    if (what)
        arrput(argv, what);
    if (without)
        arrput(argv, without);
    if (!b->configured) {
        char *src = path_join(dir, "src");
        put_allocators(b, dir, &argv);
        put_allocators(b, src, &argv);
        free(src);
        build_put_options(b, &argv);
    }
    arrput(argv, NULL);
    status = build_step(b, dir, argv);
    arrfree(argv);
    return status;
}

void build_put_options(const struct build *b, const char ***argv)
{
    char *all = b->options ? xstrdup(b->options) : NULL, *word;

    while ((word = strsep(&all, " ")))
        if (*word)
            arrput(*argv, word);
}

/* Of a library, some objects: what they are good for shows when it installs. */
static bool has_program(const struct build *b)
{
    if (b->prefix)
        return tree_has_objects(b->work);
    struct program *list = tree_programs(b->work);
    bool has = arrlenu(list) > 0;

    arrfree(list);
    return has;
}

/* Does the folder's makefile have a rule `target:`? */
static bool has_target(const char *dir, const char *target)
{
    char *line = format("\n%s:", target), *list = format("\n%s ", target);
    bool found = false;

    for (const char *const *m = makefiles; *m && !found; m++) {
        char *path = path_join(dir, *m);
        char *text = file_read(path, NULL);

        found = text && (strstr(text, line) || strstr(text, list));
    }
    return found;
}

void build_clean(const struct build *b, const char *dir)
{
    if (make(b, dir, "-k", "distclean", NULL) != 0)
        make(b, dir, "-k", "clean", NULL);
}

char *build_missing(const struct build *b)
{
    static const char *const marks[] = {"fatal error: '",
                                        "unable to find library -l"};
    char *log = file_read(b->log, NULL), *name = NULL;

    for (size_t i = 0; log && !name && i < 2; i++) {
        char *p = strstr(log, marks[i]);

        if (p) {
            p += strlen(marks[i]);
            name = xstrndup(p, strcspn(p, "/.'\n"));
        }
    }
    free(log);
    return name;
}

/* `HAVE_READLINE=` if the makefile can do without what is missing. */
static char *without(const struct build *b, const char *dir)
{
    char *library = build_missing(b), *name = NULL;

    for (const char *const *m = makefiles; library && *m && !name; m++) {
        char *path = path_join(dir, *m);
        char *text = file_read(path, NULL);

        name = text ? switch_of(text, library) : NULL;
        free(text);
        free(path);
    }
    free(library);
    if (name && b->options && says(b->options, name))
        return NULL; /* the user wants it */
    return name ? format("%s=", name) : NULL;
}

/* A warning that another compiler has is none of the program's faults. */
static bool only_warnings(struct build *b)
{
    char *log = file_read(b->log, NULL);
    bool are = log && strstr(log, "[-Werror,");

    free(log);
    if (!are)
        return false;
    arrlast(b->env) = "UNICORE_WARN=1";
    arrput(b->env, NULL);
    return true;
}

/* A tree of Kconfig's (Linux, busybox) wants to be configured by `make` first:
 * as its authors mean it to be. */
static void configure(const struct build *b, const char *dir)
{
    static const char *const trees[] = {"Kconfig", "Config.in"};
    char *config = path_join(dir, ".config");
    bool asks = false;

    for (size_t i = 0; i < sizeof trees / sizeof *trees; i++) {
        char *path = path_join(dir, trees[i]);
        asks |= file_exists(path);
        free(path);
    }
    if (asks && !file_exists(config))
        make(b, dir, "-j1", "defconfig", NULL);
    free(config);
}

bool build_make(struct build *b, const char *dir)
{
    static const char *const guesses[] = {"all",   "linux", "generic",
                                          "posix", "unix",  NULL};
    char *jobs = format("-j%d", b->jobs), *less = NULL;

    /* of a library, not its programs and its documentation */
    const char *what =
        b->prefix && has_target(dir, "build_libs") ? "build_libs" : NULL;

    progress("%s: make", b->name);
    configure(b, dir);
    b->failed = make(b, dir, jobs, what, NULL) != 0;
    if (b->failed && only_warnings(b))
        b->failed = make(b, dir, jobs, what, NULL) != 0;
    if (b->failed)
        less = without(b, dir);
    if (less)
        b->failed = make(b, dir, jobs, NULL, less) != 0;
    if (b->failed)
        b->failed = make(b, dir, "-k", NULL, less) != 0;
    for (const char *const *g = guesses; *g && !has_program(b); g++)
        if (has_target(dir, *g))
            b->failed = make(b, dir, jobs, *g, less) != 0;
    if (!has_program(b)) {
        build_clean(b, dir);
        b->failed = make(b, dir, jobs, "CC=unicore-cc", less) != 0;
    }
    progress_end();
    return has_program(b);
}
