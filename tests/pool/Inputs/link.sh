#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# link.sh FOLDER COMPILER-AND-ARGUMENTS...: links a unit test. What posix/core
# refers to and the test never comes to is defined: knobs, off, and names of
# which the first use is a fault.
set -eu
dir=$1
shift
if "$@" > "$dir/missing" 2>&1; then
    exit
fi
sed -n "s/.*undefined reference to .\([A-Za-z_0-9]*\)'.*/\1/p" "$dir/missing" |
    sort -u |
    sed -e 's/^CFG_.*/const int &;/' \
        -e 's/^uc_cancel$/_Thread_local char &[64];/' \
        -e '/;/!s/.*/char &[64];/' \
        > "$dir/missing.c"
clang-19 -w -c "$dir/missing.c" -o "$dir/missing.o"
"$@" "$dir/missing.o"
