/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pool_plus.c: what C++ programs are built with: libc++, libc++abi and
 * libunwind of LLVM, from Debian's source, as driver/plus/runtime.sh makes
 * them with unicore-c++. The folder is <cache>/c++/<arch>-<hash>, with
 * include/c++/v1 and lib/libc++.a: fat objects, of which a program's link takes
 * what it names, as of any library that it is linked with.
 */
#include "pool.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "deb.h"

static const char package[] = "llvm-toolchain-19";
static const char *const parts[] = {
    "libcxx/include", "libcxx/src",        "libcxx/vendor", "libcxxabi/include",
    "libcxxabi/src",  "libunwind/include", "libunwind/src", NULL,
};
static const char *const files[] = {
    "runtime.sh", "config_site", "dso.cpp",
    "knobs.h",    "native.c",    "eh_frame.ld",
};

static char *ours(const char *file)
{
    return format("%s/driver/plus/%s", source_root(), file);
}

static char *plus_hash(const struct pool *p, const char *sysroot,
                       const char *source)
{
    struct hash *h = hash_new();

    hash_str(h, compiler_version());
    hash_str(h, p->arch->name);
    hash_str(h, path_base(sysroot));
    hash_str(h, path_base(source));
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *path = ours(files[i]);
        hash_file(h, path);
        free(path);
    }
    return hash_end(h);
}

static void make(const struct pool *p, const char *sysroot, const char *source,
                 const char *tmp)
{
    char *script = ours("runtime.sh"), *jobs = format("%d", p->jobs);
    char *log = format("%s.log", tmp);
    const char *path = getenv("PATH");
    const char *argv[] = {"sh", script, source, tmp, jobs, NULL};
    const char *env[] = {
        format("PATH=%s:%s", bin_dir(), path ? path : "/usr/bin:/bin"),
        format("UNICORE_ARCH=%s", p->arch->name),
        format("UNICORE_SYSROOT=%s", sysroot),
        format("UNICORE_PLUS=%s", tmp),
        format("TARGET=%s", p->arch->triple),
        format("CLANG=%s/clang", LLVM_BIN),
        "UNICORE_COMMANDS",
        "UNICORE_EMIT",
        NULL};
    struct run how = {.out = log, .env = env};

    progress("libc++: a few minutes, once");
    if (run(argv, &how) != 0)
        die("libc++ cannot be built; the log is %s", log);
    free(script);
    free(jobs);
    free(log);
}

char *plus_build(const struct pool *p, const char *sysroot)
{
    char *mine = format("c++-%s", p->arch->name);
    struct lock *l = cache_lock(mine);
    char *source = deb_source_parts(package, parts);
    char *folder = format("%s/c++/%s-%.16s", cache_root(), p->arch->name,
                          plus_hash(p, sysroot, source));
    char *tmp = format("%s/c++/tmp.%s", cache_root(), p->arch->name);

    if (!is_dir(folder)) {
        remove_tree(tmp);
        make_dirs(tmp);
        make(p, sysroot, source, tmp);
        if (rename(tmp, folder) != 0)
            die("%s: %s", folder, strerror(errno));
    }
    free(tmp);
    free(source);
    free(mine);
    cache_unlock(l);
    return folder;
}
