/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool.c: unicore-pool, which compiles the library pool and the sysroots.
 *
 * What a component is and what selects it: ARCHITECTURE.md. For the builder a
 * manifest has these keys, for third-party and own code alike:
 *
 *     source deb:musl [SUBFOLDER]  # a Debian source package
 *     overlay DIR                  # our files, laid over the source's
 *     base DIR                     # files of ours that more components have
 *     prepare SCRIPT [FILE...]     # sh SCRIPT SOURCE OUT ARCH FILE...: makes
 *                                  #   headers or sources in OUT, laid
 *                                  #   between these two
 *     files GLOB...                # default: the folder's own, and <arch>/
 *     exclude GLOB...              # not these
 *     cflags FLAG...               # for all of them
 *     cflags-for GLOB FLAG...      # more, for some (the first glob wins)
 *     include DIR...               # -I, in the layers or absolute
 *     headers musl|newlib|none     # whose OUT/include is the system's: musl
 *     native PRODUCT               # not for images: native code for `late`
 *                                  #   or a `sysroot-LIBC`
 *
 * $ARCH, $POOL (libpool/), $ROOT, $HEADERS(COMPONENT) are replaced. A folder
 * <arch>/ overrides files of equal stem beside it.
 *
 * Objects are cached one by one by the hash of all they are made of; the pool
 * folder is links to them, an index, the manifests and late.a, under the hash
 * of it all. A stamp of the tree's times makes an unchanged pool cost nothing.
 */
#define _GNU_SOURCE
#include "pool.h"

#include <errno.h>
#include <ftw.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ---- the stamp: is all as it was? ---- */

static struct buf stamp;

static int stamp_one(const char *path, const struct stat *st, int type,
                     struct FTW *ftw)
{
    (void)ftw;
    if (type == FTW_F)
        buf_printf(&stamp, "%s %lld %lld.%09ld\n", path, (long long)st->st_size,
                   (long long)st->st_mtim.tv_sec, st->st_mtim.tv_nsec);
    return 0;
}

static char *tree_stamp(void)
{
    static const char *const roots[] = {"arch", "libpool", "platforms",
                                        "driver/plus"};
    static const char *const tools[] = {"/proc/self/exe", LLVM_BIN "/clang"};

    buf_free(&stamp);
    buf_str(&stamp, "");
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++) {
        char *real = realpath(tools[i], NULL);
        if (real)
            nftw(real, stamp_one, 1, FTW_PHYS);
        free(real);
    }
    for (size_t i = 0; i < sizeof roots / sizeof *roots; i++) {
        char *dir = path_join(source_root(), roots[i]);
        nftw(dir, stamp_one, 32, FTW_PHYS);
        free(dir);
    }
    struct hash *h = hash_new();
    hash_add(h, stamp.p, stamp.n);
    return hash_end(h);
}

/* The stamp file holds the tree's stamp and the folder it gave. Trees that
 * share a cache have their own. */
static char *stamp_file(const char *what)
{
    struct hash *h = hash_new();
    char *tree, *file;

    hash_add(h, source_root(), strlen(source_root()));
    tree = hash_end(h);
    file = format("%s/stamp/%s-%.16s", cache_root(), what, tree);
    free(tree);
    return file;
}

static char *stamped(const char *what, const char *now)
{
    char *file = stamp_file(what), *text = file_read(file, NULL);
    char *dir = NULL, *space = text ? strchr(text, ' ') : NULL;

    if (space) {
        *space = 0;
        if (!strcmp(text, now) && is_dir(space + 1))
            dir = xstrdup(space + 1);
    }
    free(text);
    free(file);
    return dir;
}

static void stamp_write(const char *what, const char *now, const char *dir)
{
    char *file = stamp_file(what), *parent = path_dir(file);
    char *text = format("%s %s", now, dir);

    make_dirs(parent);
    file_write(file, text, strlen(text));
    free(text);
    free(parent);
    free(file);
}

/* ---- the pool folder ---- */

static void add_file(const char *from, const char *to)
{
    char *dir = path_dir(to);

    make_dirs(dir);
    if (link(from, to) != 0)
        copy_file(from, to);
    free(dir);
}

static void add_index(struct buf *index, const char *hash)
{
    char *path = object_path(hash, "idx");
    size_t n;
    char *text = file_read(path, &n);

    if (!text)
        die("%s: %s: damaged cache; remove it and try again", path,
            strerror(errno));
    buf_add(index, text, n);
    free(text);
    free(path);
}

static int by_module(const void *a, const void *b)
{
    return strcmp(((const struct unit *)a)->module,
                  ((const struct unit *)b)->module);
}

static void fill_component(struct component *c, const char *folder,
                           struct buf *index)
{
    char *dir = path_join(folder, c->name);
    char *to = path_join(dir, "component");

    make_dirs(dir);
    copy_file(c->manifest.path, to);
    buf_printf(index, "component %s\n", c->name);
    if (c->units)
        qsort(c->units, arrlenu(c->units), sizeof *c->units, by_module);
    for (size_t i = 0; i < arrlenu(c->units); i++) {
        struct unit *u = &c->units[i];
        char *object = object_path(u->hash, unit_ext(c, u));
        char *name = path_join(dir, u->module);
        add_file(object, name);
        buf_printf(index, "module %s/%s\n", c->name, u->module);
        add_index(index, u->hash);
        free(name);
        free(object);
    }
    free(to);
    free(dir);
}

static bool is_for_images(const struct component *c)
{
    return !c->native && !c->failed;
}

