/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan_files.c: which files are the program's, and with which flags.
 *
 * In this order: the recorded commands of a captured build, which name exactly
 * the program's modules; compile_commands.json; else a guess: every .c file
 * of the tree except tests, examples and ports to other systems (unless there
 * is nothing else), with the file's folder, the root and every `include` folder
 * as -I, and all other folders with headers after libc's, so that a tree's own
 * <string.h> for other systems does not hide libc's. Headers of this machine
 * are never searched.
 */
#define _GNU_SOURCE
#include "scan.h"

#include <errno.h>
#include <ftw.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    MAX_FOLDERS = 200 /* of headers */
};

struct name_entry {
    char *key;
    int value;
};
static struct name_entry *names;   /* of the tree's other files */
static struct name_entry *folders; /* with headers; value: is for -I */
static char **sources;
static size_t root_length;

static bool is_source(const char *path)
{
    return has_suffix(path, ".c");
}

/* Is it below a folder that is of no use to the program itself? */
static bool is_aside(const char *path)
{
    static const char *const asides[] = {
        "test",      "tests",      "testsuite", "example", "examples", "demo",
        "demos",     "samples",    "bench",     "fuzz",    "doc",      "docs",
        "benchmark", "benchmarks", "contrib",   "vms",     "win",      "win32",
        "windows",   "msdos",      "os2",       "amiga",   "debian"};
    const char *p = path + root_length;

    while (*p == '/') {
        size_t n = strcspn(++p, "/");

        for (size_t i = 0; p[n] && i < sizeof asides / sizeof *asides; i++)
            if (strlen(asides[i]) == n && !strncmp(p, asides[i], n))
                return true;
        p += n;
    }
    return false;
}

static void note_folder(const char *header)
{
    char *dir = path_dir(header);
    const char *base = path_base(dir);
    bool main_one = !strcmp(base, "include") || !strcmp(base, "inc");

    if (!is_aside(header) && shlenu(folders) < MAX_FOLDERS)
        shput(folders, dir, main_one);
    free(dir);
}

static int visit(const char *path, const struct stat *st, int type,
                 struct FTW *ftw)
{
    const char *base = path + ftw->base;
    struct stat target;

    if (base[0] == '.' && ftw->level)
        return type == FTW_D ? FTW_SKIP_SUBTREE : FTW_CONTINUE;
    if (type == FTW_SL ? stat(path, &target) || !S_ISREG(target.st_mode)
                       : type != FTW_F || !S_ISREG(st->st_mode))
        return FTW_CONTINUE;
    if (is_source(base)) {
        arrput(sources, xstrdup(path));
        return FTW_CONTINUE;
    }
    if (has_suffix(base, ".h"))
        note_folder(path);
    shput(names, KEY(base), 1);
    return FTW_CONTINUE;
}

bool files_has(const char *name)
{
    return shgeti(names, KEY(name)) >= 0;
}

/* ---- flags ---- */

static void put(const char ***argv, const char *s)
{
    arrput(*argv, s);
}

static const char **base_argv(const struct options *o)
{
    const char **argv = NULL;

    put(&argv, "clang");
    put(&argv, "--target=x86_64-linux-musl");
    put(&argv, "-nostdlibinc");
    put(&argv, "-idirafter");
    put(&argv, path_join(o->sysroot, "include"));
    put(&argv, "-resource-dir");
    put(&argv, LLVM_LIB "/clang/19");
    put(&argv, "-fsyntax-only");
    put(&argv, "-w");
    put(&argv, "-Wno-everything"); /* what clang 19 makes errors, too */
    put(&argv, "-ferror-limit=0");
    return argv;
}

static void add_file(struct tree *t, const char *path, const char *cwd,
                     const char **argv)
{
    struct source_file f = {.path = realpath(path, NULL)};
    struct stat st;

    if (!f.path || stat(f.path, &st) != 0)
        return; /* a test of configure, long gone */
    for (size_t i = 0; i < arrlenu(t->files); i++)
        if (!strcmp(t->files[i].path, f.path))
            return;
    f.bytes = st.st_size;
    f.cwd = xstrdup(cwd);
    put(&argv, "-x");
    put(&argv, "c");
    put(&argv, f.path);
    put(&argv, NULL);
    f.argv = argv;
    arrput(t->files, f);
}

