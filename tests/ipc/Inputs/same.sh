#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# same.sh FOLDER PROGRAM.c: it prints the same as a process of Linux, as an
# image over posix/core in a process (an empty --root brings posix/core), and
# as a machine. The control: a comparison that fails is told.
set -u
here=$(dirname "$(readlink -f "$0")")
rm -rf "$1" && mkdir -p "$1/root/tmp" && cd "$1" || exit 1
name=$(basename "$2" .c)
unicore-cc -w -O1 -D_GNU_SOURCE -I"$here" "$2" -o "$name" || exit 1
(mkdir native && cd native && timeout 60 "../$name") > expected
[ -s expected ] || { echo "no output on Linux"; exit 1; }
unicore-specialize -q --root root "$name" || exit 1
for p in linuxu kvm; do
    timeout 120 unicore-run "out/$name/$p-x86_64/image" > $p 2> $p.err
    cat $p.err
    if cmp -s expected $p; then
        echo "$p: as on Linux"
    else
        echo "$p differs"
        diff expected $p
    fi
done
! echo spoiled | cmp -s - kvm && echo "control: told"
