#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# calls.sh TEST SEED STEPS MKE2FS-OPTION...: runs it on a new disk of 48 MiB.
set -eu
test=$1 seed=$2 steps=$3
shift 3
disk=$test.img
truncate -s 0 "$disk"
truncate -s 48M "$disk"
mke2fs -q "$@" "$disk"
COMPARE=$(dirname "$0")/compare.sh DISK=$disk "$test" "$seed" "$steps"
rm -f "$disk"
