/* SPDX-License-Identifier: BSD-2-Clause */
/* getcwd.c: the system call; a buffer from the heap if there is none. */
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "glue.h"

char *getcwd(char *p, size_t n)
{
    char path[PATH_MAX];
    char *to = p ? p : path;
    size_t room = p ? n : sizeof path;

    if (p && !n) {
        errno = EINVAL;
        return NULL;
    }
    if (uc_result(uc_sys_getcwd(SYS_ARG(to), SYS_ARG(room))) < 0)
        return NULL;
    return p ? p : strdup(path);
}
