#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Blocks of all sizes: aligned, apart, and as they were written. */
int main(void)
{
    enum { N = 400 };
    static unsigned char *p[N];
    static size_t size[N];
    uint32_t seed = 1, bad = 0;

    for (int i = 0; i < 20000; i++) {
        seed = seed * 1103515245 + 12345;
        int k = (int)(seed >> 8) % N;
        if (p[k])
            for (size_t j = 0; j < size[k]; j += 97)
                bad += p[k][j] != (unsigned char)k;
        size[k] = (seed >> 16) % (i % 50 ? 700 : 70000) + 1;
        p[k] = realloc(p[k], size[k]);
        bad += (uintptr_t)p[k] % 16 != 0; /* as musl's, on all processors */
        memset(p[k], k, size[k]);
    }
    for (int i = 0; i < 2000; i++) { /* wider ones among them */
        size_t align = (size_t)8 << i % 10;
        int k = i * 7 % N;
        free(p[k]);
        size[k] = align * (1 + (size_t)i % 5);
        p[k] = aligned_alloc(align, size[k]);
        bad += (uintptr_t)p[k] % align != 0;
        memset(p[k], k, size[k]);
    }
    for (int k = 0; k < N; k++)
        for (size_t j = 0; p[k] && j < size[k]; j++)
            bad += p[k][j] != (unsigned char)k;
    printf("%u\n", (unsigned)bad);
    char *big = calloc(1, 30 << 20);
    size_t zeros = 0;
    for (size_t i = 0; i < 30 << 20; i += 4096)
        zeros += big[i] == 0;
    printf("%u\n", (unsigned)zeros);
    void *a = aligned_alloc(4096, 8192);
    printf("%d\n", (uintptr_t)a % 4096 == 0);
    return 0;
}
