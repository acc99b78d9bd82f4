/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * makebuf.c: a stream's buffer, when it is first needed: the one that came
 * with the stream. What is written to a terminal is sent line by line.
 */
#include <stdio.h>

#include "local.h"

void __smakebuf_r(struct _reent *r, FILE *f)
{
    if (f->_flags & __SNBF || !f->_own) {
        f->_flags |= __SNBF;
        f->_bf._base = f->_p = f->_nbuf;
        f->_bf._size = 1;
        return;
    }
    f->_bf._base = f->_p = f->_own;
    f->_bf._size = BUFSIZ;
    uc_stream_list(f);
    if (f->_flags & (__SWR | __SRW) && _isatty_r(r, f->_file))
        f->_flags |= __SLBF;
}
