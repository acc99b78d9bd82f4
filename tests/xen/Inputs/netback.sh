#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# netback.sh ROOT OUT FILE: netback's front side and its test, on the host under
# ASan and UBSan; the test stands for Xen's libraries and for netback.c.
set -eu
app=$1/corpus/apps/netback
clang-19 -std=gnu11 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
    -Wall -Wextra -Wno-gnu-variable-sized-type-not-at-end -I"$app" -I"$(dirname "$0")" "$3" "$app/ring.c" "$app/bus.c" "$app/sum.c" \
    -lpthread -o "$2"
