/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * newlib.h: newlib's configuration, in the place of what its configure makes:
 * one thread, the C locale, the small formatted input and output.
 */
#ifndef __NEWLIB_H__
#define __NEWLIB_H__ 1

#include <_newlib_version.h>

#define _WANT_IO_LONG_LONG 1
#define _HAVE_LONG_DOUBLE 1
#define _NANO_FORMATTED_IO 1
#define _LITE_EXIT 1
#define _REENT_GLOBAL_ATEXIT 1
#define _MB_LEN_MAX 8
#define __SINGLE_THREAD__ 1

/* The heap is the role malloc's. */
#define _malloc_r(r, n) malloc(n)
#define _calloc_r(r, n, size) calloc(n, size)
#define _realloc_r(r, p, n) realloc(p, n)
#define _free_r(r, p) free(p)

/* Names that belong to the program. */
#define asiprintf __asiprintf
#define fiprintf __fiprintf
#define fiscanf __fiscanf
#define iprintf __iprintf
#define iscanf __iscanf
#define siprintf __siprintf
#define siscanf __siscanf
#define sniprintf __sniprintf
#define vasiprintf __vasiprintf
#define vfiprintf __vfiprintf
#define vfiscanf __vfiscanf
#define viprintf __viprintf
#define viscanf __viscanf
#define vsiprintf __vsiprintf
#define vsiscanf __vsiscanf
#define vsniprintf __vsniprintf
#define increment __increment
#define decrement __decrement
#define set_ones __set_ones

/* struct tm ends as Linux programs know it. */
#define __TM_GMTOFF tm_gmtoff
#define __TM_ZONE tm_zone

#endif
