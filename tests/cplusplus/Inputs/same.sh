#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# same.sh SOURCE OUT [-t TARGET,...] [FLAG...]: the images of a C++ source print
# what g++'s program on Linux prints, and end with its status. FLAGs are for g++.
# Where a machine has one line, what libc++ says of its end is taken out of it.
set -euo pipefail
source=$1 out=$2 targets=linuxu-x86_64,kvm-x86_64
shift 2
if [ "${1:-}" = -t ]; then
    targets=$2
    shift 2
fi
name=$(basename "${source%.cc}")
rm -rf "$out"
mkdir -p "$out"
g++ -w "$@" -o "$out/native" "$source"
(cd "$out" && status=0 && ./native > want 2> /dev/null || status=$?
 echo "status $status" >> want)
unicore-specialize -q -t "$targets" -o "$out" "$source"
for target in ${targets//,/ }; do
    cd "$out"
    status=0
    timeout 100 unicore-run "$out/$name/$target/image" > console \
        2> /dev/null || status=$?
    sed '/^libc++abi: /d' console > "got.$target"
    echo "status $status" >> "got.$target"
    diff -u want "got.$target"
done
