#!/bin/bash
# A full disk is one line that says so, exit 1, wherever it is met: the output
# folder at every stage, TMPDIR, the cache. The control: with room it works.
#
# REQUIRES: mount
# RUN: bash %s %t | FileCheck %s
# CHECK: room: ok
# CHECK: output: {{[0-9]+}} of {{[0-9]+}} sizes in one line
# CHECK: TMPDIR: unicore-specialize: error: a: it does not build: No space left on device
# CHECK: cache: 1 {{.*}}: No space left on device
set -eu
t=$1
mkdir -p "$t/disk"
mount -t tmpfs -o size=1280k tmpfs "$t/disk"
disk=$t/disk
trap 'umount "$disk"' EXIT
cd "$t"
fill() { # leaves $1 KiB
    rm -rf "${disk:?}"/*
    head -c $(((1280 - $1) * 1024)) /dev/zero > "$disk/fill"
}
echo "int main(void) { return 0; } /* $RANDOM */" > a.c
unicore-specialize -q -t linuxu-x86_64 -o "$disk/out" a.c && echo room: ok
total=0 good=0
for room in 0 4 8 12 16 20 24 28 32 40 48; do
    fill "$room"
    rc=0
    unicore-specialize -q -t linuxu-x86_64 -o "$disk/out" a.c 2> log || rc=$?
    total=$((total + 1))
    if [ $rc = 1 ] && [ "$(wc -l < log)" = 1 ] &&
        grep -q 'error: .*No space left on device' log; then
        good=$((good + 1))
    else
        echo "with $room KiB: exit $rc"; cat log
    fi
done
[ $good = $total ] && echo "output: $good of $total sizes in one line"
fill 4
echo "int main(void) { return 1; } /* $RANDOM */" > a.c
TMPDIR=$disk unicore-specialize -q -o out a.c > log 2>&1 || true
echo "TMPDIR: $(head -1 log)"
fill 512
rc=0
UNICORE_CACHE=$disk/cache timeout 60 unicore-specialize -q -o out a.c > log 2>&1 || rc=$?
echo "cache: $rc $(head -1 log)"
