/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * vdso.c: the time without entering the kernel, for programs that ask for it
 * again and again: CFG_VDSO.
 *
 * The kernel maps a small library into each process; the auxiliary vector says
 * where. Its clock_gettime is found by name, the first time. Without such a
 * library, or with one that has no table DT_HASH, it is a system call.
 */
#include <linux/auxvec.h>
#include <linux/elf.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <uc/config.h>
#include <uc/sys.h>

#include "vdso.h"

#if __SIZEOF_POINTER__ == 8
#define ELF(type) Elf64_##type
#else
#define ELF(type) Elf32_##type
#endif
#ifdef __aarch64__
#define NAME "__kernel_clock_gettime"
#else
#define NAME "__vdso_clock_gettime"
#endif

enum {
    UNKNOWN, /* no address of a function is one of these */
    NONE
};

extern const int CFG_VDSO;
extern const uintptr_t uc_auxv __attribute__((weak)); /* musl has it */

long uc_vdso_call(long clock, long time, uintptr_t function);

static uintptr_t function = UNKNOWN;

static bool is_name(const char *s)
{
    const char *name = NAME;

    while (*name && *s == *name) {
        s++;
        name++;
    }
    return *s == *name;
}

/* Where it is, by the tables of the library's dynamic section. */
static uintptr_t in_tables(const ELF(Dyn) * d, uintptr_t bias)
{
    const ELF(Sym) *symbols = NULL;
    const char *strings = NULL;
    const uint32_t *hash = NULL;

    for (; d->d_tag; d++) {
        uintptr_t at = bias + d->d_un.d_ptr;
        if (d->d_tag == DT_SYMTAB)
            symbols = (const void *)at;
        else if (d->d_tag == DT_STRTAB)
            strings = (const void *)at;
        else if (d->d_tag == DT_HASH)
            hash = (const void *)at;
    }
    if (!symbols || !strings || !hash)
        return NONE;
    for (uint32_t i = 0; i < hash[1]; i++)
        if (symbols[i].st_shndx && is_name(strings + symbols[i].st_name))
            return bias + symbols[i].st_value;
    return NONE;
}

static uintptr_t in_library(uintptr_t base)
{
    const ELF(Ehdr) *h = (const void *)base;
    const ELF(Phdr) *p = (const void *)(base + h->e_phoff);
    const ELF(Dyn) *dynamic = NULL;
    uintptr_t bias = 0;

    for (unsigned i = 0; i < h->e_phnum; i++) {
        if (p[i].p_type == PT_LOAD && !bias)
            bias = base + p[i].p_offset - p[i].p_vaddr;
        else if (p[i].p_type == PT_DYNAMIC)
            dynamic = (const void *)(base + p[i].p_offset);
    }
    return bias && dynamic ? in_tables(dynamic, bias) : NONE;
}

static uintptr_t find(void)
{
    const unsigned long *v = &uc_auxv ? (const void *)uc_auxv : NULL;

    for (; v && *v; v += 2)
        if (*v == AT_SYSINFO_EHDR && v[1])
            return in_library(v[1]);
    return NONE;
}

long uc_sys_clock_gettime(long clock, long time)
{
    if (CFG_VDSO) {
        if (function == UNKNOWN)
            function = find();
        if (function != NONE)
            return uc_vdso_call(clock, time, function);
    }
    return uc_kernel_clock_gettime(clock, time);
}
