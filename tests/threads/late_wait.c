/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The first wait comes when the firmware's timer has long raised an interrupt
 * that nobody took: it must not come in with the first of ours.
 *
 * RUN: unicore-specialize -q -t kvm-x86_64,bare-x86_64 -o %t %s
 * RUN: unicore-run -t 60 %t/late_wait/kvm-x86_64/image | FileCheck %s
 * RUN: unicore-run -t 60 --machine q35 %t/late_wait/kvm-x86_64/image | FileCheck %s
 * RUN: unicore-run -t 60 --machine pc %t/late_wait/bare-x86_64/image | FileCheck %s
 * CHECK: done
 */
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static void *other(void *arg)
{
    const struct timespec t = {0, 1000000};

    (void)arg;
    for (int i = 0; i < 20; i++)
        nanosleep(&t, NULL);
    return NULL;
}

static long long now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

int main(void)
{
    const long long start = now();
    pthread_t t;

    while (now() - start < 200000000) /* several of its periods */
        ;
    pthread_create(&t, NULL, other, NULL);
    pthread_join(t, NULL);
    puts("done");
    return 0;
}
