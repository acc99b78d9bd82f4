#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# same.sh FOLDER PROGRAM.c [ARCH [PLATFORM...]]: it prints the same as a process
# of Linux, as an image over posix/core in a process (an empty --root brings
# posix/core), and as a machine. The control: a comparison that fails is told.
# mips has numbers of its own for errors and flags: there the process is one of
# that architecture, under QEMU's user mode.
set -u
here=$(dirname "$(readlink -f "$0")")
arch=${3:-x86_64} folder=$1 source=$2
[ $# -gt 2 ] && shift 3 || shift 2
[ $# -gt 0 ] || set linuxu kvm
rm -rf "$folder" && mkdir -p "$folder/root/tmp" && cd "$folder" || exit 1
name=$(basename "$source" .c)
cc() { unicore-cc -w -O1 -D_GNU_SOURCE -I"$here" "$source" -o "$name"; }
native() { (mkdir native && cd native && timeout 60 "$@") > expected; }
cc || exit 1
case $arch in mips*) ;; *) native "../$name" ;; esac
[ "$arch" = x86_64 ] || UNICORE_ARCH=$arch cc || exit 1
case $arch in mips*) native "qemu-$arch" "../$name" ;; esac
[ -s expected ] || { echo "no output on Linux"; exit 1; }
for p; do targets=${targets:+$targets,}$p-$arch; done
unicore-specialize -q -t "$targets" --root root "$name" || exit 1
for p; do
    timeout 120 unicore-run "out/$name/$p-$arch/image" > $p 2> $p.err
    cat $p.err
    if cmp -s expected $p; then
        echo "$p: as on Linux"
    else
        echo "$p differs"
        diff expected $p
    fi
done
! echo spoiled | cmp -s - "$1" && echo "control: told"
