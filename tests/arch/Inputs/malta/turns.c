/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <stdio.h>

/* Threads that never call anything take turns, and keep their registers. */
static volatile int last, changes, stop;
static volatile unsigned long bad;

static void *spin(void *p)
{
    int me = (int)(long)p;
    double x = me + 0.5, y = x, z = 3 * x;
    unsigned a = me, b = a * 7;
    unsigned long long wide = me;

    while (!stop) {
        a = a * 1664525 + 7;
        b = b * 1664525 + 49;
        y = y * 3 - 2 * x;
        z = z * 3 - 6 * x;
        wide = (wide * 0x100000001ull + a) / 3;
        if (b != a * 7 || y != x || z != 3 * x)
            bad++;
        if (last != me) {
            last = me;
            if (++changes > 50)
                stop = 1;
        }
    }
    return (void *)(long)wide;
}

int main(void)
{
    pthread_t t[3];
    for (long i = 0; i < 3; i++)
        pthread_create(&t[i], 0, spin, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("bad %lu, enough %d\n", bad, changes > 50);
    return 0;
}
