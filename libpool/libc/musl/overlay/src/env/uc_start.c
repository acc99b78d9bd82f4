/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_start.c: from the initial stack to main.
 *
 * What nobody reads is not computed: each step stores into variables of libc,
 * and link time removes the stores, and with them the loops that look for the
 * value, if no reached function uses them. Hence one function for each value,
 * without side effects, and no loop that the compiler could not prove finite.
 */
#include <elf.h>
#include <link.h>
#include <unistd.h>

#include "libc.h"
#include "pthread_impl.h"

extern const int CFG_THREADS, CFG_ARGS;
extern const int uc_args_count; /* init.c: with CFG_ARGS */
extern char *uc_args[];

extern const ElfW(Ehdr) uc_image_start;

#define PURE __attribute__((pure)) /* so that unused calls go */

int main();
void uc_init(void);
void uc_ctors(void);
void uc_names_set(uintptr_t full, uintptr_t base);
void uc_environ_set(uintptr_t env, uintptr_t auxv);
_Noreturn void uc_start(long *sp);

PURE static size_t *find_auxv(char **envp)
{
    while (*envp)
        envp++;
    return (size_t *)(envp + 1);
}

PURE static size_t aux(const size_t *auxv, size_t type)
{
    for (; *auxv; auxv += 2)
        if (*auxv == type)
            return auxv[1];
    return 0;
}

PURE static char *base_name(char *path)
{
    char *base = path;

    for (; *path; path++)
        if (*path == '/')
            base = path + 1;
    return base;
}

static void start_one_thread(void)
{
    uc_main_thread.tid = 1; /* an owner's mark in mutexes, no more */
    uc_main_thread.locale = &libc.global_locale;
}

enum {
    AUX_COUNT = 38
};

/* The table of values by type that __init_tls wants. */
static void start_threads(const size_t *auxv)
{
    size_t table[AUX_COUNT] = {0};

    for (; *auxv; auxv += 2)
        if (*auxv < AUX_COUNT)
            table[*auxv] = auxv[1];
    if (!table[AT_PHDR]) { /* no kernel has told: they are at the image's start */
        table[AT_PHDR] = (size_t)&uc_image_start + uc_image_start.e_phoff;
        table[AT_PHNUM] = uc_image_start.e_phnum;
        table[AT_PHENT] = uc_image_start.e_phentsize;
    }
    __init_tls(table);
}

_Noreturn void uc_start(long *sp)
{
    int argc = (int)*sp;
    char **argv = (char **)(sp + 1);
    char **envp = argv + argc + 1;
    size_t *auxv = find_auxv(envp);

    char *name = argc > 0 ? argv[0] : "";

    if (CFG_ARGS) {
        argc = uc_args_count;
        argv = uc_args;
        argv[0] = name;
    }
    uc_environ_set((uintptr_t)envp, (uintptr_t)auxv);
    uc_names_set((uintptr_t)name, (uintptr_t)base_name(name));
    __hwcap = aux(auxv, AT_HWCAP);
    libc.page_size = aux(auxv, AT_PAGESZ);
    libc.secure = aux(auxv, AT_SECURE) != 0;
    if (CFG_THREADS)
        start_threads(auxv);
    else
        start_one_thread();
    uc_init();
    uc_ctors();
    exit(main(argc, argv, envp));
}
