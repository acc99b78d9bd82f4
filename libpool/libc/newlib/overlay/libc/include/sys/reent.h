/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * reent.h: the state of newlib, for one thread.
 *
 * newlib keeps all of it in one struct _reent per thread. Here each piece that
 * most programs do not use is a variable of its own behind newlib's accessor
 * macro, so that link time can drop it; what is left of the struct is errno.
 *
 * FILE has two fields more than newlib's: `_own`, the buffer that comes with
 * the stream, so that no stream needs the heap for one, and `_next`, the list
 * of streams that exit() and fflush(NULL) walk (stdio/findfp.c).
 */
#ifndef _SYS_REENT_H_
#define _SYS_REENT_H_

#include <_ansi.h>
#include <stddef.h>
#include <sys/_types.h>

#define _NULL 0
#define __Long int
typedef unsigned __Long __ULong;
typedef int _flock_t;
#define __machine_flock_t_defined

struct _reent {
    int _errno;
};
extern struct _reent uc_reent;
#define _REENT (&uc_reent)
#define _GLOBAL_REENT _REENT
#define _REENT_SMALL_CHECK_INIT(r)

struct __sbuf {
    unsigned char *_base;
    int _size;
};

struct __sFILE {
    unsigned char *_p; /* position in the buffer */
    int _r, _w;        /* left to read, to write */
    short _flags, _file;
    struct __sbuf _bf;
    int _lbfsize;
    int _flags2;
    void *_cookie;
    _READ_WRITE_RETURN_TYPE (*_read)(struct _reent *, void *, char *,
                                     _READ_WRITE_BUFSIZE_TYPE);
    _READ_WRITE_RETURN_TYPE (*_write)(struct _reent *, void *, const char *,
                                      _READ_WRITE_BUFSIZE_TYPE);
    _fpos_t (*_seek)(struct _reent *, void *, _fpos_t, int);
    int (*_close)(struct _reent *, void *);
    struct __sbuf _ub; /* what ungetc pushed back */
    unsigned char *_up;
    int _ur;
    unsigned char _ubuf[8], _nbuf[1];
    struct __sbuf _lb;
    int _blksize;
    _off_t _offset;
    _mbstate_t _mbstate;
    unsigned char *_own;
    struct __sFILE *_next;
};
typedef struct __sFILE __FILE;
extern __FILE uc_stdin, uc_stdout, uc_stderr;

/* asctime */
extern char uc_asctime[26];
#define _REENT_ASCTIME_SIZE 26
#define _REENT_CHECK_ASCTIME_BUF(r)
#define _REENT_ASCTIME_BUF(r) uc_asctime

/* strtod */
struct _Bigint {
    struct _Bigint *_next;
    int _k, _maxwds, _sign, _wds;
    __ULong _x[1];
};
extern struct uc_mp {
    struct _Bigint *p5s, **freelist, *result;
    int result_k;
} uc_mp;
#define _Kmax (sizeof(size_t) << 3)
#define _REENT_CHECK_MP(r)
#define _REENT_MP_RESULT(r) uc_mp.result
#define _REENT_MP_RESULT_K(r) uc_mp.result_k
#define _REENT_MP_P5S(r) uc_mp.p5s
#define _REENT_MP_FREELIST(r) uc_mp.freelist

/* drand48 and its family */
#define _RAND48_SEED_0 0x330e
#define _RAND48_SEED_1 0xabcd
#define _RAND48_SEED_2 0x1234
#define _RAND48_MULT_0 0xe66d
#define _RAND48_MULT_1 0xdeec
#define _RAND48_MULT_2 0x0005
#define _RAND48_ADD 0x000b
struct _rand48 {
    unsigned short _seed[3], _mult[3], _add;
};
extern struct _rand48 uc_rand48;
#define _REENT_CHECK_RAND48(r)
#define _REENT_RAND48_SEED(r) uc_rand48._seed
#define _REENT_RAND48_MULT(r) uc_rand48._mult
#define _REENT_RAND48_ADD(r) uc_rand48._add

#endif
