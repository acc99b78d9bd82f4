#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Linux's own ext4 and ours, by turns, on one disk. What Linux has committed and
# not yet written in place, when its machine stops, our replay brings back:
# revoked blocks included. What we leave behind, Linux mounts and replays.
# REQUIRES: mount
# RUN: sh %S/Inputs/build.sh %root %t %S/crash.c
# RUN: bash %s %S %t | FileCheck %s
# CHECK: 6 disks of Linux: replayed, sound and the same
# CHECK: 12 disks of ours: replayed by Linux, sound and the same
set -eu
here=$1 test=$2
PATH=$PATH:/usr/sbin:/sbin
dir=$test.mnt disk=$test.disk
mkdir -p "$dir"
list() { # of a folder or of what debugfs has read
    (cd "$1" && find . -path ./lost+found -prune -o ! -type d \
        -printf '%y %m %n %s %l %p\n' | sort
     find . -type f | sort | xargs -r cksum)
}
for i in 1 2 3 4 5 6; do
    rm -f "$disk"
    truncate -s 24M "$disk"
    case $i in 1|4) o= ;; 2|5) o="-b 1024" ;; *) o="-O ^metadata_csum,^64bit" ;; esac
    # shellcheck disable=SC2086
    mke2fs -q -t ext4 $o "$disk"
    mount -o loop "$disk" "$dir"
    for k in $(seq 60); do
        mkdir -p "$dir/d$((k % 9))/e$k"
        head -c $((k * 700)) /dev/urandom > "$dir/d$((k % 9))/f$k"
        ln -s "$k" "$dir/d$((k % 9))/e$k/link"
        # what was a directory, in the journal, becomes contents
        [ $((k % 4)) != 0 ] || { sync -f "$dir"; rm -r "$dir/d$((k % 5))"; }
        [ $((k % 7)) != 0 ] || sync -f "$dir"
    done
    sync -f "$dir"
    cp "$disk" "$disk.stopped" # as it is: its journal has not been emptied
    list "$dir" > "$test.linux"
    umount "$dir"
    dumpe2fs -h "$disk.stopped" 2> /dev/null | grep -q needs_recovery
    DISK=$disk.stopped "$test" replay
    e2fsck -fn "$disk.stopped" > "$test.fsck" 2>&1 || cat "$test.fsck"
    mount -o loop,ro "$disk.stopped" "$dir"
    list "$dir" > "$test.ours"
    umount "$dir"
    cmp "$test.linux" "$test.ours"
done
[ "$(wc -l < "$test.ours")" -gt 20 ]
echo "6 disks of Linux: replayed, sound and the same"
python3 "$here/Inputs/crash.py" "$test" 5 30 12 --linux -t ext4 > /dev/null
echo "12 disks of ours: replayed by Linux, sound and the same"
rm -rf "$disk" "$disk.stopped" "$dir"
