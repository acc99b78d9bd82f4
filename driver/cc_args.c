/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cc_args.c: reads a compiler command: which words are inputs, which are for
 * the compile, which for the link. The table `rules` is the knowledge; its
 * first match wins, and a flag it does not know is for the compile.
 */
#include "cc.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum match {
    EXACT,
    PREFIX,
    NEXT,   /* the next word is its value */
    EITHER, /* value joined, or the next word */
};

enum act {
    KEEP,
    OUTPUT,
    LANG,
    TEXT,
    OBJECT,
    SHARED,
    PARTIAL,
    NO_START,
    NO_LIBS,
    NO_BOTH,
    NO_HEADERS,
    PIC,
    DEPS,
    WL,
    VERBOSE,
    OTHER_ARCH
};

struct rule {
    const char *name;
    enum match match;
    enum use use;
    enum act act;
};

static const struct rule rules[] = {
    {"-o", EITHER, USE_DROP, OUTPUT},
    {"-x", EITHER, USE_DROP, LANG},
    {"--language", NEXT, USE_DROP, LANG},
    {"-c", EXACT, USE_DROP, OBJECT},
    {"-S", EXACT, USE_COMPILE, TEXT},
    {"-E", EXACT, USE_COMPILE, TEXT},
    {"-M", EXACT, USE_COMPILE, TEXT},
    {"-MM", EXACT, USE_COMPILE, TEXT},
    {"-fsyntax-only", EXACT, USE_COMPILE, TEXT},
    {"-###", EXACT, USE_COMPILE, TEXT},
    {"--version", EXACT, USE_COMPILE, TEXT},
    {"--help", EXACT, USE_COMPILE, TEXT},
    {"-dump", PREFIX, USE_COMPILE, TEXT},
    {"-print-", PREFIX, USE_COMPILE, TEXT},
    {"--print-", PREFIX, USE_COMPILE, TEXT},
    {"-v", EXACT, USE_NATIVE, VERBOSE},
    {"-MD", EXACT, USE_NATIVE, DEPS},
    {"-MMD", EXACT, USE_NATIVE, DEPS},
    {"-MF", EITHER, USE_NATIVE, KEEP},
    {"-MT", EITHER, USE_NATIVE, KEEP},
    {"-MQ", EITHER, USE_NATIVE, KEEP},
    {"-MJ", EITHER, USE_NATIVE, KEEP},
    {"-MP", EXACT, USE_NATIVE, KEEP},
    {"-MG", EXACT, USE_NATIVE, KEEP},
    {"-MV", EXACT, USE_NATIVE, KEEP},
    {"-Wp,-M", PREFIX, USE_NATIVE, KEEP},
    {"-save-temps", PREFIX, USE_NATIVE, KEEP},
    {"--save-temps", PREFIX, USE_NATIVE, KEEP},
    {"-nostdinc", EXACT, USE_COMPILE, NO_HEADERS},
    {"-isysroot", EITHER, USE_DROP, KEEP},
    {"--sysroot", NEXT, USE_DROP, KEEP},
    {"--sysroot=", PREFIX, USE_DROP, KEEP},
    {"-target", NEXT, USE_DROP, KEEP},
    {"--target=", PREFIX, USE_DROP, KEEP},
    {"-m32", EXACT, USE_DROP, OTHER_ARCH},
    {"-mx32", EXACT, USE_DROP, OTHER_ARCH},
    {"-march=native", EXACT, USE_DROP, KEEP},
    {"-mtune=native", EXACT, USE_DROP, KEEP},
    {"-mcpu=native", EXACT, USE_DROP, KEEP},
    {"-include", NEXT, USE_COMPILE, KEEP},
    {"-imacros", NEXT, USE_COMPILE, KEEP},
    {"-isystem", EITHER, USE_COMPILE, KEEP},
    {"-iquote", EITHER, USE_COMPILE, KEEP},
    {"-idirafter", EITHER, USE_COMPILE, KEEP},
    {"-iprefix", EITHER, USE_COMPILE, KEEP},
    {"-iwithprefixbefore", EITHER, USE_COMPILE, KEEP},
    {"-iwithprefix", EITHER, USE_COMPILE, KEEP},
    {"-I", EITHER, USE_COMPILE, KEEP},
    {"-D", EITHER, USE_COMPILE, KEEP},
    {"-U", EITHER, USE_COMPILE, KEEP},
    {"-Xclang", NEXT, USE_COMPILE, KEEP},
    {"-Xpreprocessor", NEXT, USE_COMPILE, KEEP},
    {"-Xassembler", NEXT, USE_COMPILE, KEEP},
    {"-mllvm", NEXT, USE_COMPILE, KEEP},
    {"--param", NEXT, USE_COMPILE, KEEP},
    {"-fPIC", EXACT, USE_COMPILE, PIC},
    {"-fpic", EXACT, USE_COMPILE, PIC},
    {"-fPIE", EXACT, USE_COMPILE, PIC},
    {"-fpie", EXACT, USE_COMPILE, PIC},
    {"-Xlinker", NEXT, USE_LINK, WL},
    {"-Wl,", PREFIX, USE_LINK, WL},
    {"-L", EITHER, USE_LINK, KEEP},
    {"-l", EITHER, USE_LIB, KEEP},
    {"-T", EITHER, USE_LINK, KEEP},
    {"-u", EITHER, USE_LINK, KEEP},
    {"-z", EITHER, USE_LINK, KEEP},
    {"-export-dynamic", EXACT, USE_DROP, KEEP},
    {"-e", EITHER, USE_LINK, KEEP},
    {"-s", EXACT, USE_LINK, KEEP},
    {"-r", EXACT, USE_DROP, PARTIAL},
    {"-shared", EXACT, USE_DROP, SHARED},
    {"--shared", EXACT, USE_DROP, SHARED},
    {"-nostdlib", EXACT, USE_DROP, NO_BOTH},
    {"-nostartfiles", EXACT, USE_DROP, NO_START},
    {"-nodefaultlibs", EXACT, USE_DROP, NO_LIBS},
    {"-nolibc", EXACT, USE_DROP, NO_LIBS},
    {"-static", PREFIX, USE_DROP, KEEP},
    {"--static", EXACT, USE_DROP, KEEP},
    {"-pie", EXACT, USE_DROP, KEEP},
    {"-no-pie", EXACT, USE_DROP, KEEP},
    {"-nopie", EXACT, USE_DROP, KEEP},
    {"-rdynamic", EXACT, USE_DROP, KEEP},
    {"-dynamic", EXACT, USE_DROP, KEEP},
    {"-shared-libgcc", EXACT, USE_DROP, KEEP},
    {"-Bstatic", EXACT, USE_DROP, KEEP},
    {"-Bdynamic", EXACT, USE_DROP, KEEP},
    {"-B", EITHER, USE_DROP, KEEP},
    {"-specs", PREFIX, USE_DROP, KEEP},
    {"-fuse-ld=", PREFIX, USE_DROP, KEEP},
    {"-flto", PREFIX, USE_DROP, KEEP},
    {"--coverage", EXACT, USE_DROP, KEEP}, /* of a run, in files */
    {"-coverage", EXACT, USE_DROP, KEEP},
    {"-fprofile-arcs", EXACT, USE_DROP, KEEP},
    {"-ftest-coverage", EXACT, USE_DROP, KEEP},
    {"-fno-lto", EXACT, USE_DROP, KEEP},
    {"-fuse-linker-plugin", EXACT, USE_DROP, KEEP},
    {"-fno-use-linker-plugin", EXACT, USE_DROP, KEEP},
    {"-ffat-lto-objects", EXACT, USE_DROP, KEEP},
    {"-fno-fat-lto-objects", EXACT, USE_DROP, KEEP},
    {"-fwhole-program", EXACT, USE_DROP, KEEP},
    {"-pipe", EXACT, USE_DROP, KEEP},
};

