/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cc_plus.c: unicore-c++. C++ is not supported, but a C program may lie beside
 * some (a library's other interface). A source becomes an object that wants a
 * symbol which nobody has: the build goes on, and a program fails that is
 * linked with it.
 */
#include "cc.h"

#include <stdlib.h>
#include <string.h>

static const char text[] = ".long cplusplus_is_not_supported\n";

static int make_object(const char *object)
{
    char *source = path_join(cross_tmp(), "plus.s");
    const char **argv = NULL;

    file_write(source, text, sizeof text - 1);
    arrput(argv, LLVM_BIN "/clang");
    arrput(argv, format("--target=%s", cross.arch->triple));
    for (const char *const *f = cross.arch->flags; *f; f++)
        arrput(argv, *f);
    arrput(argv, "-c");
    arrput(argv, source);
    arrput(argv, "-o");
    arrput(argv, object);
    arrput(argv, NULL);
    return cross_wait(cross_start(argv, NULL, NULL));
}

static bool has(char **argv, const char *word)
{
    for (; *argv; argv++)
        if (!strcmp(*argv, word))
            return true;
    return false;
}

static const char *value_of(char **argv, const char *word)
{
    for (; *argv; argv++)
        if (!strcmp(*argv, word))
            return argv[1];
    return NULL;
}

static bool is_source(const char *s)
{
    static const char *const endings[] = {".cpp", ".cc", ".cxx", ".c++", ".C"};
    bool is = false;

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        is |= has_suffix(s, endings[i]);
    return is;
}

static int objects(char **argv)
{
    const char *out = value_of(argv, "-o");
    int status = 0;

    if (out)
        return make_object(out);
    for (; *argv && !status; argv++)
        if (is_source(*argv))
            status = make_object(args_object_name(*argv, ".o"));
    return status;
}

int plus_command(char **argv)
{
    struct command c = {.args = NULL};

    argv = args_expand(argv);
    if ((has(argv, "-M") || has(argv, "-MM")) && value_of(argv, "-o")) {
        file_write(value_of(argv, "-o"), "", 0); /* it depends on nothing */
        return 0;
    }
    if (has(argv, "-c"))
        return objects(argv);
    for (char **p = argv; *p; p++)
        if (is_source(*p) || !has(argv, "-shared"))
            die("only C is supported (C++ is not a goal)");
    args_parse(&c, argv);
    return link_command(&c);
}
