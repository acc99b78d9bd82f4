/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * threads.c: threads that write, sync, read and rename on one disk at once:
 * each finds in its files what it has written, others run while one waits, and
 * in the end the disk is sound.
 *
 * RUN: sh %S/Inputs/threads.sh %s %t | FileCheck %s
 * CHECK: kvm: 4 threads, 400 rounds: done
 * CHECK: kvm: 4 threads, 400 rounds: done
 * CHECK: linuxu: 4 threads, 400 rounds: done
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    THREADS = 4,
    ROUNDS = 100,
    SIZE = 30000
};

static volatile long turns[THREADS];

static void fail(const char *what, int me, int round)
{
    printf("%s: thread %d, round %d\n", what, me, round);
    exit(1);
}

static void *work(void *arg)
{
    int me = (int)(long)arg;
    char path[40], next[40], *data = malloc(SIZE), *back = malloc(SIZE);

    for (int i = 0; i < ROUNDS; i++, turns[me]++) {
        sprintf(path, "/t%d-%d", me, i % 7);
        sprintf(next, "/t%d-%d", me, (i + 3) % 7);
        for (int k = 0; k < SIZE; k++)
            data[k] = (char)(k * 7 + me * 31 + i);
        int fd = open(path, O_CREAT | O_RDWR | O_TRUNC, 0644);
        if (write(fd, data, SIZE) != SIZE)
            fail("write", me, i);
        if (i % 3 == me % 3 && fsync(fd) != 0)
            fail("fsync", me, i);
        if (rename(path, next) != 0)
            fail("rename", me, i);
        if (pread(fd, back, SIZE, 0) != SIZE || memcmp(data, back, SIZE) != 0)
            fail("contents", me, i);
        close(fd);
        if (i % 5 == 0 && unlink(next) != 0)
            fail("unlink", me, i);
    }
    free(data);
    free(back);
    return NULL;
}

int main(void)
{
    pthread_t t[THREADS];
    long all = 0;

    for (long i = 0; i < THREADS; i++)
        pthread_create(&t[i], NULL, work, (void *)i);
    for (int i = 0; i < THREADS; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < THREADS; i++)
        all += turns[i];
    printf("%d threads, %ld rounds: done\n", THREADS, all);
    return 0;
}
