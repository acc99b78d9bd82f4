#!/bin/bash
# What --explain says that a function's absence saves is saved: what image.map
# has at least, and with what was inlined, which is an estimate, a quarter more
# at most. The control is the image without it.
#
# RUN: rm -rf %t && mkdir -p %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: with: 5.5{{$}}
# CHECK: extra: function of the program ({{.*}}), {{[0-9]+}} bytes
# CHECK-NEXT: >>> called by with.c:{{[0-9]+}} in main
# CHECK: note: goes with any of main
# CHECK: note: and of late.a: {{.*}}strstr
# CHECK: saves enough
# CHECK: format_float: fact, holds
# CHECK: note: if it did not hold: saves {{[0-9]+}} bytes by image.map
# CHECK: fmt_fp: function of libpool/libc/musl
# CHECK: note: goes unless format_float holds
# CHECK: fmt_fp: cut: the program does not need it
# CHECK-NEXT: >>> called by
# CHECK: note: comes back if format_float holds
# CHECK: with.c: file of the program, 3 of 3 functions reached
# CHECK: .bss: section, {{[0-9]+}} bytes of memory, none in the file
# CHECK: THREADS: knob, 0
set -u
cd "$1" || exit 2
cat > with.c <<'C'
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
static int by(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}
__attribute__((noinline)) int extra(int n, char **v)
{
    int list[3] = {4, 3, n};
    qsort(list, 3, 4, by);
    return printf("with: %g\n", list[2] * 0.5 + !strstr(v[0], "x"));
}
int main(int c, char **v)
{
#ifndef WITHOUT
    if (v[0])
        return extra(c + 8, v) < 0;
#endif
    return printf("without\n") + c < 0;
}
C
{ echo '#define WITHOUT'; cat with.c; } > without.c
run() { unicore-specialize -q --libc musl -t kvm-x86_64 "$@"; }
run with.c && unicore-run out/with/kvm-x86_64/image
run without.c
run --explain extra with.c | tee said
said=$(grep -o 'saves [0-9]*' said | tr -dc 0-9)
saved=$(($(stat -c %s out/with/kvm-x86_64/image) -
    $(stat -c %s out/without/kvm-x86_64/image)))
echo "said $said, saved $saved"
inlined=$(grep -o 'about [0-9]*' said | tr -dc 0-9)
[ "$said" -gt 1000 ] && [ "$saved" -ge "$said" ] &&
    [ $((saved * 4)) -le $(((said + inlined) * 5)) ] && echo "saves enough"
run --explain format_float with.c
run --explain fmt_fp with.c
run --explain fmt_fp without.c
run --explain with.c with.c
run --explain .bss with.c
run --explain THREADS with.c
