/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * keys.c: what a program with one thread does with calls that are for several.
 *
 * RUN: sh %S/../ipc/Inputs/same.sh %t %s | FileCheck %s
 * CHECK: linuxu: as on Linux
 * CHECK: kvm: as on Linux
 * CHECK: control: told
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

#define SAY(x) printf("%s = %ld\n", #x, (long)(x))

int main(int argc, char **argv)
{
    pthread_key_t a, b;
    static int value;

    SAY(pthread_key_create(&a, NULL));
    SAY(pthread_key_create(&b, NULL));
    SAY(pthread_setspecific(a, &value));
    SAY(pthread_getspecific(a) == &value);
    SAY(pthread_getspecific(b) == NULL);
    SAY(pthread_key_delete(a));
    SAY(pthread_key_create(&a, NULL));
    SAY(pthread_getspecific(a) == NULL);
    SAY(pthread_key_delete(b));
    SAY(setuid(getuid()));
    pthread_testcancel();
    SAY(argc > 1 && argv[1][0]);
    return 0;
}
