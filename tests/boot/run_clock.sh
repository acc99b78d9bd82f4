#!/bin/bash
# A machine that lacks the timer chip, and one that lacks the date as well: the
# clock is measured another way or guessed, and nothing waits for ever.
#
# RUN: bash %S/Inputs/build.sh kvm-x86_64 %S/clock_wall %t.wall
# RUN: bash %S/Inputs/build.sh kvm-x86_64 %S/clock %t.date
# RUN: bash %s %t.wall %t.date > %t.out 2>&1; FileCheck %s < %t.out
set -u

run() { # IMAGE MACHINE: with the machine's parts that were named switched off
    local start now command
    command=$(unicore-run --print-command "$1")
    start=$(date +%s%N)
    timeout 60 ${command/rtc=on,pit=on/$2} 3> "$1.status"
    now=$(date +%s%N)
    echo "status $(od -An -tu1 "$1.status")," \
        "$((now - start >= 1000000000 ? 1 : 0))"
}

run "$1" rtc=on,pit=on < /dev/null
# CHECK:      waited
# CHECK-NEXT: status 0, 1
run "$1" rtc=on,pit=off < /dev/null
# CHECK-NEXT: waited
# CHECK-NEXT: status 0, 1
run "$1" rtc=off,pit=off < /dev/null
# CHECK-NEXT: waited
# CHECK-NEXT: status 0
echo "1970: $(run "$2" rtc=off,pit=off < /dev/null)"
# CHECK-NEXT: 1970: status 2
