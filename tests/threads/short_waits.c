/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Many waits of almost no time, with a second thread, so that each is followed
 * by the timer's change to periodic ticks: the monitor must never see those
 * begin with the period of the wait.
 *
 * RUN: unicore-specialize -q -t kvm-x86_64 -o %t %s
 * RUN: unicore-run -t 100 %t/short_waits/kvm-x86_64/image | FileCheck %s
 * RUN: unicore-run -t 100 --machine q35 %t/short_waits/kvm-x86_64/image | FileCheck %s
 * CHECK: done
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static atomic_int done;

static void *other(void *arg)
{
    const struct timespec long_time = {0, 50000000};

    (void)arg;
    while (!done)
        nanosleep(&long_time, NULL);
    return NULL;
}

int main(void)
{
    pthread_t t;

    pthread_create(&t, NULL, other, NULL);
    for (int i = 0; i < 30000; i++) {
        const struct timespec almost_none = {0, i % 50};
        nanosleep(&almost_none, NULL);
    }
    done = 1;
    pthread_join(t, NULL);
    puts("done");
    return 0;
}
