#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fork.sh FOLDER PROGRAM.c [TARGET...]: the program prints the same as on Linux,
# as a machine of little and of much memory, and with a second thread; but for
# the line that says how fork works. The control: a difference is told.
set -u
folder=$1 source=$2
shift 2
[ $# -gt 0 ] || set kvm-x86_64
rm -rf "$folder" && mkdir -p "$folder/root/tmp" && cd "$folder" || exit 1

# same NAME IMAGE MEMORY EXPECTED
same() {
    timeout 90 unicore-run --mem "$3" "$2" > got 2> err
    cat err
    [ "$(grep -c '^unicore: fork: the parent waits' got)" = 1 ] || echo "$1: not said once"
    grep -v '^unicore: fork: ' got > rest
    if cmp -s "$4" rest; then
        echo "$1: as on Linux"
    else
        echo "$1 differs"
        diff "$4" rest
    fi
}

# compile KIND: the program, with two threads if it is `two`
compile() {
    [ "$1" = one ] && flag= || flag=-DTHREADS
    # shellcheck disable=SC2086
    unicore-cc -w -O1 -D_GNU_SOURCE $flag "$source" -o "$1"
}

for kind in one two; do
    compile $kind || exit 1
    timeout 60 unshare -rm sh -c "exec 9< \"\$0\"; mount -t tmpfs none /tmp; cd /; exec /proc/self/fd/9" "$PWD/$kind" > $kind.expected
    [ -s $kind.expected ] || { echo "no output on Linux"; exit 1; }
done
for target; do
    for kind in one two; do
        [ "$target" = kvm-x86_64 ] || UNICORE_ARCH=${target#*-} compile $kind || exit 1
        unicore-specialize -q -t "$target" --root root $kind || exit 1
    done
    same "$target 16M" out/one/$target/image 16M one.expected
    same "$target 128M" out/one/$target/image 128M one.expected
    same "$target threads" out/two/$target/image 32M two.expected
done
! echo spoiled | cmp -s - rest && echo "control: told"
