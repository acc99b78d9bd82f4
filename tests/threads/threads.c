/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * threads.c: POSIX threads as on Linux.
 *
 * RUN: sh %S/../ipc/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include <errno.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SAY(x) printf("%s = %ld\n", #x, (long)(x))

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond = PTHREAD_COND_INITIALIZER;
static int turn;
static char log_text[400], *log_end = log_text;
static __thread int mine = 7;
static __thread char large[6000] = {1, 2};

static struct timespec after_ms(clockid_t clock, long ms)
{
    struct timespec t;

    clock_gettime(clock, &t);
    t.tv_nsec += ms * 1000000;
    t.tv_sec += t.tv_nsec / 1000000000;
    t.tv_nsec %= 1000000000;
    return t;
}

/* ---- in turn ---- */

static void *in_turn(void *p)
{
    long n = (long)p;

    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&mutex);
        while (turn != n)
            pthread_cond_wait(&cond, &mutex);
        mine++;
        large[1]++;
        sprintf(log_end, "thread %ld: %d %d\n", n, mine, large[1]);
        log_end += strlen(log_end);
        turn = (turn + 1) % 3;
        pthread_cond_broadcast(&cond);
        pthread_mutex_unlock(&mutex);
    }
    return (void *)(n * n);
}

static void turns(void)
{
    pthread_t t[3];
    void *r;

    for (long i = 0; i < 3; i++)
        SAY(pthread_create(&t[i], NULL, in_turn, (void *)i));
    for (int i = 0; i < 3; i++) {
        SAY(pthread_join(t[i], &r));
        SAY(r);
    }
    fputs(log_text, stdout);
    SAY(mine);
}

/* ---- loops that wait ---- */

static volatile int stop;
static atomic_int arrived;

static void *spin(void *p)
{
    unsigned long n = 0;

    arrived++;
    while (!stop)
        n++;
    return (void *)(long)(n > 100);
}

static void spinning(void)
{
    pthread_t t[4];
    void *r;

    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, spin, NULL);
    while (arrived < 4) /* also without any call */
        ;
    usleep(30000);
    stop = 1;
    for (int i = 0; i < 4; i++) {
        pthread_join(t[i], &r);
        SAY(r);
    }
}

/* ---- counted under locks ---- */

static long counter, spun;
static pthread_spinlock_t spinlock;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;

static void *count(void *p)
{
    for (int i = 0; i < 20000; i++) {
        pthread_mutex_lock(&mutex);
        counter++;
        pthread_mutex_unlock(&mutex);
        pthread_spin_lock(&spinlock);
        spun++;
        pthread_spin_unlock(&spinlock);
        if (i % 100 == 0) {
            pthread_rwlock_wrlock(&rwlock);
            free(malloc(100 + i % 1000));
            pthread_rwlock_unlock(&rwlock);
        }
    }
    return p;
}

static void counting(void)
{
    pthread_t t[8];

    pthread_spin_init(&spinlock, 0);
    for (int i = 0; i < 8; i++)
        pthread_create(&t[i], NULL, count, NULL);
    for (int i = 0; i < 8; i++)
        pthread_join(t[i], NULL);
    SAY(counter);
    SAY(spun);
}

/* ---- mutexes of all types ---- */

static pthread_mutex_t typed;

static void *other(void *p)
{
    struct timespec t = after_ms(CLOCK_REALTIME, 20);

    SAY(pthread_mutex_trylock(&typed));
    SAY(pthread_mutex_timedlock(&typed, &t));
    SAY(pthread_mutex_unlock(&typed) == EPERM || *(int *)p == 0);
    return NULL;
}

static void mutexes(void)
{
    int types[] = {PTHREAD_MUTEX_NORMAL, PTHREAD_MUTEX_RECURSIVE,
                   PTHREAD_MUTEX_ERRORCHECK};

    for (int i = 0; i < 6; i++) {
        pthread_mutexattr_t a;
        pthread_t t;

        pthread_mutexattr_init(&a);
        SAY(pthread_mutexattr_settype(&a, types[i % 3]));
        if (i >= 3)
            SAY(pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT));
        pthread_mutex_init(&typed, &a);
        SAY(pthread_mutex_lock(&typed));
        SAY(pthread_mutex_trylock(&typed));
        if (i % 3 == 0)
            pthread_mutex_unlock(&typed), pthread_mutex_lock(&typed);
        if (types[i % 3] != PTHREAD_MUTEX_NORMAL) {
            pthread_create(&t, NULL, other, &types[i % 3]);
            pthread_join(t, NULL);
        }
        SAY(pthread_mutex_unlock(&typed));
        pthread_mutex_destroy(&typed);
    }
}

