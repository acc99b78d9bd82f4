#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# map.sh TEST.c OUT CLANG: map.c on Linux, and as images with files in memory,
# on a disk with and without a journal, and in a shared folder: the same lines.
set -eu
test=$1 out=$2 clang=$3
rm -rf "$out"
mkdir -p "$out/shared"
cd "$out"
cp "$test" p.c
"$clang" -w p.c -o native
./native w "$out/mapped" > native.out
./native r "$out/mapped" >> native.out
sed '$d' native.out > native.first
unicore-specialize -q -t kvm-x86_64 -o memory p.c
unicore-specialize -q -t kvm-x86_64 -o disk --disk p.c
unicore-specialize -q -t kvm-x86_64 -o share --share p.c
run() { unicore-run -t 100 "$@" 2>&1 | grep -v '^unicore: fork:'; }
run memory/p/kvm-x86_64/image w > memory.out
diff native.first memory.out
for type in ext4 ext2; do
    truncate -s 8M "$type.img"
    mke2fs -q -t "$type" -F "$type.img"
    for a in w r; do run --disk "$type.img" disk/p/kvm-x86_64/image $a; done > "$type.out"
    diff native.out "$type.out"
    e2fsck -fn "$type.img" > fsck.log 2>&1
done
for a in w r; do run --share shared share/p/kvm-x86_64/image $a; done > share.out
diff native.out share.out
