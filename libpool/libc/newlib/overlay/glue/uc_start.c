/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_start.c: from the initial stack to main. What nobody reads, link time
 * removes: arguments of main that it does not use, and the environment.
 */
#include <stdlib.h>
#include <unistd.h>

extern char **__environ;
extern const int CFG_ARGS;
extern const int uc_args_count; /* init.c: with CFG_ARGS */
extern char *uc_args[];

int main();
void uc_init(void);
void uc_ctors(void);
_Noreturn void uc_start(long *sp);

_Noreturn void uc_start(long *sp)
{
    int argc = (int)*sp;
    char **argv = (char **)(sp + 1), **envp = argv + argc + 1;

    if (CFG_ARGS) {
        uc_args[0] = argc > 0 ? argv[0] : "";
        argc = uc_args_count;
        argv = uc_args;
    }
    __environ = envp;
    uc_init();
    uc_ctors();
    exit(main(argc, argv, envp));
}
