/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * cancel.c: threads that are told to end while they wait in a call: what they
 * still do afterwards, a wake among it, must happen; so must what a handler
 * does that runs in the middle of the call. As an image over the kernel's
 * threads too.
 *
 * RUN: sh %S/../ipc/Inputs/same.sh %t %s | FileCheck %s
 * RUN: cd %t && unicore-specialize -q -t linuxu-x86_64 -o plain cancel
 * RUN: timeout 60 plain/cancel/linuxu-x86_64/image | cmp - expected
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include <pthread.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
    TIMES = 30
};

static sem_t started, handled;
static int fds[2], cleaned, type;

static void nap(long ms)
{
    struct timespec t = {ms / 1000, ms % 1000 * 1000000};

    nanosleep(&t, NULL);
}

static void clean(void *p)
{
    nap(1);
    ++*(int *)p;
}

static void *sleeps(void *p)
{
    pthread_setcanceltype(type, NULL);
    pthread_cleanup_push(clean, &cleaned);
    sem_post(&started);
    for (int i = 0; i < 20; i++)
        nap(500);
    pthread_cleanup_pop(0);
    return p;
}

static void *reads(void *p)
{
    char c;

    pthread_cleanup_push(clean, &cleaned);
    sem_post(&started);
    read(fds[0], &c, 1);
    pthread_cleanup_pop(0);
    return p;
}

static void handler(int sig)
{
    (void)sig;
    sem_post(&handled);
}

static void cancel(void *(*thread)(void *), int signals)
{
    pthread_t t;
    void *result;

    pthread_create(&t, NULL, thread, NULL);
    sem_wait(&started);
    for (int i = 0; i < signals; i++) {
        pthread_kill(t, SIGUSR1);
        sem_wait(&handled);
    }
    pthread_cancel(t);
    pthread_join(t, &result);
    if (result != PTHREAD_CANCELED)
        printf("not canceled\n");
}

int main(void)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};

    sem_init(&started, 0, 0);
    sem_init(&handled, 0, 0);
    sigaction(SIGUSR1, &action, NULL);
    pipe(fds);
    for (int i = 0; i < TIMES; i++) {
        type = PTHREAD_CANCEL_ASYNCHRONOUS;
        cancel(sleeps, 0);
        type = PTHREAD_CANCEL_DEFERRED;
        cancel(sleeps, 0);
        cancel(reads, 0);
        cancel(reads, 3);
    }
    printf("%d cleaned\n", cleaned);
    return 0;
}
