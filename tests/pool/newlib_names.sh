#!/bin/bash
# newlib defines no name that a program may have for itself: each one is a name
# of musl's too, or begins with _ or uc_.
#
# RUN: bash %s %t
set -e
pool=$(unicore-pool -q pool) root=$(unicore-pool -q sysroot)

mkdir -p "$1"
llvm-nm -g --defined-only "$root/lib/libc.a" | awk 'NF == 3 { print $3 }' |
    sort -u > "$1/musl"
awk '/^component/ { c = $2 } c == "libpool/libc/newlib" && /^def/ { print $2 }' \
    "$pool/index" | sort -u > "$1/newlib"
grep -qx printf "$1/musl" && grep -qx printf "$1/newlib" # the control
comm -13 "$1/musl" "$1/newlib" | grep -v '^_\|^uc_' > "$1/stray" || true
cat "$1/stray"
[ ! -s "$1/stray" ]