/* One word of a response file: blanks split, quotes and \ protect. */
static const char *next_word(const char *p, struct buf *word)
{
    char quote = 0;

    buf_add(word, "", 0);
    for (; *p && (quote || !isspace((unsigned char)*p)); p++) {
        if (*p == '\\' && p[1])
            buf_add(word, ++p, 1);
        else if (quote ? *p == quote : (*p == '"' || *p == '\''))
            quote = quote ? 0 : *p;
        else
            buf_add(word, p, 1);
    }
    return p;
}

static void expand(char ***out, char *arg, int depth)
{
    char *text = NULL;

    if (arg[0] == '@' && arg[1] && depth < 16)
        text = stream_read(arg + 1, NULL);
    if (!text) {
        arrput(*out, arg);
        return;
    }
    for (const char *p = text;;) {
        struct buf word = {0};

        p += strspn(p, " \t\r\n\f\v");
        if (!*p)
            break;
        p = next_word(p, &word);
        expand(out, word.p, depth + 1);
    }
    free(text);
}

char **args_expand(char **argv)
{
    char **out = NULL;

    for (; *argv; argv++)
        expand(&out, *argv, 0);
    arrput(out, NULL);
    return out;
}

static const struct rule *find_rule(const char *word)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++) {
        const struct rule *r = &rules[i];
        bool prefix = r->match == PREFIX || r->match == EITHER;

        if (prefix ? has_prefix(word, r->name) : !strcmp(word, r->name))
            return r;
    }
    return NULL;
}

