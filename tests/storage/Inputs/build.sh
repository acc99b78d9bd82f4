#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# build.sh ROOT OUT TEST.c [FLAG...]: a unit test of fs/ext4 under ASan and
# UBSan: as tests/pool/Inputs/build.sh does it, with libext2fs from the cache's
# source, and disk.c as role block.
set -eu
root=$1 out=$2 test=$3
shift 3
here=$(dirname "$0")
pool=$root/libpool
ext2fs=$pool/fs/ext2fs
unicore-pool pool > /dev/null # fetches the source
cache=${UNICORE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/unicore}
source=$(echo "$cache"/src/e2fsprogs-[0-9]*/lib)
rm -rf "$out.d"
mkdir -p "$out.d"
sh "$ext2fs/prepare.sh" "$source" "$out.d" x86_64 "$ext2fs/uc_ext2fs.h" \
    "$ext2fs/uc_changes.h"
cc="clang-19 -g -O1 -fsanitize=address,undefined -fno-omit-frame-pointer -ffunction-sections -DDISK=1 -isystem $out.d/include"

# The library: what the manifest names; ours instead of theirs.
for f in $(sed -n 's/^files *//p' "$ext2fs/component"); do
    own=$ext2fs/overlay/$f
    [ -e "$own" ] || own=$source/$f
    $cc -std=gnu11 -D_GNU_SOURCE -DOMIT_COM_ERR -include uc_ext2fs.h -w -fno-sanitize=undefined \
        -I"$ext2fs" -I"$source/ext2fs" -c "$own" -o "$out.d/lib-${f##*/}.o" &
    n=$((${n:-0} + 1))
    [ $((n % 4)) != 0 ] || wait
done
wait
ar rc "$out.d/libext2fs.a" "$out.d"/lib-*.o
cc="$cc -fno-sanitize-recover=undefined -Wall -Wextra -I$pool/include"
for c in posix/core timeout lock fs/ext4 fs/devfs net/none console/full clock/platform \
    random/platform log/console sched/none; do
    base=$(sed -n 's/^base *//p' "$pool/$c/component")
    for f in "$pool/$c"/*.c ${base:+"$pool/$c/$base"/*.c}; do
        [ "${f##*/}" != dispatch.c ] || continue
        # shellcheck disable=SC2086
        $cc "$@" -I"$pool/$c" ${base:+-I"$pool/$c/$base"} -std=c11 -ffreestanding -D_GNU_SOURCE -c "$f" \
            -o "$out.d/$(echo "$c" | tr / -)-${f##*/}.o"
    done
done
# shellcheck disable=SC2086
sh "$root/tests/pool/Inputs/link.sh" "$out.d" $cc "$@" -std=gnu11 -Wl,--gc-sections \
    -I"$root/tests/pool/Inputs" -I"$here" "$root/tests/pool/Inputs/host.c" \
    "$here/disk.c" "$test" "$out.d"/[!l]*.o "$out.d"/lo*.o "$out.d/libext2fs.a" -o "$out"
