/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_tree.c: a tree of sources: its hash, its copy, the programs in it,
 * and the environment that its build runs in.
 *
 * The environment makes every compiler a unicore-cc: CC and friends say so,
 * and a folder of shims on PATH catches what is spelled out (`gcc`, `ar`).
 */
#define _GNU_SOURCE
#include "arch.h"
#include "build.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int not_dots(const struct dirent *e)
{
    return strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0 &&
           strcmp(e->d_name, ".git") != 0;
}

static int by_bytes(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

static void hash_entry(struct hash *h, const char *path, const struct stat *st)
{
    char target[4096];
    ssize_t n = -1;

    if (S_ISLNK(st->st_mode))
        n = readlink(path, target, sizeof target);
    hash_add(h, &st->st_mode, sizeof st->st_mode);
    if (S_ISREG(st->st_mode))
        hash_file(h, path);
    else if (n > 0)
        hash_add(h, target, (size_t)n);
    else if (S_ISDIR(st->st_mode))
        tree_hash(h, path);
}

void tree_hash(struct hash *h, const char *dir)
{
    struct dirent **list;
    int n = scandir(dir, &list, not_dots, by_bytes);
    struct stat st;

    if (n < 0)
        die("%s: cannot read the folder: %s", dir, strerror(errno));
    for (int i = 0; i < n; i++) {
        char *path = path_join(dir, list[i]->d_name);

        hash_str(h, list[i]->d_name);
        if (lstat(path, &st) == 0)
            hash_entry(h, path, &st);
        free(path);
        free(list[i]);
    }
    free(list);
}

void tree_copy(const char *from, const char *to)
{
    struct dirent **list;
    int n = scandir(from, &list, not_dots, by_bytes);
    const char **argv = NULL;

    make_dirs(to);
    if (n <= 0)
        return;
    for (const char *const *w =
             (const char *const[]){"cp", "-a", "--reflink=auto", "-t", to, "--",
                                   NULL};
         *w; w++)
        arrput(argv, *w);
    for (int i = 0; i < n; i++) {
        arrput(argv, path_join(from, list[i]->d_name));
        free(list[i]);
    }
    arrput(argv, NULL);
    if (run(argv, NULL) != 0)
        die("%s: cannot be copied to %s", from, to);
    arrfree(argv);
    free(list);
}

/* The ELF type of a file, or ET_NONE. */
static int elf_type(const char *path)
{
    unsigned char h[EI_NIDENT + 2];
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t n = fd < 0 ? 0 : read(fd, h, sizeof h);

    if (fd >= 0)
        close(fd);
    if (n != sizeof h || memcmp(h, ELFMAG, SELFMAG) != 0)
        return ET_NONE;
    return h[EI_DATA] == ELFDATA2MSB ? h[EI_NIDENT] << 8 | h[EI_NIDENT + 1]
                                     : h[EI_NIDENT + 1] << 8 | h[EI_NIDENT];
}

/* Calls visit for every regular file below dir; nearer ones first. */
static void walk(const char *dir, void (*visit)(const char *, void *),
                 void *data)
{
    struct dirent **list;
    int n = scandir(dir, &list, not_dots, by_bytes);
    char **below = NULL;
    struct stat st;

    for (int i = 0; i < n; i++) {
        char *path = path_join(dir, list[i]->d_name);

        if (lstat(path, &st) != 0)
            free(path);
        else if (S_ISDIR(st.st_mode) &&
                 strcmp(list[i]->d_name, "CMakeFiles") != 0)
            arrput(below, path);
        else if (S_ISREG(st.st_mode))
            visit(path, data);
        free(list[i]);
    }
    if (n >= 0)
        free(list);
    for (size_t i = 0; i < arrlenu(below); i++) {
        walk(below[i], visit, data);
        free(below[i]);
    }
    arrfree(below);
}

static size_t depth(const char *path)
{
    size_t n = 0;

    for (; *path; path++)
        n += *path == '/';
    return n;
}

static void visit_program(const char *path, void *data)
{
    struct program **list = data;
    const char *p, *why;
    size_t n, size;
    char *bytes;
    bool has;

    if (elf_type(path) != ET_EXEC || !strcmp(path_base(path), "conftest"))
        return;
    bytes = file_read(path, &n);
    has = bytes && record_section(bytes, n, &p, &size, &why) == 1;
    free(bytes);
    if (!has)
        return;
    for (size_t i = 0; i < arrlenu(*list); i++)
        if (!strcmp((*list)[i].name, path_base(path))) {
            if (depth(path) < depth((*list)[i].path))
                (*list)[i].path = xstrdup(path);
            return;
        }
    struct program found = {xstrdup(path_base(path)), xstrdup(path)};
    arrput(*list, found);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct program *)a)->name,
                  ((const struct program *)b)->name);
}

