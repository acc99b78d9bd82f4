/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cc_link.c: links, always against the sysroot and nothing else.
 *
 * Executables are static and not position independent, whatever was asked.
 * A shared library becomes an archive under the library's name, which holds
 * its objects and those of the archives it was linked with: whoever links
 * with it, by path or by -l, gets the code and its records, pulled member by
 * member, so that a definition in the program wins as it would at run time.
 */
#include "cc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void put(const char ***argv, const char *s)
{
    arrput(*argv, s);
}

/* True for what the C library itself holds, where musl has empty archives. */
static bool in_libc(const char *name)
{
    static const char *const names[] = {
        "c",      "m",    "pthread", "rt",    "dl",     "util", "crypt",
        "resolv", "xnet", "gcc",     "gcc_s", "gcc_eh", "nsl",
    };

    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (!strcmp(name, names[i]))
            return true;
    return false;
}

static char *file_in(const char *dir, const char *prefix, const char *name,
                     const char *suffix)
{
    char *path = format("%s/%s%s%s", dir, prefix, name, suffix);

    if (file_exists(path))
        return path;
    free(path);
    return NULL;
}

/* lib<name>.a or .so in one folder; `:file` names the file itself. */
static char *lib_in(const char *dir, const char *name)
{
    char *found;

    if (name[0] == ':')
        return file_in(dir, "", name + 1, "");
    found = file_in(dir, "lib", name, ".a");
    return found ? found : file_in(dir, "lib", name, ".so");
}

/* The file that -lname means: the command's -L folders, then the sysroot. */
static char *lib_find(const struct command *c, const char *name)
{
    char *path = NULL, *lib = path_join(cross.sysroot, "lib");

    for (size_t i = 0; !path && i < arrlenu(c->args); i++)
        if (c->args[i].use == USE_LINK && !strcmp(c->args[i].text, "-L"))
            path = lib_in(c->args[i].value, name);
    if (!path)
        path = lib_in(lib, name);
    free(lib);
    return path;
}

static void put_lib(const char ***argv, const struct command *c,
                    const char *name)
{
    char *path = lib_find(c, name);

    if (path)
        put(argv, path);
    else if (!in_libc(name))
        put(argv, format("-l%s", name)); /* the linker's message */
}

static void put_input(const char ***argv, const char *path)
{
    if (args_host_dir(path) && path[0] == '/')
        die("%s: a library of this machine, not of the target (there is no "
            "port of it)",
            path);
    put(argv, path);
}

/* Everything the user gave, in order, sources replaced by their objects. */
static void put_items(const char ***argv, const struct command *c,
                      char **objects)
{
    size_t next = 0;

    for (size_t i = 0; i < arrlenu(c->args); i++) {
        const struct arg *a = &c->args[i];

        if (a->use == USE_SOURCE && objects)
            put(argv, objects[next++]);
        else if (a->use == USE_INPUT)
            put_input(argv, a->text);
        else if (a->use == USE_LIB)
            put_lib(argv, c, a->value);
        else if (a->use == USE_LINK && !strcmp(a->text, "-T"))
            put(argv, format("-T%s", a->value));
        else if (a->use == USE_LINK) {
            put(argv, a->text);
            if (a->value)
                put(argv, a->value);
        }
    }
}

static void put_start_file(const char ***argv, const char *name)
{
    char *path = format("%s/lib/%s", cross.sysroot, name);

    if (file_exists(path))
        put(argv, path);
}

/* Compiler helpers: 128-bit division and the like. */
static void put_builtins(const char ***argv)
{
    put_start_file(argv, "libclang_rt.builtins.a");
}

static const char **executable_argv(const struct command *c, char **objects)
{
    const char **argv = NULL;

    put(&argv, LLVM_BIN "/ld.lld");
    put(&argv, "-static");
    put(&argv, "-o");
    put(&argv, c->output ? c->output : "a.out");
    if (!c->no_start) {
        put_start_file(&argv, "crt1.o");
        put_start_file(&argv, "crti.o");
    }
    put_items(&argv, c, objects);
    if (!c->no_libs) {
        put(&argv, "--start-group");
        put_start_file(&argv, "libc.a");
        put_builtins(&argv);
        put(&argv, "--end-group");
    }
    if (!c->no_start)
        put_start_file(&argv, "crtn.o");
    put(&argv, NULL);
    return argv;
}

static const char **partial_argv(const struct command *c, char **objects)
{
    const char **argv = NULL;

    put(&argv, LLVM_BIN "/ld.lld");
    put(&argv, "-r");
    put(&argv, "-m"); /* of -b binary, which has no objects to tell */
    put(&argv, cross.arch->emulation);
    put(&argv, "-o");
    put(&argv, c->output ? c->output : "a.out");
    put_items(&argv, c, objects);
    put(&argv, NULL);
    return argv;
}

