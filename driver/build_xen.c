/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_xen.c: Xen's libraries, for a program that includes their headers: the
 * headers are libxen-dev's. What images have is the pool's own (libpool/xen);
 * the program itself, which runs on this computer, is linked with what the pool
 * has where there is no Xen, without bitcode, so that it stays out of images.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const headers[] = {"xen", "xenevtchn.h", "xengnttab.h",
                                      "xenstore.h", "xenstore_lib.h"};
static const char objcopy[] = LLVM_BIN "/llvm-objcopy";
static const char ar[] = LLVM_BIN "/llvm-ar";
static const char *const libraries[] = {"xenevtchn", "xengnttab", "xenstore"};
enum {
    HEADERS = sizeof headers / sizeof *headers,
    LIBRARIES = sizeof libraries / sizeof *libraries
};

static bool is_of_xen(const char *header)
{
    for (size_t i = 0; i < HEADERS; i++)
        if (!strcmp(header, headers[i]))
            return true;
    return has_prefix(header, "xen/");
}

static bool copy_headers(const char *to)
{
    for (size_t i = 0; i < HEADERS; i++) {
        char *from = path_join("/usr/include", headers[i]);
        const char *argv[] = {"cp", "-rL", from, to, NULL};

        if (access(from, R_OK) != 0)
            return false;
        if (run(argv, NULL) != 0)
            die("%s: cannot be copied to %s", from, to);
        free(from);
    }
    return true;
}

/* Compiles one into lib/, and takes its bitcode away. */
static bool compile(const struct build *b, const char *lib, const char *name)
{
    char *cc = path_join(bin_dir(), "unicore-cc");
    char *source = format("%s/libpool/xen/none/%s.c", source_root(), name);
    char *object = format("%s/%s.o", lib, name);
    const char *compile[] = {cc, "-c", "-Os", "-o", object, source, NULL};
    const char *strip[] = {objcopy, "--remove-section=.unicore", object, NULL};

    return !build_step(b, lib, compile) && !build_step(b, lib, strip);
}

/* All of them in each: who uses one may be linked with another only. */
static bool make_archives(const struct build *b, const char *lib)
{
    for (size_t i = 0; i < LIBRARIES; i++)
        if (!compile(b, lib, libraries[i]))
            return false;
    for (size_t i = 0; i < LIBRARIES; i++) {
        char *archive = format("lib%s.a", libraries[i]);
        const char *argv[] = {
            ar,           "rcs", archive, "xenevtchn.o", "xengnttab.o",
            "xenstore.o", NULL};

        if (build_step(b, lib, argv))
            return false;
        free(archive);
    }
    return true;
}

bool xen_add(struct build *b, const char *header)
{
    char *include = path_join(b->dir, "xen/include");
    char *lib = path_join(b->dir, "xen-lib/lib");

    if (!is_of_xen(header) || is_dir(include))
        return false;
    make_dirs(include);
    make_dirs(lib);
    if (!copy_headers(include)) {
        warn("%s: %s is libxen-dev's", b->name, header);
        return false;
    }
    libs_add_folder(b, path_join(b->dir, "xen"));
    if (!make_archives(b, lib))
        return false;
    libs_add_folder(b, path_join(b->dir, "xen-lib"));
    return true;
}
