#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# share.sh PROGRAM.c FOLDER CLANG: the program in a folder of Linux, and in the
# same folder shared with each machine; once more where it may only read.
set -eu
umask 027 # the machines', too
program=$1 clang=$3
rm -rf "$2"
mkdir -p "$2/native"
cd "$2"
unicore-specialize -q --share -o out "$program"
"$clang" -w "$program" -o program
cp "$program" native/in
(cd native && ../program > ../native.out)
for run in "kvm --machine=microvm" "kvm --machine=q35" linuxu; do
    rm -rf root
    mkdir root
    cp "$program" root/in
    # shellcheck disable=SC2086
    unicore-run -t 60 ${run#"${run%% *}"} --share root \
        "out/share/${run%% *}-x86_64/image" > out.txt
    diff native.out out.txt
    diff -r --no-dereference native root
done
rm -rf root
mkdir root
cp "$program" root/in
unicore-run -t 60 --share root,ro out/share/kvm-x86_64/image > ro.txt
[ "$(ls root)" = in ]