static const char *lang_of(const char *path)
{
    static const struct {
        const char *suffix, *lang;
    } table[] = {
        {".c", "c"},
        {".i", "cpp-output"},
        {".S", "assembler-with-cpp"},
        {".sx", "assembler-with-cpp"},
        {".s", "assembler"},
        {".h", "c-header"},
        {".cc", "c++"},
        {".cpp", "c++"},
        {".cxx", "c++"},
        {".C", "c++"},
        {".c++", "c++"},
        {".cp", "c++"},
        {".ii", "c++-cpp-output"},
        {".m", "objective-c"},
        {".mm", "objective-c++"},
        {".bc", "ir"},
        {".ll", "ir"},
    };

    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (has_suffix(path, table[i].suffix))
            return table[i].lang;
    return NULL;
}

bool args_host_dir(const char *path)
{
    static const char *const host[] = {
        "/usr/include", "/usr/lib",       "/usr/lib64", "/usr/local/include",
        "/lib",         "/usr/local/lib", "/lib64",
    };

    for (size_t i = 0; i < sizeof host / sizeof *host; i++) {
        size_t n = strlen(host[i]);

        if (!strncmp(path, host[i], n) && (path[n] == '/' || !path[n]))
            return !has_prefix(path, cross.sysroot);
    }
    return false;
}

char *args_object_name(const char *source, const char *suffix)
{
    const char *base = path_base(source), *dot = strrchr(base, '.');
    size_t n = dot && dot != base ? (size_t)(dot - base) : strlen(base);

    return format("%.*s%s", (int)n, base, suffix);
}

static void add(struct command *c, enum use use, const char *text,
                const char *value, const char *lang)
{
    struct arg a = {use, text, value, lang};

    arrput(c->args, a);
}

static void add_input(struct command *c, const char *path, const char *lang)
{
    if (!lang)
        lang = strcmp(path, "-") ? lang_of(path) : NULL;
    if (lang && (has_prefix(lang, "c++") || has_prefix(lang, "objective")))
        die("%s: only C is supported (C++ is not a goal)", path);
    if (lang && strcmp(lang, "none") != 0) {
        add(c, USE_SOURCE, path, NULL, lang);
        c->sources++;
    } else {
        add(c, USE_INPUT, path, NULL, NULL);
    }
    c->inputs++;
}

static bool ignored_by_link(const char *word)
{
    static const char *const words[] = {
        "-Bdynamic",
        "-Bstatic",
        "-dy",
        "-dn",
        "-pie",
        "--pie",
        "-no-pie",
        "-E",
        "-call_shared",
        "--export-dynamic",
        "-export-dynamic",
        "--no-undefined",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(word, words[i]))
            return true;
    return has_prefix(word, "-plugin");
}

/* The words of -Wl,a,b or -Xlinker a, as the linker reads them. */
static void add_linker_words(struct command *c, const char *text)
{
    char *copy = xstrdup(text), *word;

    while ((word = strsep(&copy, ","))) {
        if (!strcmp(word, "-r") || !strcmp(word, "--relocatable"))
            c->relocatable = true;
        else if (!strcmp(word, "-shared") || !strcmp(word, "-Bshareable"))
            c->shared = true;
        else if (has_prefix(word, "-l") && word[2])
            add(c, USE_LIB, "-l", word + 2, NULL);
        else if (*word && word[0] != '-' && has_suffix(word, ".a"))
            add(c, USE_INPUT, word, NULL, NULL);
        else if (*word && !ignored_by_link(word))
            add(c, USE_LINK, word, NULL, NULL);
    }
}

