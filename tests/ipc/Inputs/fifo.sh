#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fifo.sh TEST.c OUT CLANG: fifo.c on Linux, in memory and on a disk.
set -eu
test=$1 out=$2 clang=$3
rm -rf "$out"
mkdir -p "$out"
cd "$out"
cp "$test" p.c
"$clang" -w -pthread p.c -o native
./native > native.out
unicore-specialize -q -t kvm-x86_64 -o memory p.c
unicore-specialize -q -t kvm-x86_64 -o disk --disk p.c
unicore-run -t 60 memory/p/kvm-x86_64/image /tmp/fifo > memory.out
diff native.out memory.out
truncate -s 8M img
mke2fs -q -t ext4 -F img
unicore-run -t 60 --disk img disk/p/kvm-x86_64/image /fifo > disk.out
diff native.out disk.out
e2fsck -fn img > fsck.log 2>&1
debugfs -R 'stat /fifo' img 2> debugfs.log | grep 'Type: FIFO'
