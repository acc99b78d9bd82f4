/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_meson.c: Meson, by a cross file: unicore-cc, and packages from the
 * sysroot alone. It writes rules for ninja; a makefile that calls that is put
 * beside them, so that all else is as with make.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

#include "arch.h"

static const char makefile[] = "all:\n\tninja -k 0\n"
                               "install:\n\tninja install\n"
                               "clean distclean:\n\tninja -t clean\n";

static void write_cross_file(const struct build *b, const char *path)
{
    static const char *const tools[][2] = {{"c", "cc"},
                                           {"cpp", "c++"},
                                           {"ar", "ar"},
                                           {"nm", "nm"},
                                           {"ranlib", "ranlib"},
                                           {"strip", "strip"},
                                           {"objcopy", "objcopy"},
                                           {"pkgconfig", "pkg-config"}};
    const struct arch *a = arch_find(b->arch);
    bool native = !strcmp(b->arch, "x86_64");
    struct buf t = {0};

    buf_str(&t, "[binaries]\n");
    for (size_t i = 0; i < sizeof tools / sizeof *tools; i++)
        buf_printf(&t, "%s = '%s/unicore-%s'\n", tools[i][0], bin_dir(),
                   tools[i][1]);
    if (!native)
        buf_printf(&t, "exe_wrapper = 'qemu-%s'\n", b->arch);
    buf_printf(&t,
               "[properties]\nneeds_exe_wrapper = %s\n"
               "[host_machine]\nsystem = 'linux'\ncpu_family = '%s'\n"
               "cpu = '%s'\nendian = '%s'\n",
               native ? "false" : "true", a->folder, b->arch,
               a->big ? "big" : "little");
    file_write(path, t.p, t.n);
    buf_free(&t);
}

bool build_meson(struct build *b, const char *dir)
{
    char *cross = path_join(b->dir, "meson.ini");
    char *out = path_join(dir, "unicore-build");
    char *make = path_join(out, "Makefile");
    const char **argv = NULL;
    const char *fixed[] = {"meson",
                           "setup",
                           out,
                           dir,
                           "--cross-file",
                           cross,
                           "--buildtype",
                           "release",
                           "-Dwerror=false",
                           "-Ddefault_library=static",
                           "--wrap-mode",
                           "nodownload"};
    int status;

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        arrput(argv, fixed[i]);
    if (b->prefix) {
        arrput(argv, format("--prefix=%s", b->prefix));
        arrput(argv, "--libdir=lib");
    }
    build_put_options(b, &argv);
    b->configured = true;
    arrput(argv, NULL);
    write_cross_file(b, cross);
    progress("%s: meson", b->name);
    status = build_step(b, dir, argv);
    arrfree(argv);
    if (status == 127)
        error("%s: needs meson, which this machine does not have", b->name);
    if (status == 0)
        file_write(make, makefile, strlen(makefile));
    free(make);
    free(cross);
    return status == 0 && build_make(b, out);
}
