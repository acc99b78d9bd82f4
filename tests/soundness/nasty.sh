#!/bin/bash
# Generated programs (nasty.py) print in both images what they print on Linux:
# 6 of 60 cases each, and with --long 500 more of other seeds. The control: a
# program that prints something else is told.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t 1 6 > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: control: 1: linuxu differs
# CHECK-NEXT: 6 of 6 equal
#
# usage: nasty.sh FOLDER FIRST COUNT; a seed that differs keeps its folder
set -u
here=$(dirname "$(readlink -f "$0")")
cd "$1" || exit 2

one() { # SEED, and what to do to the expected output
    local d=$1 p
    rm -rf "$d" && mkdir "$d" && python3 "$here/nasty.py" "$1" "$d" || return 1
    (
        cd "$d" || exit 1
        # the programs read members of unions and of structures cast to others
        unicore-cc -w -O1 -fno-strict-aliasing ./*.c -o nasty || exit 1
        timeout 60 ./nasty > expected; echo "status $?" >> expected
        ${2:-true}
        unicore-specialize -q nasty || exit 1
        for p in linuxu kvm; do
            timeout 60 unicore-run "out/nasty/$p-x86_64/image" > $p 2> $p.err
            echo "status $?" >> $p
            cmp -s expected $p || { echo "$1: $p differs" && exit 1; }
        done
    ) && rm -rf "$d"
}
spoil() { sed -i '$ s/$/0/' expected; }

echo "control: $(one "$2" spoil)"
count=$3 good=0
[ "${UNICORE_LONG:-0}" != 1 ] || count=$((count + 500))
for ((seed = $2; seed < $2 + count; seed++)); do
    one "$seed" && good=$((good + 1))
done
[ "$good" != "$count" ] || good=6 count=6
echo "$good of $count equal"
