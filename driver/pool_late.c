/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_late.c: native archives: late.a, and how all of them are made.
 *
 * Code generation invents calls: a division of 128 bits, bcmp for memcmp, floor
 * for llvm.floor. late.a has what such a call may name: pure functions of
 * libc's source (libpool/late) and of the compiler's runtime library, of which
 * the members with state of their own or with a need of the system are left
 * out. It never holds anything that the program could have a second copy of.
 */
#define _GNU_SOURCE
#include "pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Of clang's; libpool/late has those of these that an image can need. */
static const char *const left_out[] = {
    /* state, or a need of the system */
    "emutls.c.o",
    "enable_execute_stack.c.o",
    "eprintf.c.o",
    "x86.c.o",
    "gcc_personality_v0.c.o",
    "trampoline_setup.c.o",
    "int_util.c.o",
    "os_version_check.c.o",
    "apple_versioning.c.o",
    "clear_cache.c.o",
    /* a stack protector that reads %fs */
    "divmoddi4.c.o",
    "divmodsi4.c.o",
    "divmodti4.c.o",
    "moddi3.c.o",
    "modti3.c.o",
    "umodti3.c.o",
    "fp_mode.c.o",
    "fixxfdi.c.o",
    "fixxfti.c.o",
    "fixunsxfdi.c.o",
    "fixunsxfsi.c.o",
    "fixunsxfti.c.o",
    "floattixf.c.o",
    "floatuntixf.c.o",
};

/* gcc's division by zero, which raises a signal. */
static const char left_out_arm[] = "_dvmd_lnx.o";

static void leave_out(const struct pool *p, struct buf *script)
{
    size_t n = p->arch == arch_at(0) ? sizeof left_out / sizeof *left_out : 0;

    for (size_t i = 0; i < n; i++)
        buf_printf(script, "DELETE %s\n", left_out[i]);
    if (!strcmp(p->arch->name, "arm"))
        buf_printf(script, "DELETE %s\n", left_out_arm);
}

/* clang's on the machine's own architecture; else gcc's, from Debian. */
char *runtime_library(const struct pool *p)
{
    bool own = p->arch == arch_at(0);
    char *path =
        own ? format("%s/../lib/clang/19/lib/linux/libclang_rt.builtins-%s.a",
                     LLVM_BIN, p->arch->name)
            : format("/usr/lib/gcc-cross/%s/12/libgcc.a", p->arch->gnu);

    if (!file_exists(path) && own)
        die("%s: missing: install libclang-rt-19-dev", path);
    if (!file_exists(path))
        die("%s: missing: install libgcc-12-dev-%s-cross", path,
            p->arch->package);
    return path;
}

/* Links the objects under their own names, for messages and maps. */
static void add_members(const struct component *c, const char *tmp,
                        struct buf *script)
{
    for (size_t i = 0; i < arrlenu(c->units); i++) {
        const struct unit *u = &c->units[i];
        char *object = object_path(u->hash, "o");
        char *dir = format("%s/%zu", tmp, i); /* two may have one name */
        char *name = path_join(dir, path_base(u->module));
        make_dirs(dir);
        if (link(object, name) != 0)
            copy_file(object, name);
        buf_printf(script, "ADDMOD %s\n", name);
        free(name);
        free(dir);
        free(object);
    }
}

void archive_make(struct pool *p, const char *product, const char *path,
                  const char *commands)
{
    char *tmp = format("%s/tmp/archive", cache_root());
    char *dir = path_dir(path), *mri = path_join(tmp, "script");
    char *made = path_join(tmp, "made.a"), *log = path_join(tmp, "log");
    const char *argv[] = {LLVM_BIN "/llvm-ar", "-M", NULL};
    struct run how = {.in = mri, .out = log};
    struct buf script = {0};

    remove_tree(tmp);
    make_dirs(tmp);
    make_dirs(dir);
    buf_printf(&script, "CREATE %s\n%s", made, commands);
    for (size_t i = 0; i < arrlenu(p->components); i++)
        if (component_is_native(&p->components[i], product))
            add_members(&p->components[i], tmp, &script);
    buf_str(&script, "SAVE\nEND\n");
    file_write(mri, script.p, script.n);
    if (run(argv, &how) != 0) {
        char *text = file_read(log, NULL);
        die("llvm-ar failed: %s", text ? text : "");
    }
    if (rename(made, path) != 0)
        die("%s: %s", path, strerror(errno));
    remove_tree(tmp);
    buf_free(&script);
    free(log);
    free(made);
    free(mri);
    free(dir);
    free(tmp);
}

char *late_archive(struct pool *p)
{
    char *builtins = runtime_library(p);
    struct hash *h = hash_new();
    struct buf script = {0};

    compile_all(p, "late");
    buf_printf(&script, "ADDLIB %s\n", builtins);
    leave_out(p, &script);
    hash_str(h, "late 2");
    hash_str(h, script.p);
    hash_file(h, builtins);
    for (size_t i = 0; i < arrlenu(p->components); i++)
        for (size_t j = 0; j < arrlenu(p->components[i].units); j++)
            if (component_is_native(&p->components[i], "late"))
                hash_str(h, p->components[i].units[j].hash);
    char *hash = hash_end(h);
    char *path = object_path(hash, "a");
    if (!file_exists(path))
        archive_make(p, "late", path, script.p);
    free(hash);
    buf_free(&script);
    free(builtins);
    return path;
}
