/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fwrite.c: bytes to a stream: into its buffer while they fit, past it if they
 * never would. _w counts down with each byte in the buffer, from its size or,
 * line by line, from 0: that is what putc looks at. A stream that is buffered
 * by lines keeps what follows the last newline.
 */
#include <stdio.h>
#include <string.h>

#include "fvwrite.h"
#include "local.h"

/* Without a buffer, or with an empty one that is too small. */
static size_t put_through(FILE *f, const char *p, size_t n)
{
    size_t done = 0;

    while (done < n) {
        size_t rest = n - done;
        int k = rest < 1 << 30 ? (int)rest : 1 << 30;

        k = __swrite(_REENT, f, p + done, k);
        if (k <= 0) {
            f->_flags |= __SERR;
            break;
        }
        done += (size_t)k;
    }
    return done;
}

/* Up to and with the last newline. */
static size_t lines(const char *p, size_t n)
{
    while (n && p[n - 1] != '\n')
        n--;
    return n;
}

static size_t put_buffered(FILE *f, const char *p, size_t n)
{
    size_t done = 0, size = (size_t)f->_bf._size;

    while (done < n) {
        size_t room = size - (size_t)(f->_p - f->_bf._base);
        size_t k = n - done < room ? n - done : room;

        if (k == size)
            return done + put_through(f, p + done, n - done);
        memcpy(f->_p, p + done, k);
        f->_p += k;
        f->_w -= (int)k;
        if (k == room && __sflushw_r(_REENT, f))
            return done;
        done += k;
    }
    return done;
}

static size_t put(FILE *f, const char *p, size_t n)
{
    size_t now, done;

    if (cantwrite(_REENT, f))
        return 0;
    if (f->_flags & __SNBF)
        return put_through(f, p, n);
    now = f->_flags & __SLBF ? lines(p, n) : 0;
    if (now) {
        done = put_buffered(f, p, now);
        if (done < now)
            return done;
        if (__sflushw_r(_REENT, f))
            return 0;
    }
    return now + put_buffered(f, p + now, n - now);
}

/* newlib's name for it: all, or EOF. */
int __sfputs_r(struct _reent *r, FILE *f, const char *p, size_t n)
{
    (void)r;
    return put(f, p, n) == n ? 0 : EOF;
}

size_t fwrite(const void *restrict p, size_t size, size_t count,
              FILE *restrict f)
{
    size_t n = size * count, done;

    if (!n)
        return 0;
    done = put(f, p, n);
    return done == n ? count : done / size;
}

size_t fwrite_unlocked(const void *restrict p, size_t size, size_t count,
                       FILE *restrict f)
{
    return fwrite(p, size, count, f);
}