static void apply(struct command *c, const struct rule *r, const char *text,
                  const char *value, const char **lang)
{
    switch (r->act) {
    case KEEP:
    case VERBOSE:
        c->verbose |= r->act == VERBOSE;
        if (r->use != USE_DROP)
            add(c, r->use, text, value, NULL);
        return;
    case WL:
        add_linker_words(c, value ? value : text + 4);
        return;
    case OTHER_ARCH:
        die("%s: the target is %s (set UNICORE_ARCH for another)", text,
            cross.arch->name);
    case OUTPUT:
        c->output = value;
        return;
    case LANG:
        *lang = value && strcmp(value, "none") != 0 ? value : NULL;
        return;
    case TEXT:
        c->mode = MODE_TEXT;
        break;
    case OBJECT:
        if (c->mode == MODE_LINK)
            c->mode = MODE_OBJECT;
        return;
    case SHARED:
        c->shared = true;
        return;
    case PARTIAL:
        c->relocatable = true;
        return;
    case NO_START:
    case NO_LIBS:
    case NO_BOTH:
        c->no_start |= r->act != NO_LIBS;
        c->no_libs |= r->act != NO_START;
        return;
    case NO_HEADERS:
    case PIC:
    case DEPS:
        c->no_headers |= r->act == NO_HEADERS;
        c->pic |= r->act == PIC;
        c->deps |= r->act == DEPS;
        break;
    }
    add(c, r->use, text, value, NULL);
}

/* -I, -isystem and -L of the host's own folders mean nothing here. */
static bool names_host_dir(const struct rule *r, const char *value)
{
    bool takes_dir = !strcmp(r->name, "-I") || !strcmp(r->name, "-L") ||
                     !strcmp(r->name, "-isystem") ||
                     !strcmp(r->name, "-idirafter");

    return takes_dir && value && args_host_dir(value);
}

void args_parse(struct command *c, char **argv)
{
    const char *lang = NULL;

    for (; *argv; argv++) {
        const char *word = *argv, *value = NULL;
        const struct rule *r = find_rule(word);
        bool split = false;

        if (word[0] != '-' || !word[1]) {
            add_input(c, word, lang);
            continue;
        }
        if (!r) {
            add(c, USE_COMPILE, word, NULL, NULL);
            continue;
        }
        if (r->match == EITHER && word[strlen(r->name)])
            value = word + strlen(r->name);
        else if (r->match == NEXT || r->match == EITHER)
            split = true;
        if (split && !argv[1])
            die("%s: expected a value after it", word);
        if (split)
            value = *++argv;
        if (!names_host_dir(r, value))
            apply(c, r, r->match == EITHER ? r->name : word, value, &lang);
    }
}

bool args_front_end(const struct arg *a)
{
    static const char *const drop[] = {
        "-O",
        "-g",
        "-W",
        "-fPIC",
        "-fpic",
        "-fPIE",
        "-fpie",
        "-fsanitize",
        "-fno-sanitize",
        "-fprofile",
        "-fcoverage",
        "-ftest-coverage",
        "--coverage",
        "-pg",
        "-fexceptions",
        "-funwind-tables",
        "-fasynchronous-unwind-tables",
        "-mcmodel=",
        "-pedantic",
        "-fembed-bitcode",
        "-fdebug",
        "-fvar-tracking",
        "-ftime-",
        "-fdiagnostics",
        "-fcolor",
        "-mstack-protector-guard",
        "-fcf-protection",
        "-fomit-frame-pointer",
        "-fno-omit-frame-pointer",
        "-mno-omit-leaf-frame-pointer",
        "-fpatchable-function-entry",
        "-finstrument-functions",
    };

    if (a->use != USE_COMPILE)
        return false;
    if (has_prefix(a->text, "-Wp,") || has_prefix(a->text, "-Wa,"))
        return true;
    for (size_t i = 0; i < sizeof drop / sizeof *drop; i++)
        if (has_prefix(a->text, drop[i]))
            return false;
    return true;
}
