#!/bin/bash
# What code generation invents is bound to late.a if it is pure (memcpy for a
# structure, the remainder of 128-bit numbers), and never twice: what keeps
# state is only in libc. puts for printf("x\n") is invented only if it is there.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: 5 7
# CHECK-NEXT: memcpy of late.a
# CHECK-NEXT: udivti3 of late.a
# CHECK-NEXT: state in late.a: 0
# CHECK-NEXT: copies of malloc: 1
set -u
cd "$1"
cat > p.c <<'C'
#include <stdio.h>
#include <stdlib.h>

struct large {
    int a[500];
} x, y = {{5}};

int main(int argc, char **argv)
{
    struct large *p = malloc(sizeof *p);
    unsigned __int128 n = (unsigned __int128)7 << 100;

    *p = y;
    x = *p;
    printf("%d %d\n", x.a[0], (int)(n / (((unsigned __int128)argc) << 100)));
    free(p);
    return 0;
}
C
unicore-specialize -q -t linuxu-x86_64 p.c
unicore-run out/p/linuxu-x86_64/image
map=out/p/linuxu-x86_64/image.map
for f in memcpy udivti3; do
    grep -q "late.a($f" $map && echo "$f of late.a"
done
echo "state in late.a: $(grep -E '^at .* \.(data|bss) late\.a ' $map | wc -l)"
echo "copies of malloc: $(grep -cE ' malloc$' $map)"