struct near {
    size_t distance; /* steps up and down from the file's folder */
    const char *folder;
};

static size_t distance(const char *from, const char *to)
{
    size_t same = 0, steps = 0;

    for (size_t i = 0;; i++) {
        if (strchr("/", from[i]) && strchr("/", to[i]))
            same = i;
        if (!from[i] || from[i] != to[i])
            break;
    }
    for (const char *p = from + same; *p; p++)
        steps += *p == '/';
    for (const char *p = to + same; *p; p++)
        steps += *p == '/';
    return steps;
}

static int by_distance(const void *a, const void *b)
{
    const struct near *x = a, *y = b;

    if (x->distance != y->distance)
        return x->distance < y->distance ? -1 : 1;
    return strcmp(x->folder, y->folder);
}

/* Two folders may have a header of the same name: the nearer one's is meant. */
static void put_folders(const char ***argv, const char *dir, int is_include)
{
    struct near *list = NULL;

    for (size_t i = 0; i < shlenu(folders); i++) {
        struct near n = {distance(dir, folders[i].key), folders[i].key};

        if (folders[i].value == is_include)
            arrput(list, n);
    }
    if (list)
        qsort(list, arrlenu(list), sizeof *list, by_distance);
    for (size_t i = 0; i < arrlenu(list); i++) {
        put(argv, is_include ? "-I" : "-idirafter");
        put(argv, list[i].folder);
    }
    arrfree(list);
}

static const char **guess_argv(const struct tree *t, const struct options *o,
                               const char *dir)
{
    const char **argv = base_argv(o);

    put(&argv, "-D_GNU_SOURCE");
    if (files_has("config.h"))
        put(&argv, "-DHAVE_CONFIG_H");
    put(&argv, format("-I%s", dir));
    put(&argv, format("-I%s", t->root));
    put_folders(&argv, dir, 1);
    put_folders(&argv, dir, 0);
    return argv;
}

static void guess(struct tree *t, const struct options *o)
{
    t->how = "flags guessed";
    for (size_t i = 0; i < arrlenu(sources); i++)
        t->skipped += is_aside(sources[i]);
    if (t->skipped == arrlenu(sources))
        t->skipped = 0;
    for (size_t i = 0; i < arrlenu(sources); i++)
        if (!t->skipped || !is_aside(sources[i])) {
            char *dir = path_dir(sources[i]);

            add_file(t, sources[i], dir, guess_argv(t, o, dir));
            free(dir);
        }
}

/* ---- recorded commands ---- */

static const char *const with_value[] = {"-D",       "-U",         "-I",
                                         "-include", "-imacros",   "-iquote",
                                         "-isystem", "-idirafter", NULL};
static const char *const alone[] = {
    "-std=",           "-ansi",           "-pthread",       "-fsigned-char",
    "-funsigned-char", "-fms-extensions", "-fgnu89-inline", NULL};

static bool is_host(const char *folder)
{
    return has_prefix(folder, "/usr/include") ||
           has_prefix(folder, "/usr/local/include");
}

/* What matters of a word of a command; *taken: it and the next one. */
static void take_flag(const char ***argv, char **words, size_t i, bool *taken)
{
    const char *w = words[i];

    *taken = false;
    for (const char *const *f = alone; *f; f++)
        if (has_prefix(w, *f))
            put(argv, w);
    for (const char *const *f = with_value; *f; f++) {
        size_t n = strlen(*f);

        if (!has_prefix(w, *f) || (n > 2 && w[n]))
            continue;
        *taken = !w[n] && i + 1 < arrlenu(words);
        if (is_host(*taken ? words[i + 1] : w + n))
            return;
        put(argv, w);
        if (*taken)
            put(argv, words[i + 1]);
        return;
    }
}

static void add_command(struct tree *t, const struct options *o,
                        const char *cwd, char **words)
{
    const char **argv = base_argv(o), *source = NULL;
    bool taken;

    for (size_t i = 1; i < arrlenu(words); i++) {
        if (is_source(words[i]) && words[i][0] != '-')
            source = words[i];
        take_flag(&argv, words, i, &taken);
        i += taken || !strcmp(words[i], "-o");
    }
    if (!source)
        return;
    char *path = path_join(cwd, source);
    add_file(t, path, cwd, argv);
    free(path);
}