struct program *tree_programs(const char *dir)
{
    struct program *list = NULL;

    walk(dir, visit_program, &list);
    if (list)
        qsort(list, arrlenu(list), sizeof *list, by_name);
    return list;
}

static void visit_object(const char *path, void *data)
{
    if (has_suffix(path, ".o") && elf_type(path) == ET_REL)
        *(bool *)data = true;
}

bool tree_has_objects(const char *dir)
{
    bool found = false;

    walk(dir, visit_object, &found);
    return found;
}

int build_step(const struct build *b, const char *cwd, const char *const *argv)
{
    FILE *f = fopen(b->log, "a");

    if (!f)
        die("%s: %s", b->log, strerror(errno));
    fprintf(f, "+ cd %s\n+", cwd);
    for (const char *const *p = argv; *p; p++)
        fprintf(f, " %s", *p);
    fputc('\n', f);
    if (fclose(f) != 0)
        die("%s: %s", b->log, strerror(errno));
    return run(argv, &(struct run){.cwd = cwd, .out = b->log, .env = b->env});
}

/* What lets a build for another architecture run its own products. */
static void put_emulator(struct build *b)
{
    const struct arch *a = arch_find(b->arch);

    arrput(b->env, format("LD_PRELOAD=%s/unicore-foreign.so", bin_dir()));
    arrput(b->env, format("UNICORE_QEMU=qemu-%s", b->arch));
    arrput(b->env, format("UNICORE_QEMU_MACHINE=%d", a->machine));
    arrput(b->env, format("UNICORE_QEMU_UNAME=%s",
                          a->machine == EM_ARM ? "armv7l" : a->folder));
}

void build_environment(struct build *b)
{
    /* A NAME alone takes the variable away. */
    static const char *const unset[] = {
        "MAKEFLAGS",    "MFLAGS",       "MAKELEVEL",    "CFLAGS",
        "CPPFLAGS",     "LDFLAGS",      "LIBS",         "PKG_CONFIG_PATH",
        "UNICORE_EMIT", "CONFIG_SITE",  "DESTDIR",      "LD_LIBRARY_PATH",
        "CXXFLAGS",     "UNICORE_WARN", "LIBRARY_PATH", "CPATH",
        "INCLUDE_PATH", "PREFIX",
    };
    static const char *const tools[][2] = {
        {"CC", "cc"},           {"CXX", "c++"},
        {"LD", "ld"},           {"AR", "ar"},
        {"RANLIB", "ranlib"},   {"NM", "nm"},
        {"STRIP", "strip"},     {"OBJDUMP", "objdump"},
        {"OBJCOPY", "objcopy"}, {"AS", "as"},
        {"READELF", "readelf"}, {"PKG_CONFIG", "pkg-config"},
    };
    char *shims = path_join(bin_dir(), "shims"); /* cc, ar, ... */
    const char *path = getenv("PATH");

    for (size_t i = 0; i < sizeof unset / sizeof *unset; i++)
        arrput(b->env, unset[i]);
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
        arrput(b->env, format("%s=unicore-%s", tools[i][0], tools[i][1]));
    arrput(b->env, format("PATH=%s:%s/bin:%s:%s", shims, b->sysroot, bin_dir(),
                          path ? path : "/usr/bin:/bin"));
    arrput(b->env, "LC_ALL=C");
    arrput(b->env, "MAKEINFO=true");
    arrput(b->env, "HELP2MAN=true");
    arrput(b->env, "FORCE_UNSAFE_CONFIGURE=1"); /* gnulib asks root for it */
    arrput(b->env, format("UNICORE_ARCH=%s", b->arch));
    arrput(b->env, "UNICORE_LIBC=musl");
    arrput(b->env, format("UNICORE_SYSROOT=%s", b->sysroot));
    arrput(b->env, format("UNICORE_COMMANDS=%s", b->commands));
    arrput(b->env, plus_variable(b));
    if (arch_at(0) != arch_find(b->arch))
        put_emulator(b);
    arrput(b->env, NULL);
}
