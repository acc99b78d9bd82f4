/* SPDX-License-Identifier: BSD-2-Clause */
/* arch.c: the architectures. The first is the machine's own. */
#include "arch.h"
#include "common.h"

#include <elf.h>
#include <glob.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/*
 * Code is never position independent, so that no image needs a table of its
 * own addresses; mips must be told. aarch64's outlined atomics would ask
 * the system for its processor at the start. The stack protector's guard is a
 * variable, on the others always.
 */
#define GUARD "-mstack-protector-guard=global"
static const struct arch all[] = {
    {.name = "x86_64",
     .folder = "x86_64",
     .triple = "x86_64-unknown-linux-musl",
     .bitcode = {GUARD},
     .cpu = "",
     .features = "",
     .emulation = "elf_x86_64",
     .gnu = "x86_64-linux-gnu",
     .package = "amd64",
     .bits = 64,
     .machine = EM_X86_64},
    {.name = "aarch64",
     .folder = "aarch64",
     .triple = "aarch64-unknown-linux-musl",
     .flags = {"-mno-outline-atomics"},
     .bitcode = {GUARD},
     .cpu = "",
     .features = "",
     .emulation = "aarch64linux",
     .gnu = "aarch64-linux-gnu",
     .package = "arm64",
     .bits = 64,
     .machine = EM_AARCH64},
    {.name = "arm",
     .folder = "arm",
     .triple = "armv7-unknown-linux-musleabihf",
     .flags = {"-mfpu=vfpv3-d16"},
     .bitcode = {"-mthumb", "-mtp=tpidruro", GUARD},
     .cpu = "generic",
     .features = "+v7,+thumb-mode,+vfp3d16",
     .emulation = "armelf_linux_eabi",
     .gnu = "arm-linux-gnueabihf",
     .package = "armhf",
     .bits = 32,
     .machine = EM_ARM},
    {.name = "mips",
     .folder = "mips",
     .triple = "mips-unknown-linux-musl",
     .flags = {"-mips32r2"},
     .image = {"-mno-abicalls", "-G0"},
     .cpu = "mips32r2",
     .features = "+noabicalls,+fpxx,+nooddspreg",
     .emulation = "elf32btsmip",
     .gnu = "mips-linux-gnu",
     .package = "mips",
     .bits = 32,
     .machine = EM_MIPS,
     .big = 1},
    {.name = "mipsel",
     .folder = "mips",
     .triple = "mipsel-unknown-linux-musl",
     .flags = {"-mips32r2"},
     .image = {"-mno-abicalls", "-G0"},
     .cpu = "mips32r2",
     .features = "+noabicalls,+fpxx,+nooddspreg",
     .emulation = "elf32ltsmip",
     .gnu = "mipsel-linux-gnu",
     .package = "mipsel",
     .bits = 32,
     .machine = EM_MIPS},
    {.name = "riscv64",
     .folder = "riscv64",
     .triple = "riscv64-unknown-linux-musl",
     .flags = {"-march=rv64gc", "-mabi=lp64d", "-mcmodel=medany", "-mno-relax"},
     .cpu = "generic-rv64",
     .features = "+m,+a,+f,+d,+c,-relax",
     .emulation = "elf64lriscv",
     .gnu = "riscv64-linux-gnu",
     .package = "riscv64",
     .bits = 64,
     .machine = EM_RISCV},
};

const struct arch *arch_at(unsigned i)
{
    return i < sizeof all / sizeof *all ? &all[i] : NULL;
}

const struct arch *arch_find(const char *name)
{
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (!strcmp(name, all[i].name))
            return &all[i];
    return NULL;
}

/* The first of `platforms/P/PATTERN` and `platforms/P/FOLDER/PATTERN`. */
static char *platform_file(const char *root, const char *platform,
                           const char *pattern)
{
    const char *const below[] = {"", "*/"};
    char *found = NULL;

    for (int i = 0; i < 2 && !found; i++) {
        char *path =
            format("%s/platforms/%s/%s%s", root, platform, below[i], pattern);
        glob_t g;
        if (glob(path, 0, NULL, &g) == 0)
            found = xstrdup(g.gl_pathv[0]);
        globfree(&g);
        free(path);
    }
    return found;
}

bool arch_has_platform(const char *platform, const char *arch)
{
    char *pattern = format("%s/entry.S", arch_find(arch)->folder);
    char *found = platform_file(source_root(), platform, pattern);
    bool has = found;

    free(found);
    free(pattern);
    return has;
}

/* The script in the folder of an architecture, or in the one above that. */
static char *script_below(const char *root, const char *platform,
                          const char *folder)
{
    char *pattern = format("%s/image.lds", folder);
    char *found = platform_file(root, platform, pattern);

    if (!found) {
        *strrchr(pattern, '/') = 0;
        char *dir = platform_file(root, platform, pattern);
        char *above = dir ? path_dir(dir) : NULL;
        found = above ? path_join(above, "image.lds") : NULL;
        if (found && !file_exists(found)) {
            free(found);
            found = NULL;
        }
        free(above);
        free(dir);
    }
    free(pattern);
    return found;
}

char *arch_script(const char *pool, const char *platform, const char *arch)
{
    const struct arch *a = arch_find(arch);
    const char *folder = a ? a->folder : arch;
    char *found = pool ? script_below(pool, platform, folder) : NULL;

    return found ? found : script_below(source_root(), platform, folder);
}

const char *arch_names(void)
{
    struct buf names = {0};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        buf_printf(&names, "%s%s", i ? ", " : "", all[i].name);
    return names.p;
}
