#!/bin/bash
# 128-bit division and remainder, with and without signs, give on each target
# what gcc's runtime library gives.
#
# RUN: bash %s linuxu-x86_64 %t.linuxu %S/Inputs
# RUN: bash %s kvm-x86_64 %t.kvm %S/Inputs
set -e
target=$1 dir=$2 inputs=$3

mkdir -p "$dir"
gcc -O1 -o "$dir/native" "$inputs/int128.c"
"$dir/native" > "$dir/want"
[ "$(wc -l < "$dir/want")" = 400 ] # the control
unicore-specialize -q -t "$target" -o "$dir/out" "$inputs/int128.c"
products=$dir/out/int128/$target
grep -q '(int128.o)' "$products/image.map"
timeout 60 unicore-run "$products/image" > "$dir/got"
diff "$dir/want" "$dir/got"
