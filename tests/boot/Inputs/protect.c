/* SPDX-License-Identifier: BSD-2-Clause */
/* protect.c WHAT: one access that is not allowed; see run_protect.sh. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PAGE = 4096, N = 20 };

static char data[3 * PAGE] __attribute__((aligned(PAGE))) = {1};

static char *map(int prot)
{
    return mmap(0, N * PAGE, prot, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

/* Forbidden accesses by turns, and what lies around them stays. */
static int wrong(const char *what, volatile char *p)
{
    if (!strcmp(what, "unmap"))
        return munmap((char *)p + 5 * PAGE, PAGE) || p[5 * PAGE];
    if (!strcmp(what, "none"))
        return mprotect((char *)p + 5 * PAGE, PAGE, PROT_NONE) || p[5 * PAGE];
    if (!strcmp(what, "read"))
        return mprotect((char *)p + 5 * PAGE, PAGE, PROT_READ) ||
               p[5 * PAGE] != 1 || (p[5 * PAGE] = 2);
    if (!strcmp(what, "map"))
        return *map(PROT_READ) || (*map(PROT_READ) = 2);
    if (!strcmp(what, "data"))
        return mprotect(data + PAGE, PAGE, PROT_READ) || data[PAGE] ||
               (data[0] = 1, data[2 * PAGE] = 1, data[PAGE] = 2);
    p = aligned_alloc(PAGE, 3 * PAGE);
    return mprotect((char *)p + PAGE, PAGE, PROT_NONE) ||
           (p[0] = 1, p[2 * PAGE] = 1, p[PAGE] = 1);
}

static int again(char *p)
{
    char *q;
    if (mprotect(p, N * PAGE, PROT_NONE) || mprotect(p, N * PAGE, PROT_READ) ||
        p[N * PAGE - 1] != 1)
        return 1;
    if (mprotect(p + PAGE, PAGE, PROT_READ | PROT_WRITE) || !(p[PAGE] = 3))
        return 2;
    if (mprotect(p, PAGE, PROT_READ | PROT_EXEC) == 0 || errno != EACCES)
        return 3;
    if (munmap(p, N * PAGE))
        return 4;
    if (mprotect(p, PAGE, PROT_READ) == 0 || errno != ENOMEM)
        return 5;
    q = map(PROT_READ | PROT_WRITE);
    for (int i = 0; i < N * PAGE; i++)
        if (q[i])
            return 6;
    memset(q, 1, N * PAGE);
    /* a program break that grows over what was unmapped */
    return sbrk(0) == (void *)-1 || !memset(malloc(100), 1, 100) ? 7 : 0;
}

/* All memory, given back by pieces: no table is needed to use it again. */
static int many(void)
{
    for (int round = 0; round < 3; round++) {
        size_t n = (size_t)1 << 32;
        char *p;
        while ((p = mmap(0, n, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)) == MAP_FAILED)
            n = n / 8 * 7 / PAGE * PAGE;
        for (size_t i = 0; i < n; i += 64 * PAGE)
            p[i] = 1;
        for (size_t i = 0; i < n; i += 3 * PAGE)
            if (munmap(p + i, PAGE))
                return 1;
        for (size_t i = 0; i < n; i += 3 * PAGE)
            if (mmap(p + i, PAGE, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != p + i)
                break;
        if (munmap(p, n))
            return 2;
    }
    return 0;
}

int main(int argc, char **argv)
{
    const char *what = argc > 1 ? argv[1] : "";
    char *p = map(PROT_READ | PROT_WRITE);

    memset(p, 1, N * PAGE);
    if (!strcmp(what, "control"))
        return munmap(p + 5 * PAGE, PAGE) || p[5 * PAGE - 1] != 1 ||
               p[6 * PAGE] != 1 || (p[6 * PAGE] = 0);
    if (!strcmp(what, "again"))
        return again(p);
    if (!strcmp(what, "many"))
        return many();
    return wrong(what, p) ? 1 : 2;
}
