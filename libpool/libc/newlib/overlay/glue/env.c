/* SPDX-License-Identifier: BSD-2-Clause */
/* env.c: the environment. */
#include <unistd.h>

char **__environ;
extern char **environ __attribute__((alias("__environ")));
extern char **_environ __attribute__((alias("__environ")));
