/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_start.c: from the initial stack to main. What nobody reads, link time
 * removes: arguments of main that it does not use, and the environment.
 */
#include <stdlib.h>
#include <unistd.h>

extern char **__environ;

int main();
void uc_init(void);
void uc_ctors(void);
_Noreturn void uc_start(long *sp);

_Noreturn void uc_start(long *sp)
{
    int argc = (int)*sp;
    char **argv = (char **)(sp + 1), **envp = argv + argc + 1;

    __environ = envp;
    uc_init();
    uc_ctors();
    exit(main(argc, argv, envp));
}
