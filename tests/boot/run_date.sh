#!/bin/bash
# The date is this computer's to a fraction of a second. Without unicore-run at
# the other end of its line, the machine's own clock has whole seconds, and a
# date that was given to it on purpose is kept.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: microvm: 5 of 5 between before and after
# CHECK-NEXT: q35: 5 of 5 between before and after
# CHECK-NEXT: bare: 5 of 5 between before and after
# CHECK-NEXT: alone: a whole second
# CHECK-NEXT: given: 2001-01-01
set -u
cd "$1"
cat > date.c <<'C'
#include <stdio.h>
#include <time.h>

int main(void)
{
    struct timespec t;

    clock_gettime(CLOCK_REALTIME, &t);
    printf("%lld%09ld\n", (long long)t.tv_sec, t.tv_nsec);
    return 0;
}
C
unicore-specialize -q -t kvm-x86_64,bare-x86_64 date.c
image=out/date/kvm-x86_64/image
five() { # NAME WORDS
    local good=0 before now
    for _ in 1 2 3 4 5; do
        before=$(date +%s%N)
        now=$(unicore-run "${@:2}")
        ((before <= now && now <= $(date +%s%N) && good++)) || :
    done
    echo "$1: $good of 5 between before and after"
}
five microvm --machine microvm $image
five q35 --machine q35 $image
five bare out/date/bare-x86_64/image
now=$($(unicore-run --print-command $image) 3> status < /dev/null)
((10#${now: -9} < 50000000)) && echo "alone: a whole second" || echo "alone: $now"
now=$(unicore-run --machine q35 --qemu -rtc --qemu base=2001-01-01 $image)
echo "given: $(date -u -d "@${now%?????????}" +%F)"
