#!/bin/bash
# A disk of ext4 on 32-bit machines of both byte orders: what a program makes on
# it is what the same calls leave natively, e2fsck finds nothing to mend, and
# the program reads back the same. The control: a file more is told.
#
# RUN: bash %s %S %t | FileCheck %s
# CHECK: mips ext4: same, sound, 11 lines
# CHECK-NEXT: mips ext2: same, sound, 11 lines
# CHECK-NEXT: arm ext4: same, sound, 11 lines
# CHECK-NEXT: the control: told
set -eu
here=$1/Inputs/disk
rm -rf "$2" && mkdir -p "$2/native" && cd "$2"
cc -w -o tree.native "$here/tree.c"
./tree.native native > expected

# files DISK FOLDER: what the disk has, but for what it began with and the FIFO
files() {
    rm -rf "$2" && mkdir "$2"
    debugfs -R "rdump / $2" "$1" > rdump 2>&1
    rm -r "$2/lost+found"
}

on_disk() { # ARCH TYPE
    rm -f disk && truncate -s 24M disk
    mke2fs -q -F -I 256 -t "$2" disk
    [ -d "out/tree/linuxu-$1" ] || unicore-specialize -q -t "linuxu-$1" --disk "$here/tree.c"
    unicore-run --timeout 100 --disk disk "out/tree/linuxu-$1/image" > got
    cmp expected got
    e2fsck -fn disk > fsck 2>&1 || cat fsck
    files disk files
    diff -r --no-dereference files native | grep -vx 'Only in native: fifo' || :
    debugfs -R 'stat fifo' disk 2> /dev/null | grep -q 'Type: FIFO'
    echo "$1 $2: same, sound, $(wc -l < got) lines"
}
on_disk mips ext4
on_disk mips ext2
on_disk arm ext4
touch native/more
diff -r --no-dereference files native | grep -q 'Only in native: more' && echo "the control: told"
