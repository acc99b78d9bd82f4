/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * build_cmake.c: CMake, by a toolchain file: unicore-cc, and packages from the
 * sysroot alone. Many projects enable C++ without having any; so it is taken
 * on trust, and only a C++ source fails.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

static void write_toolchain(const struct build *b, const char *path)
{
    struct buf t = {0};

    if (strcmp(b->arch, "x86_64") != 0)
        buf_printf(&t,
                   "set(CMAKE_SYSTEM_NAME Linux)\n"
                   "set(CMAKE_SYSTEM_PROCESSOR %s)\n"
                   "set(CMAKE_CROSSCOMPILING_EMULATOR qemu-%s)\n",
                   b->arch, b->arch);
    for (const char *const *tool =
             (const char *const[]){"C_COMPILER=cc", "CXX_COMPILER=c++", "AR=ar",
                                   "RANLIB=ranlib", "NM=nm", "STRIP=strip",
                                   "OBJCOPY=objcopy", "OBJDUMP=objdump",
                                   "LINKER=ld", "ASM_COMPILER=cc", NULL};
         *tool; tool++) {
        const char *eq = strchr(*tool, '=');

        buf_printf(&t, "set(CMAKE_%.*s \"%s/unicore-%s\")\n", (int)(eq - *tool),
                   *tool, bin_dir(), eq + 1);
    }
    buf_printf(&t,
               "set(CMAKE_CXX_COMPILER_FORCED TRUE)\n"
               "set(CMAKE_FIND_ROOT_PATH \"%s\")\n"
               "set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)\n"
               "set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)\n"
               "set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)\n"
               "set(CMAKE_FIND_ROOT_PATH_MODE_PACKAGE ONLY)\n",
               b->sysroot);
    file_write(path, t.p, t.n);
    buf_free(&t);
}

bool build_cmake(struct build *b, const char *dir)
{
    char *toolchain = path_join(b->dir, "toolchain.cmake");
    char *out = path_join(dir, "unicore-build");
    char *option = format("-DCMAKE_TOOLCHAIN_FILE=%s", toolchain);
    const char *fixed[] = {"cmake",
                           "-S",
                           dir,
                           "-B",
                           out,
                           "-G",
                           "Unix Makefiles",
                           option,
                           "-DCMAKE_BUILD_TYPE=Release",
                           "-DBUILD_SHARED_LIBS=OFF"};
    const char **argv = NULL;
    int status;

    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        arrput(argv, fixed[i]);
    if (b->prefix)
        arrput(argv, format("-DCMAKE_INSTALL_PREFIX=%s", b->prefix));
    build_put_options(b, &argv);
    b->configured = true;
    arrput(argv, NULL);
    write_toolchain(b, toolchain);
    progress("%s: cmake", b->name);
    status = build_step(b, dir, argv);
    arrfree(argv);
    if (status == 127)
        error("%s: needs cmake, which this machine does not have", b->name);
    free(toolchain);
    free(option);
    return status == 0 && build_make(b, out);
}
