#!/bin/bash
# The time is kept, and files exist, for whoever asks by a less usual call;
# each is a program of its own, so that no other one keeps the code. The
# controls are programs that ask nothing: they have neither.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK:      utimensat(AT_FDCWD, f, 0, 0); stat(f, &s); s.st_mtime > 1e9: 1
# CHECK-NEXT: utime(f, 0); stat(f, &s); s.st_mtime > 1e9: 1
# CHECK-NEXT: mkfifo("/p", 0600); stat("/p", &s); s.st_mtime > 1e9: 1
# CHECK-NEXT: symlinkat("x", AT_FDCWD, "/l"); lstat("/l", &s); s.st_mtime > 1e9: 1
# CHECK-NEXT: chmod(f, 0600); stat(f, &s); s.st_ctime > 1e9: 1
# CHECK-NEXT: fchmodat(AT_FDCWD, f, 0600, 0); stat(f, &s); s.st_ctime > 1e9: 1
# CHECK-NEXT: sem_init(&m, 0, 0); sem_timedwait(&m, &t): -1
# CHECK-NEXT: pthread_mutex_lock(&x); pthread_mutex_timedlock(&x, &t) == ETIMEDOUT: 1
# CHECK-NEXT: pthread_mutex_lock(&x); pthread_cond_timedwait(&c, &x, &t) == ETIMEDOUT: 1
# CHECK-NEXT: getcwd(b, sizeof b) != 0: 1
# CHECK-NEXT: lchown("/", 0, 0): 0
# CHECK-NEXT: fchownat(AT_FDCWD, "/", 0, 0, 0): 0
# CHECK-NEXT: lutimes("/", 0): 0
# CHECK-NEXT: mknodat(AT_FDCWD, "/n", 0100600, 0): 0
# CHECK-NEXT: controls: clock/none fs/console
set -u
cd "$1"
make() { # EXPRESSIONS: the last one's value is printed
    local last=${1##*; } first=
    [ "$last" = "$1" ] || first=${1%; *}
    cat > in.c <<C
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>
#include <utime.h>

static char b[100];
static const char f[] = "/f";
static struct stat s;
static struct timespec t = {1, 0};
static sem_t m;
static pthread_mutex_t x = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t c = PTHREAD_COND_INITIALIZER;

int main(void)
{
    $first;
    printf("%d\n", (int)($last));
    return 0;
}
C
    unicore-specialize -q -t kvm-x86_64 ${2:-} in.c
}
try() {
    make "$@"
    echo "$1: $(unicore-run --timeout 20 out/in/kvm-x86_64/image)"
}
picked() { # ROLE
    sed -n "s,^component libpool/\(.*\) role=$1\$,\1,p" out/in/kvm-x86_64/pick
}

mkdir root && : > root/f && touch -d 1990-01-01 root/f
try 'utimensat(AT_FDCWD, f, 0, 0); stat(f, &s); s.st_mtime > 1e9' --root=root
try 'utime(f, 0); stat(f, &s); s.st_mtime > 1e9' --root=root
try 'mkfifo("/p", 0600); stat("/p", &s); s.st_mtime > 1e9'
try 'symlinkat("x", AT_FDCWD, "/l"); lstat("/l", &s); s.st_mtime > 1e9'
try 'chmod(f, 0600); stat(f, &s); s.st_ctime > 1e9' --root=root
try 'fchmodat(AT_FDCWD, f, 0600, 0); stat(f, &s); s.st_ctime > 1e9' --root=root
try 'sem_init(&m, 0, 0); sem_timedwait(&m, &t)'
try 'pthread_mutex_lock(&x); pthread_mutex_timedlock(&x, &t) == ETIMEDOUT'
try 'pthread_mutex_lock(&x); pthread_cond_timedwait(&c, &x, &t) == ETIMEDOUT'
try 'getcwd(b, sizeof b) != 0'
try 'lchown("/", 0, 0)'
try 'fchownat(AT_FDCWD, "/", 0, 0, 0)'
try 'lutimes("/", 0)'
try 'mknodat(AT_FDCWD, "/n", 0100600, 0)'
make 'open(f, O_RDONLY)' --root=root
none=$(picked clock)
make 'localtime(&t.tv_sec) != 0'
echo "controls: $none $(picked root-fs)"
