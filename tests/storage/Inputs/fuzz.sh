#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fuzz.sh TEST RUNS: on small disks with files of all kinds.
set -eu
test=$1
PATH=$PATH:/usr/sbin:/sbin
rm -rf "$test.files"
mkdir -p "$test.files/a/b/c" "$test.files/a/e"
for i in 1 2 3 4 5 6 7 8 9; do
    head -c $((i * 9000)) /dev/zero | tr '\0' a > "$test.files/a/f$i"
    ln "$test.files/a/f$i" "$test.files/a/b/second-$i"
done
ln -s ../a "$test.files/a/link"
ln -s "$(printf '%0100d' 0)" "$test.files/a/long-link"
truncate -s 9000000 "$test.files/sparse"
echo end >> "$test.files/sparse"
for features in ^metadata_csum metadata_csum; do
    rm -f "$test.img"
    truncate -s 6M "$test.img"
    mke2fs -q -t ext4 -b 1024 -O "$features" -J size=1 -d "$test.files" \
        "$test.img"
    "$test" "$test.img" "$2"
done
rm -rf "$test.files" "$test.img" "$test.img.damaged"
