#!/bin/bash
# syscall() with arguments of type int: the register's upper half is zero, as
# in the native program, and the system takes a descriptor by its lower half.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK-COUNT-4: 3000000000 3000000001 file 1 bad 1 children 0
set -u
cd "$1"
cat > in.c <<'C'
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

static unsigned variable = 3000000001u;
volatile long nothing;

int main(void)
{
    unsigned off = 3000000000u;
    struct rusage u;
    int bad = -1;
    int fd = syscall(nothing + SYS_openat, AT_FDCWD, "f", O_CREAT | O_RDWR,
                     0600);

    printf("%ld ", syscall(nothing + SYS_lseek, fd, off, SEEK_SET));
    printf("%ld ", syscall(nothing + SYS_lseek, fd, variable++, SEEK_SET));
    printf("file %d ", fd > 2);
    printf("bad %d ", syscall(nothing + SYS_close, bad) == -1 && errno == EBADF);
    printf("children %ld\n",
           syscall(nothing + SYS_getrusage, RUSAGE_CHILDREN, &u));
    return 0;
}
C
for known in no yes; do # are the numbers constants?
    [ $known = no ] || sed -i 's/nothing +//' in.c
    for target in kvm linuxu; do
        unicore-specialize -q -t $target-x86_64 in.c
        unicore-run out/in/$target-x86_64/image
    done
done