static bool is_libc_file(const char *path)
{
    char *lib = path_join(cross.sysroot, "lib/libc.a");
    bool same = !strcmp(path, lib);

    free(lib);
    return same;
}

/* The archive that stands for a shared library. */
static const char **shared_argv(const struct command *c, char **objects)
{
    const char **argv = NULL;
    const char *out = c->output ? c->output : "a.out";
    size_t next = 0;

    put(&argv, LLVM_BIN "/llvm-ar");
    if (file_kind(out) && !is_dir(out)) /* /dev/null stays what it is */
        out = path_join(cross_tmp(), "shared");
    unlink(out);
    put(&argv, "qcLS"); /* L: the members of archives, not the archives */
    put(&argv, out);
    for (size_t i = 0; i < arrlenu(c->args); i++) {
        const struct arg *a = &c->args[i];
        char *lib = a->use == USE_LIB ? lib_find(c, a->value) : NULL;

        if (a->use == USE_SOURCE && objects)
            put(&argv, objects[next++]);
        else if (a->use == USE_INPUT && !has_suffix(a->text, ".map"))
            put_input(&argv, a->text);
        else if (lib && !is_libc_file(lib))
            put(&argv, lib);
    }
    put(&argv, NULL);
    return argv;
}

static int spawn(const struct command *c, const char **argv)
{
    for (const char **p = argv; c->verbose && *p; p++)
        fprintf(stderr, " %s%s", *p, p[1] ? "" : "\n");
    return cross_wait(cross_start(argv, NULL, NULL));
}

static int link_objects(const struct command *c, char **objects)
{
    struct buf command = {0};
    int status;

    if (c->shared) {
        status = spawn(c, shared_argv(c, objects));
        return status;
    }
    if (!c->relocatable)
        return spawn(c, executable_argv(c, objects));
    status = spawn(c, partial_argv(c, objects));
    if (status == 0) {
        buf_add(&command, ".\0ld -r", sizeof ".\0ld -r");
        attach_native(c->output ? c->output : "a.out", &command);
        buf_free(&command);
    }
    return status;
}

int link_command(const struct command *c)
{
    char **objects = NULL;
    int n = 0;

    for (size_t i = 0; i < arrlenu(c->args); i++) {
        if (c->args[i].use != USE_SOURCE)
            continue;
        char *name = args_object_name(c->args[i].text, ".o");
        char *object = format("%s/%d-%s", cross_tmp(), n++, name);
        int status = compile_source(c, &c->args[i], object);

        free(name);
        if (status)
            return status;
        arrput(objects, object);
    }
    return link_objects(c, objects);
}

/* ---- unicore-ld: the linker by itself ---- */

/* Options of ld whose value is the next word. */
static bool ld_takes_value(const char *word)
{
    static const char *const words[] = {
        "-m",
        "-h",
        "-soname",
        "-rpath",
        "-rpath-link",
        "-b",
        "--format",
        "-A",
        "-y",
        "-Map",
        "--version-script",
        "-dynamic-linker",
        "-G",
        "--defsym",
        "-I",
        "-a",
        "-c",
        "-R",
        "-Y",
        "-Ttext",
        "-Tdata",
        "-Tbss",
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(word, words[i]))
            return true;
    return false;
}

static void ld_word(struct command *c, char ***argv)
{
    char *word = **argv;

    if (!strcmp(word, "-shared") || !strcmp(word, "-Bshareable"))
        c->shared = true;
    else if (!strcmp(word, "-r") || !strcmp(word, "--relocatable"))
        c->relocatable = true;
    else if (!strcmp(word, "-o") && (*argv)[1])
        c->output = *++*argv;
    else if (has_prefix(word, "-L"))
        arrput(c->args, ((struct arg){USE_LINK, "-L",
                                      word[2] ? word + 2 : *++*argv, NULL}));
    else if (has_prefix(word, "-l"))
        arrput(c->args, ((struct arg){USE_LIB, "-l",
                                      word[2] ? word + 2 : *++*argv, NULL}));
    else if (word[0] != '-')
        arrput(c->args, ((struct arg){USE_INPUT, word, NULL, NULL}));
    else if (ld_takes_value(word) && (*argv)[1])
        arrput(c->args, ((struct arg){USE_LINK, word, *++*argv, NULL}));
    else
        arrput(c->args, ((struct arg){USE_LINK, word, NULL, NULL}));
}

void link_ld(char **argv)
{
    struct command c = {.no_start = true, .no_libs = true};
    const char **plain = NULL;

    argv = args_expand(argv);
    put(&plain, LLVM_BIN "/ld.lld");
    for (char **p = argv; *p; p++)
        put(&plain, *p);
    put(&plain, NULL);
    for (; *argv; argv++) {
        ld_word(&c, &argv);
        if (!*argv)
            break;
    }
    if (c.shared || c.relocatable)
        exit(link_objects(&c, NULL));
    cross_exec(plain);
}
