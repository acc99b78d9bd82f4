/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * uc_mimalloc.c: mimalloc as one module, and the role malloc over it.
 *
 * What it would drag in without need is replaced here: no file is opened to
 * learn how Linux commits memory, no function is left to run at exit, and
 * messages about a damaged heap go to descriptor 2 without their numbers.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <uc/malloc.h>
#include <uc/sys.h>
#include <unistd.h>

static int plain(char *to, size_t n, const char *format)
{
    size_t length = strlen(format);
    if (length >= n)
        length = n - 1;
    memcpy(to, format, length);
    to[length] = 0;
    return (int)length;
}

#define _ZSt15get_new_handlerv uc_mimalloc_new_handler /* of C++ */
#define open(...) (-1)
#define atexit(f) ((void)(f))
#define fputs(s, f) ((int)uc_sys_write(2, (long)(s), (long)strlen(s)))
#define vsnprintf(to, n, format, args) plain(to, n, format)
#define syscall(number, ...) uc_##number(__VA_ARGS__)
#define uc_SYS_getrandom(p, n, flags)                                          \
    uc_sys_getrandom((long)(p), (long)(n), flags)
#define uc_SYS_mbind(...) (-1)
#define uc_SYS_getcpu(...) (-1)
#include "static.c"
#undef open
#undef atexit
#undef fputs
#undef vsnprintf
#undef syscall

enum {
    ALIGN = 16
}; /* mimalloc's smallest blocks have half of it */

static size_t rounded(size_t n)
{
    return n < ALIGN ? ALIGN : n;
}

static void *checked(void *p)
{
    if (!p)
        errno = ENOMEM;
    return p;
}

void *malloc(size_t n)
{
    return checked(mi_malloc(rounded(n)));
}

void free(void *p)
{
    mi_free(p);
}

void *calloc(size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        return checked(NULL);
    return checked(mi_zalloc(rounded(bytes)));
}

void *realloc(void *p, size_t n)
{
    return checked(mi_realloc(p, rounded(n)));
}

void *memalign(size_t align, size_t n)
{
    return checked(mi_memalign(align < ALIGN ? ALIGN : align, n));
}

void *aligned_alloc(size_t align, size_t n)
{
    return memalign(align, n);
}

size_t malloc_usable_size(void *p)
{
    return mi_usable_size(p);
}
