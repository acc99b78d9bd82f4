#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# build.sh ROOT OUT FILE...: a front end and its test, on the host under ASan
# and UBSan; back.c stands for the rest of the pool.
set -eu
root=$1 out=$2
shift 2
back=$(dirname "$0")/back.c
case " $* " in *" -DSTORE "*) back= ;; esac
# shellcheck disable=SC2086
clang-19 -std=gnu11 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer \
    -Wall -Wextra -Wno-gnu-variable-sized-type-not-at-end -I"$root/libpool/include" -I"$root/platforms/xen" \
    -I"$(dirname "$0")" "$@" $back -o "$out"
