/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * malloc.c: the contract of role malloc, on every implementation, over
 * posix/core's memory (mimalloc: over the host's).
 *
 * RUN: sh %S/Inputs/malloc.sh %root %t tlsf %s && %t | FileCheck %s
 * RUN: sh %S/Inputs/malloc.sh %root %t tlsf %s -DHEAP=3000000 && %t small \
 * RUN:     | FileCheck %s --check-prefix=SMALL
 * RUN: sh %S/Inputs/malloc.sh %root %t bump %s && %t bump | FileCheck %s
 * RUN: sh %S/Inputs/malloc.sh %root %t mimalloc %s && %t | FileCheck %s
 * CHECK: 200000 calls, all as they should be
 * SMALL: ran out of memory {{[1-9]}}, and recovered each time
 */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <uc/malloc.h>
#include <uc/mem.h>
#include <uc/sys.h>

enum {
    SLOTS = 700,
    CALLS = 200000
};

bool uc_tlsf_check(void) __attribute__((weak));

struct slot {
    unsigned char *p;
    size_t n;
    unsigned char fill;
};
static struct slot slots[SLOTS];
static uint64_t random_state = 1;
static long call;
static bool frees = true;

static unsigned random_below(unsigned n)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return (unsigned)(random_state >> 33) % n;
}

static void expect(bool ok, const char *what)
{
    if (ok)
        return;
    printf("call %ld: %s\n", call, what);
    fflush(stdout);
    __builtin_trap();
}

static void check(const struct slot *s, size_t n)
{
    for (size_t i = 0; i < n; i++)
        expect(s->p[i] == s->fill, "a block changed by itself");
}

static void fill(struct slot *s, size_t n)
{
    expect(!((uintptr_t)s->p & 15), "not aligned to 16");
    expect(malloc_usable_size(s->p) >= n, "usable size too small");
    s->n = n;
    s->fill = (unsigned char)random_below(256);
    memset(s->p, s->fill, n);
}

static size_t random_size(void)
{
    switch (random_below(20)) {
    case 0:
        return random_below(200000) / (frees ? 1 : 50);
    case 1:
    case 2:
    case 3:
        return random_below(5000) / (frees ? 1 : 5);
    case 4:
        return 0;
    }
    return random_below(200);
}

static void take(struct slot *s)
{
    size_t n = random_size();
    size_t align = (size_t)16 << random_below(9);
    switch (random_below(4)) {
    case 0:
        s->p = calloc(n / 3 + 1, 3);
        for (size_t i = 0; s->p && i < n; i++)
            expect(!s->p[i], "calloc gave memory that is not zero");
        break;
    case 1:
        if (random_below(4) == 0) {
            s->p = memalign(align, n);
            expect(!((uintptr_t)s->p & (align - 1)), "memalign: alignment");
            break;
        }
        /* fall through */
    default:
        s->p = malloc(n);
    }
    expect(s->p, "no memory");
    fill(s, n);
}

static void resize(struct slot *s)
{
    size_t n = random_below(3) ? random_size() : s->n + random_below(100);
    unsigned char *p = realloc(s->p, n ? n : 1);
    expect(p, "realloc: no memory");
    s->p = p;
    check(s, n < s->n ? n : s->n);
    fill(s, n);
}

static void give(struct slot *s)
{
    check(s, s->n);
    free(s->p);
    s->p = 0;
}

static void torture(void)
{
    for (call = 0; call < CALLS; call++) {
        struct slot *s = &slots[random_below(SLOTS)];
        if (!s->p)
            take(s);
        else if (random_below(3) == 0)
            resize(s);
        else
            give(s);
        if (call % 997 == 0 && uc_tlsf_check)
            expect(uc_tlsf_check(), "structure damaged");
        if (call % 50000 == 49999) /* another user of brk */
            uc_sys_brk(uc_sys_brk(0) + 5000 + 8 * (call % 3));
    }
    printf("%ld calls, all as they should be\n", call);
}

static void refusals(void)
{
    errno = 0;
    expect(!malloc(SIZE_MAX), "malloc(SIZE_MAX)");
    expect(errno == ENOMEM, "errno after malloc");
    errno = 0;
    expect(!calloc(SIZE_MAX / 2, 3), "calloc overflow");
    expect(errno == ENOMEM, "errno after calloc");
    errno = 0;
    expect(!memalign(64, SIZE_MAX - 70), "memalign overflow");
    expect(errno == ENOMEM, "errno after memalign");
    char *p = malloc(10);
    expect(!realloc(p, PTRDIFF_MAX), "realloc too large");
    free(p);
    free(NULL);
    expect(malloc_usable_size(NULL) == 0, "usable size of NULL");
    char *a = malloc(0), *b = malloc(0);
    expect(a && b && a != b, "malloc(0) twice");
}

/* Growing one block step by step must not use up quadratic memory. */
static void append(void)
{
    char *p = NULL;
    for (size_t n = 1; n < 20000; n += 7) {
        p = realloc(p, n);
        expect(p, "append");
        p[n - 1] = 1;
    }
    free(p);
}

/* Memory that was never used before, to the last byte of each block. */
static void fresh(void)
{
    for (int i = 0; i < 100000; i++) {
        size_t n = 8 + random_below(400) / 8 * 8;
        unsigned char *p = calloc(1, n);
        expect(p, "fresh: no memory");
        for (size_t k = 0; k < n; k++)
            expect(!p[k], "fresh memory is not zero");
        memset(p, 0xff, malloc_usable_size(p));
    }
}

static void run_out(void)
{
    int times = 0;
    void *first = NULL;
    for (int round = 0; round < 5; round++) {
        size_t n = (size_t)1 << (6 + 2 * round), blocks = 0;
        void **list = NULL, **p;
        errno = 0;
        while ((p = malloc(n))) {
            memset(p, 0xa5, n);
            *p = list;
            list = p;
            blocks++;
        }
        expect(errno == ENOMEM, "errno when memory is used up");
        expect(blocks * n > 2000000, "gave up too early");
        for (; list; list = p) {
            p = *list;
            free(list);
        }
        expect(uc_tlsf_check(), "structure damaged");
        times++;
        if (!first)
            first = malloc(1);
    }
    void *big = malloc(2000000);
    expect(big, "all free, and yet no large block");
    printf("ran out of memory %d, and recovered each time\n", times);
}

int main(int argc, char **argv)
{
    frees = argc < 2 || strcmp(argv[1], "bump") != 0;
    if (argc > 1 && strcmp(argv[1], "small") == 0) {
        run_out();
        return 0;
    }
    refusals();
    append();
    fresh();
    torture();
    return 0;
}
