#!/bin/bash
# A PC without the old timer chip: the clock is measured by the event timer, in
# a millisecond; where that is missing too, by the date, which the guest waits
# a second or two for.
#
# RUN: bash %S/Inputs/build.sh bare-x86_64 %S/clock %t.clock
# RUN: bash %s %t.clock > %t.out 2>&1; FileCheck %s < %t.out
set -u

used() { # IMAGE MACHINE: runs it, and prints milliseconds of CPU time
    local command
    command=$(unicore-run --print-command "$1")
    { TIMEFORMAT='%U %S' && time timeout 60 ${command/-M q35/-M $2} \
        3> "$1.status" < /dev/null > /dev/null; } 2>&1 |
        awk '{ printf "%d\n", ($1 + $2) * 1000 }'
    echo "$2: status $(od -An -tu1 "$1.status")" >&2
}

with=$(used "$1" q35,pit=off)
without=$(used "$1" q35,pit=off,hpet=off)
# CHECK:      q35,pit=off: status 0
# CHECK-NEXT: q35,pit=off,hpet=off: status 0
# CHECK-NEXT: not waited
[ "$((with * 2))" -lt "$without" ] && echo "not waited" ||
    echo "with it $with ms, without $without"