static char *pool_hash(const struct pool *p, const char *late)
{
    struct hash *h = hash_new();

    hash_str(h, "pool 1");
    hash_file(h, late);
    for (size_t i = 0; i < arrlenu(p->components); i++) {
        struct component *c = &p->components[i];
        if (!is_for_images(c))
            continue;
        hash_str(h, c->name);
        hash_file(h, c->manifest.path);
        for (size_t j = 0; j < arrlenu(c->units); j++)
            hash_str(h, c->units[j].hash);
    }
    return hash_end(h);
}

static char *pool_folder(struct pool *p, const char *late)
{
    char *name = format("%s-%.16s", p->arch->name, pool_hash(p, late));
    char *parent = path_join(cache_root(), "pool");
    char *folder = path_join(parent, name);
    char *tmp = format("%s/tmp.%s", parent, p->arch->name);
    struct buf index = {0};

    if (!is_dir(folder)) {
        remove_tree(tmp);
        make_dirs(tmp);
        for (size_t i = 0; i < arrlenu(p->components); i++)
            if (is_for_images(&p->components[i]))
                fill_component(&p->components[i], tmp, &index);
        if (!error_syntax) /* else what defines them may be left out */
            calls_check(&index);
        char *file = path_join(tmp, "index");
        file_write(file, index.p ? index.p : "", index.n);
        free(file);
        file = path_join(tmp, "late.a");
        add_file(late, file);
        if (rename(tmp, folder) != 0)
            die("%s: %s", folder, strerror(errno));
        free(file);
        buf_free(&index);
    }
    free(tmp);
    free(parent);
    free(name);
    return folder;
}

static char *build_pool(struct pool *p)
{
    compile_all(p, NULL);
    char *late = late_archive(p);
    progress("pool: index");
    return pool_folder(p, late);
}

/* ---- the command ---- */

static const char usage[] =
    "usage: unicore-pool [options] pool|sysroot|c++\n"
    "Compiles what is missing into the cache and prints its folder.\n"
    "\n"
    "      --arch ARCH   x86_64 (default), aarch64, arm, mips, mipsel, "
    "riscv64\n"
    "      --libc LIBC   of the image: musl or newlib; both have one sysroot\n"
    "  -j, --jobs N      this many jobs (default: processors)\n"
    "  -k, --keep-going  leave out components that do not compile\n"
    "  -q, --quiet       no progress\n"
    "  -v, --verbose     say what it cost\n"
    "      --help, --version\n";

static const struct option options[] = {
    {"arch", required_argument, NULL, 'a'},
    {"libc", required_argument, NULL, 'l'},
    {"jobs", required_argument, NULL, 'j'},
    {"keep-going", no_argument, NULL, 'k'},
    {"quiet", no_argument, NULL, 'q'},
    {"verbose", no_argument, NULL, 'v'},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {0},
};

static void parse(int argc, char **argv, struct pool *p)
{
    const char *libc = "musl";

    for (int c; (c = getopt_long(argc, argv, "j:kqv", options, NULL)) >= 0;) {
        switch (c) {
        case 'a':
            p->arch = arch_find(optarg);
            if (!p->arch)
                die("--arch %s: unknown, expected one of: %s", optarg,
                    arch_names());
            break;
        case 'l':
            libc = optarg;
            break;
        case 'j':
            p->jobs = atoi(optarg);
            break;
        case 'k':
            p->keep_going = true;
            break;
        case 'q':
            verbosity = -1;
            break;
        case 'v':
            verbosity = 1;
            break;
        case 'h':
            fputs(usage, stdout);
            exit(0);
        case 'V':
            puts("unicore-pool " UNICORE_VERSION);
            exit(0);
        default:
            exit(1);
        }
    }
    if (strcmp(libc, "musl") != 0 && strcmp(libc, "newlib") != 0)
        die("--libc %s: unknown: musl or newlib", libc);
    if (p->jobs < 1)
        die("-j: expected a number of 1 or more");
}

static char *build(struct pool *p, const char *product, const char *what,
                   const char *now)
{
    bool sysroot = strcmp(product, "pool") != 0;
    struct lock *l = cache_lock("pool");
    char *folder;

    component_all(p, sysroot ? "sysroot-musl" : NULL);
    folder = sysroot ? sysroot_build(p, "musl") : build_pool(p);
    remove_tree(path_join(cache_root(), "tmp"));
    cache_unlock(l);
    if (!strcmp(product, "c++"))
        folder = plus_build(p, folder);
    if (!error_syntax) /* else some component is left out */
        stamp_write(what, now, folder);
    return folder;
}

int main(int argc, char **argv)
{
    struct pool p = {.arch = arch_at(0),
                     .jobs = (int)sysconf(_SC_NPROCESSORS_ONLN)};

    prog = "unicore-pool";
    parse(argc, argv, &p);
    if (optind != argc - 1)
        die("expected one of: pool, sysroot, c++ (see --help)");
    const char *product = argv[optind];
    if (strcmp(product, "sysroot") != 0 && strcmp(product, "pool") != 0 &&
        strcmp(product, "c++") != 0)
        die("%s: expected pool, sysroot or c++", product);
    char *what = format("%s-%s", product, p.arch->name);
    char *now = tree_stamp();
    char *folder = stamped(what, now);
    if (!folder)
        folder = build(&p, product, what, now);
    progress_end();
    if (verbosity > 0)
        note("%.1f s CPU",
             children_cpu_seconds() + (double)clock() / CLOCKS_PER_SEC);
    puts(folder);
    return 0;
}
