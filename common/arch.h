/* SPDX-License-Identifier: BSD-2-Clause */
/* arch.h: the architectures, and what tools must be told of each. */
#ifndef UC_ARCH_TABLE_H
#define UC_ARCH_TABLE_H

#include <stdbool.h>

struct arch {
    const char *name;   /* in names of targets: `mipsel` */
    const char *folder; /* of its sources, in ours and in musl's: `mips` */
    const char *triple; /* clang's */
    /* Of clang; each ends with NULL. */
    const char *flags[4];   /* for all code */
    const char *image[4];   /* for what may be in an image as well */
    const char *bitcode[4]; /* for C in an image as well */
    const char *cpu;        /* of LLVM's code generation */
    const char *features;   /* of the same, for what has no attributes */
    const char *emulation;  /* of ld -m */
    const char *gnu;        /* Debian's name, as in /usr/GNU/include */
    const char *package;    /* Debian's architecture, as in libc6-dev-X-cross */
    int bits, machine;      /* of its ELF files: 32 or 64, EM_X86_64 */
    int big;                /* big-endian */
};

/* NULL: there is none of that name. */
const struct arch *arch_find(const char *name);
/* The one at i, from 0; NULL at the end. */
const struct arch *arch_at(unsigned i);
/*
 * Is there such a target? What a platform has for an architecture lies in
 * platforms/PLATFORM/ARCH, or in platforms/PLATFORM/MACHINE/ARCH where
 * machines differ by more than the instructions.
 */
bool arch_has_platform(const char *platform, const char *arch);
/*
 * The linker script of a target: the architecture's, or one for all
 * beside it; one in the folder `pool` goes before the tree's. NULL: there is
 * none. Caller frees.
 */
char *arch_script(const char *pool, const char *platform, const char *arch);
/* "x86_64, aarch64, ...", for messages; caller frees. */
const char *arch_names(void);

#endif
