#!/bin/bash
# A Linux guest with only a program takes more instructions and memory than the
# image; the program with the whole pool is larger than its image with every cut
# off.
#
# REQUIRES: long
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: bytes: more
# CHECK-NEXT: to_output: more
# CHECK-NEXT: min_kib: more
# CHECK-NEXT: pool: larger
set -u
cd "$1"
printf '%s\n' 'app hello-int' 'against linux pool' 'variant --without all' 'metric bytes to_output min_kib' > guest.exp
unicore-eval --experiment guest.exp -o out --json g.json > text || { cat text; exit; }
for m in bytes to_output min_kib; do
    jq -r --arg m $m '(.samples | map({key: .variant, value: .[$m]}) | from_entries) | if .["against linux"] > .baseline then "\($m): more" else "\($m): \(.)" end' g.json
done
jq -r '(.samples | map({key: .variant, value: .bytes}) | from_entries) |
    if .["against pool"] > .["without all"] then "pool: larger" else "pool: \(.)" end' g.json
