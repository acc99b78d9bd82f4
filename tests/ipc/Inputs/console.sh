#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# console.sh FOLDER PROGRAM.c: as same.sh, with input that comes by and by.
set -u
here=$(dirname "$(readlink -f "$0")")
rm -rf "$1" && mkdir -p "$1/root/tmp" && cd "$1" || exit 1
name=$(basename "$2" .c)
unicore-cc -w -O1 -D_GNU_SOURCE -I"$here" "$2" -o "$name" || exit 1
input() {
    printf first; sleep 3; printf second; sleep 2
}
input | timeout 60 "./$name" > expected
[ -s expected ] || { echo "no output on Linux"; exit 1; }
unicore-specialize -q --root root "$name" || exit 1
for p in linuxu kvm; do
    input | timeout 60 unicore-run "out/$name/$p-x86_64/image" > $p 2> $p.err
    cat $p.err
    if cmp -s expected $p; then
        echo "$p: as on Linux"
    else
        echo "$p differs"
        diff expected $p
    fi
done
! echo spoiled | cmp -s - kvm && echo "control: told"
