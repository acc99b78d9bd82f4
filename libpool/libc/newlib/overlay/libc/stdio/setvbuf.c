/* SPDX-License-Identifier: BSD-2-Clause */
/* setvbuf.c: another buffer or another way of buffering. */
#include <stdio.h>

#include "local.h"

int setvbuf(FILE *f, char *buf, int mode, size_t size)
{
    if (mode != _IOFBF && mode != _IOLBF && mode != _IONBF)
        return EOF;
    fflush(f);
    f->_ub._base = NULL;
    f->_r = f->_lbfsize = 0;
    f->_flags &= ~(__SLBF | __SNBF | __SEOF);
    if (mode == _IONBF) {
        f->_flags |= __SNBF;
        buf = (char *)f->_nbuf;
        size = 1;
    } else {
        if (mode == _IOLBF)
            f->_flags |= __SLBF;
        if (!buf || !size || size > __INT_MAX__) {
            buf = (char *)f->_own;
            size = f->_own ? BUFSIZ : 0;
        }
        if (!buf) { /* stderr has none of its own */
            f->_flags = (f->_flags & ~__SLBF) | __SNBF;
            buf = (char *)f->_nbuf;
            size = 1;
        }
        uc_stream_list(f);
    }
    f->_bf._base = f->_p = (unsigned char *)buf;
    f->_bf._size = (int)size;
    f->_w = 0;
    if (f->_flags & __SWR) {
        if (f->_flags & __SLBF)
            f->_lbfsize = -f->_bf._size;
        else if (!(f->_flags & __SNBF))
            f->_w = f->_bf._size;
    }
    return 0;
}