static void captured(struct tree *t, const struct options *o)
{
    char **list = dir_list(o->program);

    t->how = "flags of its build";
    for (size_t i = 0; i < arrlenu(list); i++) {
        char *path = path_join(o->program, list[i]), **words = NULL;
        size_t n;
        char *text = has_suffix(path, ".command") ? file_read(path, &n) : NULL;

        if (text) {
            size_t at = strlen(text) + 1;

            for (; at < n; at += strlen(text + at) + 1)
                arrput(words, text + at);
            add_command(t, o, text, words);
        }
        free(path);
    }
}

/* Words of a shell command, without quotes. */
static char **split(const char *s)
{
    char **words = NULL;

    while (*(s += strspn(s, " \t\n"))) {
        struct buf b = {0};
        char quote = 0;

        buf_str(&b, "");
        for (; *s && (quote || !strchr(" \t\n", *s)); s++) {
            if (quote ? *s == quote : *s == '\'' || *s == '"')
                quote = quote ? 0 : *s;
            else {
                s += *s == '\\' && s[1] && quote != '\'';
                buf_add(&b, s, 1);
            }
        }
        arrput(words, b.p);
    }
    return words;
}

static void add_json(struct tree *t, const struct options *o, json_t *entry)
{
    const char *dir = json_string_value(json_object_get(entry, "directory"));
    const char *line = json_string_value(json_object_get(entry, "command"));
    json_t *list = json_object_get(entry, "arguments"), *word;
    char **words = line ? split(line) : NULL;
    size_t i;

    json_array_foreach(list, i, word) if (json_is_string(word))
        arrput(words, xstrdup(json_string_value(word)));
    if (dir && words)
        add_command(t, o, dir, words);
}

/* False if there is no such file, or no list in it. */
static bool database(struct tree *t, const struct options *o)
{
    char *path = path_join(t->root, "compile_commands.json");
    char *built = path_join(t->root, "build/compile_commands.json");
    json_error_t e = {0};
    const char *which = file_exists(path) ? path : built;
    json_t *list = file_exists(which) ? json_load_file(which, 0, &e) : NULL;
    json_t *entry;
    size_t i;

    if (!list && file_exists(which))
        warn("%s:%d: %s", which, e.line, e.text);
    t->how = "flags of compile_commands.json";
    json_array_foreach(list, i, entry) add_json(t, o, entry);
    free(path);
    free(built);
    return arrlenu(t->files) > 0;
}

/* ---- inputs ---- */

/* The folder above all of them. */
static char *common_root(char **paths)
{
    char *root = is_dir(paths[0]) ? xstrdup(paths[0]) : path_dir(paths[0]);

    for (size_t i = 1; i < arrlenu(paths); i++)
        while (root[1] && !(has_prefix(paths[i], root) &&
                            strchr("/", paths[i][strlen(root)]))) {
            char *up = path_dir(root);

            free(root);
            root = up;
        }
    return root;
}

static int by_size(const void *a, const void *b)
{
    const struct source_file *x = a, *y = b;

    if (x->bytes != y->bytes)
        return x->bytes < y->bytes ? 1 : -1;
    return strcmp(x->path, y->path);
}

void files_find(struct tree *t, const struct options *o, char **inputs)
{
    char **paths = NULL;

    for (size_t i = 0; i < arrlenu(inputs); i++) {
        char *real = realpath(inputs[i], NULL);

        if (!real)
            die("%s: %s", inputs[i], strerror(errno));
        if (!is_dir(real) && !is_source(real))
            die("%s: neither a folder nor a .c file", inputs[i]);
        arrput(paths, real);
    }
    if (!paths)
        die("no program given");
    t->root = common_root(paths);
    root_length = strlen(t->root);
    sh_new_strdup(names);
    sh_new_strdup(folders);
    for (size_t i = 0; i < arrlenu(paths); i++)
        nftw(paths[i], visit, 32, FTW_PHYS | FTW_ACTIONRETVAL);
    if (o->program)
        captured(t, o);
    else if (!database(t, o))
        guess(t, o);
    if (t->files)
        qsort(t->files, arrlenu(t->files), sizeof *t->files, by_size);
}
