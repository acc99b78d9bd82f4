/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * strings.c: late.a's functions on memory and strings, against a byte at a
 * time, for all lengths and places of what is short: between pages that cannot
 * be read, and with what must not change on both sides.
 *
 * RUN: rm -rf %t.d && mkdir %t.d && cd %t.d
 * RUN: llvm-ar x $(unicore-pool pool)/late.a memcpy.o memmove.o memset.o \
 * RUN:     memcmp.o memchr.o strlen.o strchrnul.o strchr.o strcmp.o strncmp.o
 * RUN: ld.lld -r -o all.o memcpy.o memmove.o memset.o memcmp.o memchr.o \
 * RUN:     strlen.o strchrnul.o strchr.o strcmp.o strncmp.o
 * RUN: llvm-objcopy --prefix-symbols=late_ all.o
 * RUN: clang -O1 -fno-builtin -o %t %s all.o && %t | FileCheck %s
 * CHECK: {{[1-9][0-9][0-9][0-9][0-9][0-9]+}} calls, 0 wrong
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    PAGE = 4096,
    LONG = 300,
    LARGE = 1500
};

void *late_memcpy(void *, const void *, size_t);
void *late_memmove(void *, const void *, size_t);
void *late_memset(void *, int, size_t);
int late_memcmp(const void *, const void *, size_t);
void *late_memchr(const void *, int, size_t);
size_t late_strlen(const char *);
char *late_strchr(const char *, int);
char *late___strchrnul(const char *, int);
int late_strcmp(const char *, const char *);
int late_strncmp(const char *, const char *, size_t);

static long calls, wrong;
static unsigned char *page_a, *page_b; /* PAGE bytes, nothing on both sides */

static void check(int good, const char *what, size_t n, size_t at)
{
    calls++;
    if (!good && wrong++ < 10)
        printf("%s: %zu bytes, place %zu\n", what, n, at);
}

static unsigned char *page(void)
{
    unsigned char *p =
        mmap(0, 3 * PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (p == MAP_FAILED || mprotect(p + PAGE, PAGE, PROT_READ | PROT_WRITE))
        exit(1);
    return p + PAGE;
}

static int sign(int n)
{
    return (n > 0) - (n < 0);
}

static void fill(unsigned char *p, size_t n, unsigned seed)
{
    for (size_t i = 0; i < n; i++)
        p[i] = (unsigned char)((seed = seed * 1103515245 + 12345) >> 16) | 1;
}

/* From s to d in one page, which may overlap, and nothing else changes. */
static void moved(void *(*move)(void *, const void *, size_t), const char *what,
                  size_t d, size_t s, size_t n)
{
    static unsigned char before[PAGE], part[PAGE];

    fill(page_a, PAGE, (unsigned)(d * 7 + s * 3 + n));
    for (size_t i = 0; i < PAGE; i++)
        before[i] = page_a[i];
    for (size_t i = 0; i < n; i++)
        part[i] = before[s + i];
    for (size_t i = 0; i < n; i++)
        before[d + i] = part[i];
    void *r = move(page_a + d, page_a + s, n);
    int good = r == page_a + d;
    for (size_t i = 0; i < PAGE; i++)
        good &= page_a[i] == before[i];
    check(good, what, n, d);
}

static void moves(size_t n)
{
    for (size_t at = 0; at < 17; at++) {
        moved(late_memcpy, "memcpy", at, PAGE - n, n);
        moved(late_memcpy, "memcpy", PAGE - n, at, n);
        moved(late_memcpy, "memcpy", at + 2000, at / 2, n);
        moved(late_memmove, "memmove", at, PAGE - n, n);
        moved(late_memmove, "memmove", PAGE - n - at, PAGE - n, n);
        moved(late_memmove, "memmove", at, 0, n);
        moved(late_memmove, "memmove", at * at, 100, n);
        moved(late_memmove, "memmove", 100, at * at, n);
    }
}

/* n equal bytes, but for one; the place of it decides, as bytes without sign.
 */
static void compared(size_t n, size_t at)
{
    unsigned char *a = page_a + PAGE - n - at, *b = page_b + PAGE - n;

    fill(a, n, 1);
    fill(b, n, 1);
    check(late_memcmp(a, b, n) == 0, "memcmp", n, at);
    for (size_t i = 0; i < n; i += n > 40 ? 7 : 1) {
        unsigned char was = b[i];
        b[i] = was ^ 0x80;
        int expect = sign(a[i] - b[i]);
        check(sign(late_memcmp(a, b, n)) == expect, "memcmp", n, i);
        check(sign(late_memcmp(a, b, i)) == 0, "memcmp", i, i);
        b[i] = was;
    }
}

static void text(size_t n, size_t at)
{
    char *a = (char *)page_a + PAGE - n - 1 - at, *b = (char *)page_b + at;

    memset(page_a, 0, PAGE); /* a byte before it that would be an end */
    for (size_t i = 0; i < n; i++)
        a[i] = b[i] = (char)(i % 2 ? 'a' : 0xe1);
    a[n] = b[n] = 0;
    check(late_strlen(a) == n && late_strlen(b) == n, "strlen", n, at);
    check(!late_strchr(a, 'x') && late_strchr(a, 0) == a + n, "strchr", n, at);
    check(late___strchrnul(b, 'x') == b + n, "strchrnul", n, at);
    check(!late_memchr(a, 'x', n), "memchr", n, at);
    check(late_memchr(a, 0, n + 1) == a + n, "memchr", n, at);
    check(late_memchr(b, 0, SIZE_MAX) == b + n, "memchr", n, at);
    check(!late_memchr(a, 0, n), "memchr", n, at);
    check(!late_strcmp(a, b) && !late_strncmp(a, b, n), "strcmp", n, at);
    for (size_t i = 0; i < n; i += n > 40 ? 5 : 1) {
        char was = a[i];
        a[i] = 'x';
        check(late_strchr(a, 'x') == a + i, "strchr", n, i);
        check(late___strchrnul(a, 'x') == a + i, "strchrnul", n, i);
        check(late_memchr(a, 'x', n) == a + i, "memchr", n, i);
        check(late_memchr(a, 'x', i + 1) == a + i, "memchr", n, i);
        check(!late_memchr(a, 'x', i), "memchr", n, i);
        int expect = sign((unsigned char)'x' - (unsigned char)b[i]);
        check(sign(late_strcmp(a, b)) == expect, "strcmp", n, i);
        check(sign(late_strncmp(a, b, n)) == expect, "strncmp", n, i);
        check(!late_strncmp(a, b, i), "strncmp", n, i);
        a[i] = was;
    }
}

static void set(size_t n, size_t at)
{
    int good = 1;

    fill(page_a, PAGE, 5);
    fill(page_b, PAGE, 5);
    for (size_t i = 0; i < n; i++)
        page_b[at + i] = 0x5a;
    good &= late_memset(page_a + at, 0x15a, n) == page_a + at;
    for (size_t i = 0; i < PAGE; i++)
        good &= page_a[i] == page_b[i];
    check(good, "memset", n, at);
}

int main(void)
{
    page_a = page();
    page_b = page();
    for (size_t n = 0; n < LARGE; n += n < LONG ? 1 : 97) {
        moves(n);
        set(n, PAGE - n);
        for (size_t at = 0; at < 17; at++) {
            set(n, at);
            compared(n, at);
            text(n, at);
        }
    }
    printf("%ld calls, %ld wrong\n", calls, wrong);
    return 0;
}
