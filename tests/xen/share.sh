#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A folder of the host as a Xen guest's root: tests/storage/share.c does there
# what it does as a program of Linux, and leaves the same files; where it may
# only read, it changes nothing; a back end that goes away is an error. A guest
# that has files there keeps its xl configuration's line for it.
# REQUIRES: long
# RUN: bash %s %t %clang %root/tests/storage/share.c | FileCheck %s
set -u
rm -rf "$1"
mkdir -p "$1/native"
clang=$2 program=$3
cd "$1" || exit 1
cat > forever.c << 'C'
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/new", O_RDWR | O_CREAT, 0644);

    puts("writing");
    fflush(stdout);
    while (pwrite(fd, "x", 1, 0) == 1)
        ;
    printf("write: %s\n", strerror(errno));
    return 0;
}
C
unicore-specialize -q --share -t xenpv-x86_64,xenpvh-x86_64 "$program"
unicore-specialize -q --share -t xenpv-x86_64,xenpvh-x86_64 forever.c
"$clang" -w "$program" -o program
cp "$program" native/in
(cd native && ../program > ../native.out)
gone='until [ "$(xenstore-read /local/domain/1/device/9pfs/0/state)" = 4 ]; do sleep 0.2; done; sleep 1;
xenstore-write /local/domain/0/backend/9pfs/1/0/state 5'
fresh() {
    rm -rf root
    mkdir root
    cp "$program" root/in
}
# CHECK: == xenpv-x86_64
# CHECK-NEXT: the same
# CHECK-NEXT: the same files
# CHECK-NEXT: create: error 30
# CHECK: writing
# CHECK-NEXT: unicore: xen: a back end is gone
# CHECK-NEXT: write: I/O error
# CHECK: == xenpvh-x86_64
# CHECK-NEXT: the same
# CHECK-NEXT: the same files
# CHECK-NEXT: create: error 30
# CHECK: writing
# CHECK-NEXT: unicore: xen: a back end is gone
# CHECK-NEXT: write: I/O error
# CHECK: p9 = {{.*}}tag=root
for target in xenpv-x86_64 xenpvh-x86_64; do
    echo "== $target"
    image=out/share/$target/image
    fresh
    unicore-run -t 300 --share root "$image" > out.txt
    diff native.out out.txt && echo the same
    diff -r --no-dereference native root && echo the same files
    fresh
    unicore-run -t 100 --share root,ro "$image" | grep create
    [ "$(ls root)" = in ] || ls root
    unicore-run -t 100 --share root --host-run "$gone" "out/forever/$target/image"
done
grep p9 "$image.xl"
