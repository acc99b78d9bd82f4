/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

/* Waits for another thread in a loop of its own, by a number of 64 bits. */
static _Atomic uint64_t turns;

static void *count(void *p)
{
    for (int i = 0; i < 1000; i++)
        atomic_fetch_add(&turns, 1);
    return p;
}

int main(void)
{
    pthread_t t;

    pthread_create(&t, NULL, count, NULL);
    while (atomic_load(&turns) < 1000)
        ;
    puts("waited");
    return 0;
}
