/* SPDX-License-Identifier: BSD-2-Clause */
/* remove.c: a file or an empty directory. */
#include <errno.h>
#include <stdio.h>

#include "glue.h"

int remove(const char *path)
{
    long r = uc_sys_unlink(SYS_ARG(path));

    if (r == -EISDIR)
        r = uc_sys_rmdir(SYS_ARG(path));
    return (int)uc_result(r);
}
