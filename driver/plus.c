/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * plus.c: unicore-c++, what g++ and clang++ are to gcc and clang. The parts of
 * unicore-cc, which know C only, do the work: a source in C++ is one of
 * language `plus` to them until its compile. It sees libc++'s headers, and a
 * link ends with libc++.a, which is C++'s library, its ABI and the unwinder,
 * with their bitcode (pool_plus.c).
 *
 * UNICORE_PLUS is where these are, else unicore-pool is asked; `none` is for
 * builds without a source in C++, which ask no more than whether this works.
 * A binary of its own: what C programs are built with is part of their key.
 */
#include "cc.h"

#include <stdlib.h>
#include <string.h>

static const char mark[] = "plus"; /* the language until args_parse is done */

/* g++ 12 accepts with a warning, or without, what clang refuses. */
static const char *const lenient[] = {
    "-Wno-c++11-narrowing",
    "-Wno-register",
    "-Wno-reserved-user-defined-literal",
    "-Wno-enum-constexpr-conversion",
    "-Wno-missing-template-arg-list-after-template-kw",
    "-Wno-vla-cxx-extension",
};

static const char *ask(void)
{
    char *pool = path_join(bin_dir(), "unicore-pool");
    const char *argv[] = {pool, "--arch", cross.arch->name, "c++", NULL};
    struct buf out = {0};

    if (run_capture(argv, NULL, &out) != 0)
        die("no library of C++: set UNICORE_PLUS, or see what unicore-pool "
            "says");
    out.p[strcspn(out.p, "\n")] = 0;
    return out.p;
}

/* The folder with include/c++/v1 and lib/libc++.a, or NULL. */
static const char *folder(void)
{
    static const char *found;
    const char *given = getenv("UNICORE_PLUS");

    if (!found)
        found = given && *given ? given : ask();
    return strcmp(found, "none") ? found : NULL;
}

/* ---- words ---- */

static bool one_of(const char *s, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(s, *list))
            return true;
    return false;
}

/* Also C, by the name of its file: that is what these commands are for. */
static bool is_source(const char *s)
{
    static const char *const endings[] = {".cpp", ".cc",  ".cxx", ".c++", ".C",
                                          ".cp",  ".CPP", ".ii",  ".c"};
    bool is = false;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        is |= has_suffix(s, endings[i]);
    return is && s[0] != '-';
}

static bool takes_value(const char *s)
{
    static const char *const words[] = {
        "-o",          "-MF",        "-MT",
        "-MQ",         "-MJ",        "-include",
        "-imacros",    "-isystem",   "-iquote",
        "-idirafter",  "-I",         "-D",
        "-U",          "-L",         "-l",
        "-T",          "-u",         "-z",
        "-e",          "-Xclang",    "-Xlinker",
        "-isysroot",   "--sysroot",  "-target",
        "-Xassembler", "--language", "-Xpreprocessor",
        "-mllvm",      "--param",    "-B",
        NULL};

    return one_of(s, words);
}

/* The library under any of its names; what unicore-cc would not know. */
static bool is_dropped(const char *s)
{
    static const char *const words[] = {"-lstdc++",   "-lc++",       "-lc++abi",
                                        "-lsupc++",   "-lunwind",    "-lgcc_s",
                                        "-lstdc++fs", "-nostdlib++", NULL};

    return one_of(s, words) || has_prefix(s, "-stdlib=") ||
           has_prefix(s, "-static-lib");
}

static bool is_plus(const char *language)
{
    return has_prefix(language, "c++");
}

/* The command, with C++ called by the name that args_parse lets pass. */
static char **rewrite(char **argv)
{
    char **out = NULL;
    bool chosen = false; /* by -x */

    for (; *argv; argv++) {
        char *word = *argv;
        if (!strcmp(word, "-x") && argv[1]) {
            word = *++argv;
            chosen = strcmp(word, "none") != 0;
            arrput(out, xstrdup("-x"));
            arrput(out, is_plus(word) ? xstrdup(mark) : word);
        } else if (has_prefix(word, "-x") && is_plus(word + 2)) {
            chosen = true;
            arrput(out, xstrdup("-x"));
            arrput(out, xstrdup(mark));
        } else if (!chosen && is_source(word)) {
            const char *const as[] = {"-x", mark, word, "-x", "none"};
            for (size_t i = 0; i < sizeof as / sizeof *as; i++)
                arrput(out, xstrdup(as[i]));
        } else if (!is_dropped(word)) {
            arrput(out, word);
            if (takes_value(word) && argv[1])
                arrput(out, *++argv);
        }
    }
    arrput(out, NULL);
    return out;
}

/* ---- steps ---- */

static void add(struct command *c, enum use use, const char *text,
                const char *value)
{
    struct arg a = {use, text, value, NULL};

    arrput(c->args, a);
}

/* Languages by their names; C++'s headers, after the program's own. */
static void complete(struct command *c)
{
    bool plus = false;

    for (size_t i = 0; i < arrlenu(c->args); i++) {
        struct arg *a = &c->args[i];
        bool is = a->lang && !strcmp(a->lang, mark);
        plus |= is;
        if (is)
            a->lang = has_suffix(a->text, ".ii") ? "c++-cpp-output" : "c++";
    }
    if (!plus)
        return;
    for (size_t i = 0; i < sizeof lenient / sizeof *lenient; i++)
        add(c, USE_COMPILE, "-Xclang", lenient[i]); /* both runs take that */
    if (getenv("UNICORE_WARN"))
        add(c, USE_COMPILE, "-Wno-error", NULL);
    if (!c->no_headers && folder())
        add(c, USE_COMPILE, "-isystem", path_join(folder(), "include/c++/v1"));
}

/* -E, -S, -M: clang as the cross compiler, nothing added. */
_Noreturn static void text(const struct command *c)
{
    const char **argv = NULL;

    compile_base(&argv, c);
    for (size_t i = 0; i < arrlenu(c->args); i++) {
        const struct arg *a = &c->args[i];
        bool input = a->use == USE_SOURCE || a->use == USE_INPUT;

        if (a->use != USE_COMPILE && a->use != USE_NATIVE && !input)
            continue;
        if (input) {
            arrput(argv, "-x");
            arrput(argv, a->lang ? a->lang : "c++");
        }
        arrput(argv, a->text);
        if (a->value)
            arrput(argv, a->value);
    }
    if (c->output) {
        arrput(argv, "-o");
        arrput(argv, c->output);
    }
    arrput(argv, NULL);
    cross_exec(argv);
}

/* A question without a source: unicore-cc has the answers. */
_Noreturn static void question(char **argv)
{
    const char **all = NULL;

    arrput(all, path_join(bin_dir(), "unicore-cc"));
    for (; *argv; argv++)
        arrput(all, *argv);
    arrput(all, NULL);
    cross_exec(all);
}

static int link(struct command *c)
{
    if (!c->shared && !c->relocatable && !c->no_libs && folder()) {
        add(c, USE_LINK, "--eh-frame-hdr", NULL);
        add(c, USE_INPUT, path_join(folder(), "lib/eh_frame.ld"), NULL);
        add(c, USE_INPUT, path_join(folder(), "lib/libc++.a"), NULL);
    }
    return link_command(c);
}

int plus_command(char **argv)
{
    struct command c = {.args = NULL};
    char **words = rewrite(args_expand(argv));

    args_parse(&c, words);
    if (!c.inputs)
        question(argv);
    complete(&c);
    if (c.mode == MODE_TEXT)
        text(&c);
    return c.mode == MODE_OBJECT ? compile_objects(&c) : link(&c);
}
