/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fflush.c: what is buffered goes to the file; what was read ahead is given
 * back to it. The two ways apart, for programs that only write.
 */
#include <errno.h>
#include <stdio.h>

#include "local.h"

int __sflushw_r(struct _reent *r, FILE *f)
{
    unsigned char *p = f->_bf._base;
    int n;

    if (!p)
        return 0;
    n = (int)(f->_p - p);
    /* before writing: longjmp may leave from below */
    f->_p = p;
    f->_w = f->_flags & (__SLBF | __SNBF) ? 0 : f->_bf._size;
    while (n > 0) {
        int done = __swrite(r, f, (char *)p, n);

        if (done <= 0) {
            f->_flags |= __SERR;
            return EOF;
        }
        p += done;
        n -= done;
    }
    return 0;
}

static int flush_read(struct _reent *r, FILE *f)
{
    int saved = r->_errno;
    long ahead = f->_r + (f->_ub._base ? f->_ur : 0);

    if (ahead > 0 && __sseek(r, f, -ahead, SEEK_CUR) == -1) {
        if (r->_errno != ESPIPE && r->_errno != EINVAL) {
            f->_flags |= __SERR;
            return EOF;
        }
        r->_errno = saved; /* a pipe: keep what was read */
        return 0;
    }
    f->_r = 0;
    f->_p = f->_bf._base;
    f->_ub._base = NULL;
    return 0;
}

int __sflush_r(struct _reent *r, FILE *f)
{
    return f->_flags & __SWR ? __sflushw_r(r, f) : flush_read(r, f);
}

int _fflush_r(struct _reent *r, FILE *f)
{
    return f->_flags && f->_bf._base ? __sflush_r(r, f) : 0;
}

int fflush(FILE *f)
{
    return f ? _fflush_r(_REENT, f) : _fwalk_reent(_REENT, _fflush_r);
}

int fflush_unlocked(FILE *f)
{
    return fflush(f);
}
