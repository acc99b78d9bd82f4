#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# What is a PV guest's own: the program runs in user mode, so a fault or a tick
# leaves the 128 bytes below the stack pointer alone, and its own system calls
# do not reach Xen; pages may do what they are told to; threads, signals and
# fork are as on Linux.
# REQUIRES: long
# RUN: bash %s %t %S/.. 2>&1 | FileCheck %s
# CHECK: red zone 0
# CHECK-NEXT: own call 132 >>> invalid instruction
# CHECK-NEXT: xenpv-x86_64 128M: control 0 unmap 139 none 139 read 139 map 139
# CHECK-SAME: data 139 heap 139 again 0 many 0
# CHECK-NEXT: xenpv-x86_64 6M: control 0 unmap 139 none 139 read 139 map 139
# CHECK-SAME: data 139 heap 139 again 0 many 0
# CHECK-NEXT: threads: xenpv: as on Linux control: told
# CHECK-NEXT: signals: xenpv: as on Linux control: told
# CHECK-NEXT: cancel: xenpv: as on Linux control: told
# CHECK-NEXT: fork: 0 parent child 7
set -u
out=$1 tests=$2
rm -rf "$out"
mkdir -p "$out"
cd "$out" || exit 1
image() { echo "out/$1/xenpv-x86_64/image"; }
make() { unicore-specialize -q -t xenpv-x86_64 "$1"; }

cat > zone.c <<'C'
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

static atomic_int end;

static void *other(void *arg)
{
    for (long i = 0; !end; i++)
        ;
    return arg;
}

/* Keeps numbers below the stack pointer while it touches a page: are they there? */
static long kept(volatile char *page, long rounds)
{
    long ok = 1;

    __asm__ volatile("1: mov %1, -8(%%rsp)\n"
                     "mov %1, -128(%%rsp)\n"
                     "movb $1, (%2)\n"
                     "cmp %1, -8(%%rsp)\n"
                     "jne 2f\n"
                     "cmp %1, -128(%%rsp)\n"
                     "jne 2f\n"
                     "dec %1\n"
                     "jnz 1b\n"
                     "jmp 3f\n"
                     "2: xor %0, %0\n"
                     "3:"
                     : "+r"(ok), "+r"(rounds)
                     : "r"(page)
                     : "memory", "cc");
    return ok;
}

int main(void)
{
    char *p = malloc(1000 * 4096);
    pthread_t t;

    for (int i = 0; i < 1000; i += 2)
        if (!kept(p + i * 4096, 1))
            return 1;
    pthread_create(&t, NULL, other, NULL);
    for (int i = 0; i < 20; i++) /* many ticks */
        if (!kept(p, 20000000))
            return 2;
    end = 1;
    return pthread_join(t, NULL);
}
C
make zone.c
unicore-run -t 100 "$(image zone)"
echo "red zone $?"

cat > own.c <<'C'
int main(void)
{
    long r, n = 1; /* Linux's write is Xen's change of page tables */

    __asm__ volatile("syscall"
                     : "=a"(r)
                     : "a"(n), "D"(1), "S"("own\n"), "d"(4)
                     : "rcx", "r11", "memory");
    return 0;
}
C
make own.c
unicore-run "$(image own)" > /dev/null 2> err
echo "own call $? $(grep '>>> invalid' err)"

# shellcheck source=../boot/Inputs/protect.sh
. "$tests/boot/Inputs/protect.sh"
cp "$tests/boot/Inputs/protect.c" in.c
make in.c
protect xenpv-x86_64 128M
protect xenpv-x86_64 6M

for name in threads signals cancel; do
    echo "$name: $(sh "$tests/ipc/Inputs/same.sh" "$PWD/$name" \
        "$tests/threads/$name.c" x86_64 xenpv | tr '\n' ' ')"
done

cat > child.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

int main(void)
{
    char *what = malloc(100);
    int status;

    strcpy(what, "parent");
    if (!fork()) {
        strcpy(what, "child");
        _exit(7);
    }
    wait(&status);
    printf("%s child %d\n", what, WEXITSTATUS(status));
    return 0;
}
C
make child.c
said=$(unicore-run "$(image child)" 2> /dev/null)
echo "fork: $? $(echo "$said" | tail -n 1)"
