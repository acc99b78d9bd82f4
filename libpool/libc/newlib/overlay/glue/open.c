/* SPDX-License-Identifier: BSD-2-Clause */
/* open.c: the system call. */
#include <fcntl.h>
#include <stdarg.h>

#include "glue.h"

int _open_r(struct _reent *r, const char *path, int flags, int mode);

int _open_r(struct _reent *r, const char *path, int flags, int mode)
{
    (void)r;
    return (int)uc_result(uc_sys_open(SYS_ARG(path), flags, mode));
}

int open(const char *path, int flags, ...)
{
    int mode = 0;

    if (flags & (O_CREAT | (O_TMPFILE & ~O_DIRECTORY))) {
        va_list ap;
        va_start(ap, flags);
        mode = va_arg(ap, int);
        va_end(ap);
    }
    return _open_r(&uc_reent, path, flags, mode);
}

int creat(const char *path, mode_t mode)
{
    return open(path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}
