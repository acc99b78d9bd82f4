/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_sysroot.c: what unmodified programs are built against.
 *
 *     include/  libc's headers and the kernel's; the compiler's are clang's
 *     lib/      libc.a, crt1.o, crti.o, crtn.o, empty libm.a and its kind, and
 *               libclang_rt.builtins.a, also as libgcc.a
 *
 * Native and position-independent, of the components that say
 * `native sysroot-LIBC`; what is linked with it runs on Linux, so that
 * configure's checks do. An object whose name begins with crt stays a file,
 * the others become libc.a.
 *
 * Programs are built against musl's headers whichever libc their image gets:
 * the pool's newlib keeps what musl's headers promise, so there is one sysroot.
 */
#define _GNU_SOURCE
#include "pool.h"

#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_crt(const struct unit *u)
{
    return fnmatch("*crt[1in].o", path_base(u->module), 0) == 0;
}

/* Copies below from into to; existing files stay. */
static void copy_tree(const char *from, const char *to)
{
    char *source = format("%s/.", from);
    const char *argv[] = {"cp", "-rLn", source, to, NULL};

    make_dirs(to);
    if (run(argv, NULL) != 0)
        die("%s: cannot copy to %s", from, to);
    free(source);
}

static void make_include(const struct pool *p, const char *libc,
                         const char *folder)
{
    char *name = format("libpool/libc/%s", libc);
    char *headers = path_join(component_find(p, name)->prepared, "include");
    char *to = path_join(folder, "include");

    copy_tree(headers, to);
    copy_tree(uapi_folder(p), to);
    free(to);
    free(headers);
    free(name);
}

/* Objects of start-up files go beside libc.a; the rest is left in c->units. */
static void take_crt(struct component *c, const char *lib)
{
    size_t n = 0;

    for (size_t i = 0; i < arrlenu(c->units); i++) {
        struct unit *u = &c->units[i];
        if (!is_crt(u)) {
            c->units[n++] = *u;
            continue;
        }
        char *object = object_path(u->hash, "o");
        char *to = path_join(lib, path_base(u->module));
        copy_file(object, to);
        free(to);
        free(object);
    }
    if (c->units)
        arrsetlen(c->units, n);
}

static void make_lib(struct pool *p, const char *product, const char *folder)
{
    static const char *const empty[] = {"m",      "rt",    "pthread", "crypt",
                                        "util",   "xnet",  "resolv",  "dl",
                                        "gcc_eh", "atomic"};
    bool foreign = p->arch != arch_at(0); /* where some ask for -latomic */
    char *lib = path_join(folder, "lib"), *runtime = runtime_library(p);
    char *libc = path_join(lib, "libc.a");

    make_dirs(lib);
    for (size_t i = 0; i < arrlenu(p->components); i++)
        if (component_is_native(&p->components[i], product))
            take_crt(&p->components[i], lib);
    archive_make(p, product, libc, "");
    for (size_t i = 0; i < sizeof empty / sizeof *empty - !foreign; i++) {
        char *path = format("%s/lib%s.a", lib, empty[i]);
        file_write(path, "!<arch>\n", 8);
        free(path);
    }
    char *to = path_join(lib, "libclang_rt.builtins.a");
    copy_file(runtime, to);
    free(to);
    to = path_join(lib, "libgcc.a");
    copy_file(runtime, to);
    free(to);
    free(libc);
    free(runtime);
    free(lib);
}

static char *sysroot_hash(const struct pool *p, const char *libc,
                          const char *product)
{
    struct hash *h = hash_new();
    char *name = format("libpool/libc/%s", libc);

    hash_str(h, p->arch == arch_at(0) ? "sysroot 2" : "sysroot 3");
    hash_str(h, component_find(p, name)->prepared);
    for (size_t i = 0; i < arrlenu(p->components); i++)
        for (size_t j = 0; j < arrlenu(p->components[i].units); j++)
            if (component_is_native(&p->components[i], product))
                hash_str(h, p->components[i].units[j].hash);
    free(name);
    return hash_end(h);
}

char *sysroot_build(struct pool *p, const char *libc)
{
    char *product = format("sysroot-%s", libc);

    compile_all(p, product);
    char *hash = sysroot_hash(p, libc, product);
    char *parent = path_join(cache_root(), "sysroot");
    char *folder = format("%s/%s-%s-%.16s", parent, libc, p->arch->name, hash);
    if (!is_dir(folder)) {
        char *tmp = format("%s/tmp.%s", parent, libc);
        remove_tree(tmp);
        make_dirs(tmp);
        progress("sysroot: headers and archives");
        make_include(p, libc, tmp);
        make_lib(p, product, tmp);
        if (rename(tmp, folder) != 0)
            die("%s: %s", folder, strerror(errno));
        free(tmp);
    }
    free(parent);
    free(hash);
    free(product);
    return folder;
}
