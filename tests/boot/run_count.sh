#!/bin/bash
# Counts are the same each time; a later marker is a later count; they and the
# image's bytes stay within what the platforms promise (all of a platform, with
# arguments and the few lines of tiny.c).
#
# RUN: bash %S/Inputs/build.sh kvm-x86_64 %S/hello %t.kvm
# RUN: bash %S/Inputs/build.sh linuxu-x86_64 %S/hello %t.linuxu
# RUN: bash %s %t.kvm %t.linuxu > %t.out; FileCheck %s < %t.out
# CHECK: kvm: repeats, later, 800 instructions, 2112 bytes, status 0
# CHECK-NEXT: linuxu: repeats, later, 50 instructions, 576 bytes, status 0
set -u
field() { sed -n "s/.*$1=\([0-9]*\).*/\1/p"; }

judge() { # NAME IMAGE INSTRUCTIONS BYTES
    local first again late status n
    first=$(unicore-run --count "$2" 2>&1 >/dev/null)
    status=$?
    again=$(unicore-run --count "$2" 2>&1 >/dev/null)
    late=$(unicore-run --count --marker world "$2" 2>&1 >/dev/null)
    n=$(field entry_to_output <<< "$first")
    printf '%s: ' "$1"
    if [ "$first" = "$again" ]; then printf 'repeats, '; else printf '%s then %s, ' "$first" "$again"; fi
    if [ "$(field entry_to_output <<< "$late")" -ge "$n" ] &&
        [ "$(field entry_to_exit <<< "$late")" -gt "$(field entry_to_output <<< "$late")" ]
    then printf 'later, '; else printf 'earlier: %s, ' "$late"; fi
    if [ "$n" -le "$3" ]; then n=$3; fi
    printf '%d instructions, ' "$n"
    n=$(stat -c %s "$2")
    if [ "$n" -le "$4" ]; then n=$4; fi
    printf '%d bytes, status %d\n' "$n" "$status"
}

judge kvm "$1" 800 2112
judge linuxu "$2" 50 576
