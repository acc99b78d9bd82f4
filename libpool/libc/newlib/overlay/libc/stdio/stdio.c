/* SPDX-License-Identifier: BSD-2-Clause */
/* stdio.c: a stream's file: a descriptor. There are no other kinds. */
#include <stdio.h>

#include "local.h"

int __sread(struct _reent *r, void *file, char *p, int n)
{
    return (int)_read_r(r, ((FILE *)file)->_file, p, (size_t)n);
}

int __swrite(struct _reent *r, void *file, const char *p, int n)
{
    return (int)_write_r(r, ((FILE *)file)->_file, p, (size_t)n);
}

_fpos_t __sseek(struct _reent *r, void *file, _fpos_t offset, int whence)
{
    return _lseek_r(r, ((FILE *)file)->_file, offset, whence);
}

int __sclose(struct _reent *r, void *file)
{
    return _close_r(r, ((FILE *)file)->_file);
}
