#!/bin/bash
# A Linux guest with only a program, and what running an image shows: more
# instructions and memory than the image, and not all that is kept is used.
#
# REQUIRES: long
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: bytes: more
# CHECK-NEXT: to_output: more
# CHECK-NEXT: min_kib: more
set -u
cd "$1"
printf '%s\n' 'app hello-int' 'against linux' 'metric bytes to_output min_kib' > guest.exp
unicore-eval --experiment guest.exp -o out --json g.json > text || { cat text; exit; }
for m in bytes to_output min_kib; do
    jq -r --arg m $m '[.samples[][$m]] | if .[1] > .[0] then "\($m): more" else "\($m): \(.)" end' g.json
done
