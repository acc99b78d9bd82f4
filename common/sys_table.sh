#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
#
# sys_table.sh CC: system call numbers as C lines, from the kernel's headers:
#
#     SYS("x86_64", 0, "read")
#
# An architecture whose headers are not installed has no lines; unicore-link
# then leaves its syscall() calls as they are.
set -eu

table() {
    arch=$1 header=$2
    shift 2
    echo "#include <$header>" | "$@" -E -dM - 2>/dev/null | LC_ALL=C sort |
        awk -v arch="$arch" '
            { value[$2] = $3 }
            $2 ~ /^__NR_[a-z0-9_]+$/ { names[++n] = $2 }
            END {
                for (i = 1; i <= n; i++) {
                    v = value[names[i]]
                    if (v in value)
                        v = value[v]
                    if (v ~ /^[0-9]+$/)
                        printf "SYS(\"%s\", %d, \"%s\")\n", arch, v,
                            substr(names[i], 6)
                }
            }'
}

table x86_64 asm/unistd.h "$1" --target=x86_64-linux-gnu
# The generic table, as a 64-bit machine sees it.
table aarch64 asm-generic/unistd.h "$1" --target=x86_64-linux-gnu \
    -D__ARCH_WANT_RENAMEAT -D__ARCH_WANT_NEW_STAT -D__ARCH_WANT_SYS_CLONE3 \
    -D__ARCH_WANT_SET_GET_RLIMIT -D__ARCH_WANT_MEMFD_SECRET
