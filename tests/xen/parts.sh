#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# What of Xen is in an image: of a program that prints, the console and the end;
# of one that sleeps, time and waiting too; xenstore, grants and channels only
# where there is a device. A disk with files and random bytes can be had.
# RUN: bash %s %t | FileCheck %s
set -eu
rm -rf "$1"
mkdir -p "$1"
cd "$1"
cat > prints.c <<'C'
#include <stdio.h>

int main(void)
{
    return puts("hello") < 0;
}
C
cat > sleeps.c <<'C'
#include <unistd.h>

int main(void)
{
    return (int)sleep(1);
}
C
cat > serves.c <<'C'
#include <sys/socket.h>

int main(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) < 0;
}
C
cat > opens.c <<'C'
#include <stdio.h>
#include <sys/random.h>

int main(void)
{
    int n;

    return getrandom(&n, sizeof n, 0) != sizeof n || !fopen("/f", "w");
}
C
for p in prints sleeps serves; do
    unicore-specialize -q -t xenpvh-x86_64,xenpv-x86_64 $p.c
done
unicore-specialize -q -t xenpvh-x86_64,xenpv-x86_64 --disk opens.c
for f in out/*/*/pick; do
    echo "== ${f%/pick}"
    sed -n 's,^module platforms/xen/\(.*\).bc$,\1,p' "$f" | sort | tr '\n' ' '
    echo
done
# CHECK: == out/opens/xenpv-x86_64
# CHECK-NEXT: bus channel {{.*}}control {{.*}}grant store suspend wait
# CHECK-NEXT: == out/opens/xenpvh-x86_64
# CHECK-NEXT: bus channel {{.*}}control {{.*}}grant store suspend wait
# CHECK-NEXT: == out/prints/xenpv-x86_64
# CHECK-NEXT: {{^}}console console_write exit {{$}}
# CHECK-NEXT: == out/prints/xenpvh-x86_64
# CHECK-NEXT: {{^}}console console_write exit {{$}}
# CHECK-NEXT: == out/serves/xenpv-x86_64
# CHECK-NEXT: bus channel clock console console_write control exit grant store suspend wait
# CHECK-NEXT: == out/serves/xenpvh-x86_64
# CHECK-NEXT: bus channel clock console console_write control exit grant store suspend wait
# CHECK-NEXT: == out/sleeps/xenpv-x86_64
# CHECK-NEXT: {{^}}clock console console_write exit wait wall {{$}}
# CHECK-NEXT: == out/sleeps/xenpvh-x86_64
# CHECK-NEXT: {{^}}clock console console_write exit wait wall {{$}}
