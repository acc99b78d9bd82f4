/* SPDX-License-Identifier: BSD-2-Clause */
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/time.h>

/*
 * Numbers of 64 bits that several threads and a signal's handler change: every
 * change counts once, and no half of one is ever seen. The carry goes from one
 * half to the other all the time.
 */
enum {
    THREADS = 4,
    HANDLED = 300,
};

static const uint64_t STEP = 0xfffffff1;
static _Atomic uint64_t sum, swapped, bits, pair;
static _Atomic double real;
static _Atomic int handled;
static volatile int torn;
struct big {
    uint64_t a, b, c;
};
static _Atomic(struct big) big;

static void handler(int sig)
{
    (void)sig;
    if (handled < HANDLED) {
        sum += STEP;
        swapped++;
        handled++;
    }
}

static void add_swapping(void)
{
    uint64_t was = swapped;

    while (!atomic_compare_exchange_weak(&swapped, &was, was + 1))
        ;
}

static void *work(void *p)
{
    uint64_t mine = (uintptr_t)p, seen;

    uintptr_t i;

    for (i = 0; handled < HANDLED; i++) {
        sum += STEP;
        add_swapping();
        bits ^= (uint64_t)1 << (mine + i % 60);
        bits ^= (uint64_t)1 << (mine + i % 60);
        pair = mine << 32 | mine;
        seen = pair;
        if (seen >> 32 != (uint32_t)seen)
            torn = 1;
        real = real + 0.0;
        big = (struct big){mine, mine, mine};
        struct big b = big;
        if (b.a != b.b || b.b != b.c)
            torn = 1;
    }
    return (void *)i;
}

int main(void)
{
    struct itimerval t = {{0, 1000}, {0, 1000}};
    pthread_t threads[THREADS];
    uint64_t all = HANDLED;
    struct sigaction how = {.sa_handler = handler, .sa_flags = SA_RESTART};

    sigaction(SIGALRM, &how, NULL);
    setitimer(ITIMER_REAL, &t, NULL);
    for (uintptr_t i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, work, (void *)i);
    for (int i = 0; i < THREADS; i++) {
        void *rounds;
        pthread_join(threads[i], &rounds);
        all += (uintptr_t)rounds;
    }
    printf("sum %d swapped %d bits %llx torn %d\n", sum == STEP * all,
           swapped == all, (unsigned long long)bits, torn);
    printf("exchange %d\n", atomic_exchange(&swapped, 7) == all);
    printf("and %llx\n", (unsigned long long)atomic_fetch_and(&swapped, 5));
    printf("or %llx\n",
           (unsigned long long)atomic_fetch_or(&swapped, 0x100000000));
    printf("nand %llx\n", (unsigned long long)__atomic_fetch_nand(
                              (uint64_t *)&swapped, 4, __ATOMIC_SEQ_CST));
    printf("sub %llx\n", (unsigned long long)atomic_fetch_sub(&swapped, 1));
    printf("%llx\n", (unsigned long long)swapped);
    return 0;
}
