/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * __environ.c: what uc_start leaves for the program: environment, auxiliary
 * vector, names, the only thread's block.
 *
 * The pointers are defined as numbers (their users see pointers): to the
 * optimiser a pointer in a global is a root that finds leaks, which it keeps
 * though nobody reads it. For the same reason the thread's block is filled at
 * run time and never with its own address.
 */
#include <stdint.h>

#define weak_alias(old, new)                                                   \
    extern __typeof(old) new __attribute__((__weak__, __alias__(#old)))

uintptr_t __environ;
weak_alias(__environ, ___environ);
weak_alias(__environ, _environ);
weak_alias(__environ, environ);

uintptr_t uc_auxv;

uintptr_t __progname, __progname_full;
weak_alias(__progname, program_invocation_short_name);
weak_alias(__progname_full, program_invocation_name);

void uc_names_set(uintptr_t full, uintptr_t base);
void uc_environ_set(uintptr_t env, uintptr_t auxv);

void uc_names_set(uintptr_t full, uintptr_t base)
{
    __progname_full = full;
    __progname = base;
}

void uc_environ_set(uintptr_t env, uintptr_t auxv)
{
    __environ = env;
    uc_auxv = auxv;
}
