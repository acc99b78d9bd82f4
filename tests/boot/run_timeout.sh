#!/bin/bash
# --timeout takes fractions of a second, on each platform; what is no number
# of seconds is refused.
#
# RUN: bash %S/Inputs/build.sh kvm-x86_64 %S/forever %t.kvm
# RUN: bash %S/Inputs/build.sh linuxu-x86_64 %S/forever %t.linuxu
# RUN: bash %s %t.kvm %t.linuxu > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: 124 early
# CHECK: 124 early
# CHECK: unicore-run: error: --timeout 0: expected seconds
# CHECK: unicore-run: error: --timeout .5x: expected seconds
# CHECK: unicore-run: error: --timeout nan: expected seconds
# CHECK: unicore-run: error: --timeout -1: expected seconds
for image in "$@"; do
    before=$(date +%s%3N)
    unicore-run --timeout 0.5 "$image" < /dev/null
    rc=$?
    took=$(($(date +%s%3N) - before))
    echo "$rc $([ $took -ge 450 ] && [ $took -lt 20000 ] && echo early) $took"
done
for wrong in 0 .5x nan -1; do unicore-run --timeout $wrong "$1"; done