static void *die_with_lock(void *p)
{
    pthread_mutex_lock(p);
    return NULL;
}

static void robust(void)
{
    static pthread_mutex_t m;
    pthread_mutexattr_t a;
    pthread_t t;

    pthread_mutexattr_init(&a);
    SAY(pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST));
    pthread_mutex_init(&m, &a);
    pthread_create(&t, NULL, die_with_lock, &m);
    pthread_join(t, NULL);
    SAY(pthread_mutex_lock(&m) == EOWNERDEAD);
    SAY(pthread_mutex_consistent(&m));
    SAY(pthread_mutex_unlock(&m));
    SAY(pthread_mutex_lock(&m));
    SAY(pthread_mutex_unlock(&m));
}

/* ---- barriers, semaphores, once, keys ---- */

static pthread_barrier_t barrier;
static atomic_int serial;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_int once_runs, destroyed;
static pthread_key_t key;
static sem_t sem;

static void run_once(void)
{
    usleep(5000);
    once_runs++;
}

static void destroy(void *p)
{
    destroyed += (int)(long)p;
}

static void *meet(void *p)
{
    for (int i = 0; i < 10; i++)
        serial += pthread_barrier_wait(&barrier) ==
                  PTHREAD_BARRIER_SERIAL_THREAD;
    pthread_once(&once, run_once);
    if (once_runs != 1)
        puts("not once");
    pthread_setspecific(key, (void *)3L);
    sem_wait(&sem);
    return NULL;
}

static void meeting(void)
{
    pthread_t t[4];
    struct timespec at;
    int value;

    pthread_key_create(&key, destroy);
    pthread_barrier_init(&barrier, NULL, 4);
    sem_init(&sem, 0, 2);
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, meet, NULL);
    do
        usleep(50000);
    while (sem_getvalue(&sem, &value) == 0 && value);
    SAY(sem_getvalue(&sem, &value));
    SAY(value);
    sem_post(&sem);
    sem_post(&sem);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    SAY(serial);
    SAY(once_runs);
    SAY(destroyed);
    SAY(sem_trywait(&sem));
    SAY(errno == EAGAIN);
    at = after_ms(CLOCK_REALTIME, 20);
    SAY(sem_timedwait(&sem, &at));
    SAY(errno == ETIMEDOUT);
}

/* ---- time limits, detached threads, attributes ---- */

static void *leave_mark(void *p)
{
    usleep(10000);
    *(volatile int *)p = 1;
    return NULL;
}

static void limits(void)
{
    struct timespec t = after_ms(CLOCK_REALTIME, 20);
    pthread_condattr_t ca;
    pthread_cond_t c;
    pthread_attr_t a;
    pthread_t id;
    static volatile int mark;
    size_t size;

    pthread_mutex_lock(&mutex);
    SAY(pthread_cond_timedwait(&cond, &mutex, &t) == ETIMEDOUT);
    pthread_condattr_init(&ca);
    pthread_condattr_setclock(&ca, CLOCK_MONOTONIC);
    pthread_cond_init(&c, &ca);
    t = after_ms(CLOCK_MONOTONIC, 20);
    SAY(pthread_cond_timedwait(&c, &mutex, &t) == ETIMEDOUT);
    pthread_mutex_unlock(&mutex);

    pthread_attr_init(&a);
    SAY(pthread_attr_setdetachstate(&a, PTHREAD_CREATE_DETACHED));
    SAY(pthread_attr_setstacksize(&a, 1 << 22));
    SAY(pthread_attr_getstacksize(&a, &size));
    SAY(size);
    SAY(pthread_create(&id, &a, leave_mark, (void *)&mark));
    while (!mark)
        sched_yield();
    for (int i = 0; i < 300; i++) /* their stacks are given back */
        if (pthread_create(&id, &a, leave_mark, (void *)&mark)) {
            usleep(20000);
            i--;
        }
    puts("300 detached");
    usleep(50000);
}

static void *deep(void *p)
{
    char block[3 << 20];

    memset(block, 1, sizeof block);
    return (void *)(long)block[(long)p];
}

static void stacks(void)
{
    pthread_attr_t a;
    pthread_t t[3];
    void *r;

    pthread_attr_init(&a);
    pthread_attr_setstacksize(&a, 4 << 20);
    for (long i = 0; i < 3; i++)
        SAY(pthread_create(&t[i], &a, deep, (void *)i));
    for (int i = 0; i < 3; i++) {
        pthread_join(t[i], &r);
        SAY(r);
    }
}

int main(void)
{
    turns();
    spinning();
    counting();
    mutexes();
    robust();
    meeting();
    limits();
    stacks();
    return 0;
}
