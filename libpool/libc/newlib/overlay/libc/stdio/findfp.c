/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * findfp.c: the list of streams, for exit() and fflush(NULL), and new streams.
 *
 * A stream is on the list from when it is made or, for the standard ones, from
 * when its buffer is: a program that never buffers has an empty list, and link
 * time sees that. Closed streams stay on it (_flags is 0) and are used again.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "local.h"

static FILE *streams;

void uc_stream_list(FILE *f)
{
    if (f->_flags2 & __SLST)
        return;
    f->_flags2 |= __SLST;
    f->_next = streams;
    streams = f;
}

int _fwalk_reent(struct _reent *r, int (*each)(struct _reent *, FILE *))
{
    int result = 0;

    for (FILE *f = streams; f; f = f->_next)
        if (f->_flags != 0 && f->_flags != 1 && f->_file != -1)
            result |= each(r, f);
    return result;
}

int _fwalk(struct _reent *r, int (*each)(FILE *))
{
    int result = 0;

    (void)r;
    for (FILE *f = streams; f; f = f->_next)
        if (f->_flags != 0 && f->_flags != 1 && f->_file != -1)
            result |= each(f);
    return result;
}

void uc_stdio_exit(void)
{
    for (FILE *f = streams; f; f = f->_next)
        if (f->_flags & __SWR)
            __sflushw_r(_REENT, f);
}

static FILE *free_stream(void)
{
    struct with_buffer {
        FILE f;
        unsigned char buffer[BUFSIZ];
    } *new;

    for (FILE *f = streams; f; f = f->_next)
        if (f->_flags == 0)
            return f;
    new = malloc(sizeof *new);
    if (!new)
        return NULL;
    memset(&new->f, 0, sizeof new->f);
    new->f._own = new->buffer;
    uc_stream_list(&new->f);
    return &new->f;
}

/* A stream that is taken (_flags is 1) and belongs to no file yet. */
FILE *__sfp(struct _reent *r)
{
    FILE *f = free_stream();

    (void)r;
    if (!f)
        return NULL;
    f->_flags = 1;
    f->_file = -1;
    f->_p = NULL;
    f->_r = f->_w = 0;
    f->_bf._base = NULL;
    f->_bf._size = 0;
    f->_lbfsize = 0;
    f->_ub._base = NULL;
    f->_ub._size = 0;
    f->_lb._base = NULL;
    f->_lb._size = 0;
    return f;
}
