#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# What unicore-run does on a Xen host, done in the first domain of the one under
# QEMU: xl starts the image, its console has input and output, the status comes
# back, and the domain is gone. An image that cannot be started is xl's error,
# and one that is ended from outside leaves no domain.
# REQUIRES: long
# RUN: bash %s %t %root | FileCheck %s
# CHECK: end 1: lines 2
# CHECK-NEXT: TOKEN 0
# CHECK-NEXT: end 2: unicore: exit status 007
# CHECK-NEXT: TOKEN 3
# CHECK-NEXT: end 3: TOKEN failed
# CHECK: end 4
# CHECK-NEXT: domains: 2
set -eu
out=$1 root=$2
rm -rf "$out"
mkdir -p "$out"
cd "$out"
cat > p.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    char line[100];
    int n = 0;

    if (argc > 1 && argv[1][0] == 's')
        for (;;)
            sleep(1);
    if (argc > 1)
        return atoi(argv[1]);
    while (fgets(line, sizeof line, stdin))
        n++;
    printf("lines %d\n", n);
    return 0;
}
C
unicore-specialize -q -t xenpvh-x86_64 p.c
{
    echo "cat > /job/here << 'END'"
    cat "$root/driver/xen/here"
    echo END
    cat << 'END'
job() { # KERNEL ARGUMENT
    printf 'size=0\ntoken=TOKEN\n--\nname = "second"\ntype = "pvh"\nkernel = "%s"\ncmdline = "p %s"\nmemory = 32\n' "$1" "$2"
    printf 'on_poweroff = "preserve"\non_crash = "preserve"\n--\n'
}
say() { tr -d '\r\035' < /job/out | grep . | sed "1s/^/end $1: /"; }
job /job/image '' > /job/j1
{ sleep 3; printf 'a\nb\n\004'; sleep 5; } | sh /job/here /job/j1 > /job/out 2>&1
say 1
job /job/image 7 > /job/j2
sleep 5 | sh /job/here /job/j2 > /job/out 2>&1
say 2
job /job/none 0 > /job/j3
sh /job/here /job/j3 < /dev/null > /job/out 2>&1
say 3
job /job/image s > /job/j4
sh /job/here /job/j4 < /dev/null > /job/out 2>&1 &
here=$!
until xl domid second > /dev/null 2>&1; do sleep 0.2; done
sleep 2
kill $here
wait $here
echo "end 4"
echo "domains: $(xl list | tail -n +2 | wc -l)"
xl destroy image
END
} > commands
sed -i 's/ | wc -l/ | grep -c ./' commands
unicore-run -t 150 --mem 16M --host-log log --host-run "$(cat commands)" out/p/xenpvh-x86_64/image s < /dev/null || true
sed -n 's/.*\] //p' log | tr -d '\r' | grep -E '^(end|TOKEN|domains)'
