#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# fork.sh FOLDER PROGRAM.c: the program prints the same as on Linux, as a
# machine of little and of much memory, and with a second thread; but for the
# line that says how fork works. The control: a difference is told.
set -u
rm -rf "$1" && mkdir -p "$1/root/tmp" && cd "$1" || exit 1

# same NAME IMAGE MEMORY EXPECTED
same() {
    timeout 60 unicore-run --mem "$3" "$2" > got 2> err
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
for kind in one two; do
    [ $kind = one ] && flag= || flag=-DTHREADS
    # shellcheck disable=SC2086
    unicore-cc -w -O1 -D_GNU_SOURCE $flag "$2" -o $kind || exit 1
    timeout 60 unshare -rm sh -c "exec 9< \"\$0\"; mount -t tmpfs none /tmp; cd /; exec /proc/self/fd/9" "$PWD/$kind" > $kind.expected
    [ -s $kind.expected ] || { echo "no output on Linux"; exit 1; }
    unicore-specialize -q -t kvm-x86_64 --root root $kind || exit 1
done
same "kvm 16M" out/one/kvm-x86_64/image 16M one.expected
same "kvm 128M" out/one/kvm-x86_64/image 128M one.expected
same threads out/two/kvm-x86_64/image 32M two.expected
! echo spoiled | cmp -s - rest && echo "control: told"
