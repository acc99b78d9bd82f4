/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cc_tools.c: the twins of unicore-cc: LLVM's tools, kept from losing the
 * .unicore section, and a pkg-config that knows the sysroot's packages only.
 */
#include "cc.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char **argv_of(const char *tool, char **rest)
{
    const char **argv = NULL;

    arrput(argv, tool);
    for (; *rest; rest++)
        arrput(argv, *rest);
    return argv;
}

_Noreturn static void plain(const char *name, char **rest)
{
    const char **argv = argv_of(format(LLVM_BIN "/llvm-%s", name), rest);

    arrput(argv, NULL);
    cross_exec(argv);
}

/* Does an argument ask for certain sections, or for another file format? */
static bool picks_sections(char **argv)
{
    static const char *const words[] = {"-j",
                                        "--only-section",
                                        "-O",
                                        "--output-target",
                                        "--dump-section",
                                        "--strip-dwo"};

    for (; *argv; argv++)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            if (has_prefix(*argv, words[i]))
                return true;
    return false;
}

_Noreturn static void strip(char **rest)
{
    const char **argv = argv_of(LLVM_BIN "/llvm-strip", rest);

    arrput(argv, "--keep-section=.unicore");
    arrput(argv, NULL);
    cross_exec(argv);
}

/* The output of objcopy is its last word. */
_Noreturn static void objcopy(char **rest)
{
    const char **argv = argv_of(LLVM_BIN "/llvm-objcopy", rest);
    const char *out = arrlenu(argv) > 1 ? arrlast(argv) : NULL;
    bool binary = false;
    struct buf command = {0};
    int status;

    for (char **p = rest; *p; p++)
        binary |= !strcmp(*p, "-I") && p[1] && !strcmp(p[1], "binary");
    if (binary) {
        arrput(argv, NULL);
        status = cross_wait(cross_start(argv, NULL, NULL));
        buf_add(&command, ".\0objcopy", sizeof ".\0objcopy");
        if (!status && out)
            attach_native(out, &command);
        exit(status);
    }
    if (!picks_sections(rest))
        arrput(argv, "--keep-section=.unicore");
    arrput(argv, NULL);
    cross_exec(argv);
}

static const char **assembler_argv(char **rest)
{
    const char **argv = NULL;

    arrput(argv, "unicore-cc");
    arrput(argv, "-c");
    arrput(argv, "-x");
    arrput(argv, "assembler");
    for (; *rest; rest++) {
        if (!strcmp(*rest, "--64") || !strcmp(*rest, "-k"))
            continue;
        if (!strcmp(*rest, "-o") && rest[1]) {
            arrput(argv, *rest++);
            arrput(argv, *rest);
        } else if ((*rest)[0] != '-' || !(*rest)[1] ||
                   has_prefix(*rest, "-I")) {
            arrput(argv, *rest);
        } else {
            arrput(argv, has_prefix(*rest, "--version")
                             ? *rest
                             : format("-Wa,%s", *rest));
        }
    }
    return argv;
}

/* as: the assembler of clang; without -o the output is a.out. */
_Noreturn static void assemble(char **rest)
{
    const char **argv = assembler_argv(rest);
    bool output = false, input = false;
    char *cc = path_join(bin_dir(), "unicore-cc");

    for (size_t i = 4; i < arrlenu(argv); i++) {
        output |= !strcmp(argv[i], "-o");
        input |= argv[i][0] != '-' && strcmp(argv[i - 1], "-o") != 0;
    }
    if (!output) {
        arrput(argv, "-o");
        arrput(argv, "a.out");
    }
    if (!input)
        arrput(argv, "-");
    arrput(argv, NULL);
    argv[0] = cc;
    cross_exec(argv);
}

/* The first program of that name in PATH which is not this one, or NULL. */
static char *other_program(const char *name)
{
    const char *path = getenv("PATH");
    char *dirs = xstrdup(path ? path : ""), *rest = dirs, *dir, *found = NULL;
    struct stat own, at;

    if (stat("/proc/self/exe", &own) != 0)
        die("/proc/self/exe: %s", strerror(errno));
    while (!found && (dir = strsep(&rest, ":"))) {
        found = path_join(*dir ? dir : ".", name);
        if (access(found, X_OK) == 0 && stat(found, &at) == 0 &&
            !(at.st_dev == own.st_dev && at.st_ino == own.st_ino))
            break;
        free(found);
        found = NULL;
    }
    free(dirs);
    return found;
}

/* Packages are what has a .pc file in the sysroot; the host's are hidden. */
_Noreturn static void pkg_config(char **rest)
{
    char *dirs = format("%s/lib/pkgconfig:%s/share/pkgconfig", cross.sysroot,
                        cross.sysroot);
    const char **argv = argv_of("pkg-config", rest);
    /* all libraries are archives, which do not say what they need */
    char *program = other_program("pkg-config"); /* not a build's shim */

    setenv("PKG_CONFIG_LIBDIR", dirs, 1);
    unsetenv("PKG_CONFIG_PATH");
    unsetenv("PKG_CONFIG_SYSROOT_DIR");
    arrput(argv, "--static");
    arrput(argv, NULL);
    if (program)
        execv(program, (char **)(uintptr_t)argv);
    /* Without one on the machine: it exists, and there are no packages. */
    for (; *rest; rest++)
        if (!strcmp(*rest, "--version")) {
            puts("0.29.2");
            exit(0);
        } else if (has_prefix(*rest, "--atleast-pkgconfig-version")) {
            exit(0);
        }
    exit(1);
}

static bool one_of(const char *name, const char *const *list)
{
    for (; *list; list++)
        if (!strcmp(name, *list))
            return true;
    return false;
}

void tools_run(const char *name, char **argv)
{
    static const char *const same[] = {"ar",      "ranlib",    "nm",
                                       "objdump", "size",      "readelf",
                                       "strings", "addr2line", NULL};

    if (one_of(name, same))
        plain(name, argv);
    if (!strcmp(name, "strip"))
        strip(argv);
    if (!strcmp(name, "objcopy"))
        objcopy(argv);
    if (!strcmp(name, "as"))
        assemble(argv);
    if (!strcmp(name, "pkg-config"))
        pkg_config(argv);
    if (!strcmp(name, "ld"))
        link_ld(argv);
}
