#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A machine with Redis on a disk is killed while clients write: no write that
# was acknowledged is lost: see Inputs/aof_crash.py. By hand, more of it:
#
#     tests/servers/aof_crash.sh OUT [KILLS] [SEED]
#
# REQUIRES: long
# RUN: bash %s %t 12 | FileCheck %s
# CHECK: 12 kills, 48 disks, {{[1-9][0-9]+}} writes acknowledged, {{[0-9]+}} with a last command cut off, {{[1-9][0-9]*}} after a rewrite: none missing
# CHECK-NEXT: control: some are missing
set -eu
here=$(dirname "$(readlink -f "$0")") out=$(realpath -m "$1")
unicore-specialize -q -t kvm-x86_64 -o "$out" --disk --bin redis-server deb:redis
image=$out/redis-server/kvm-x86_64/image
PYTHONPATH=$here/../storage/Inputs python3 "$here/Inputs/aof_crash.py" "$image" \
    "$(jq -r .native "${image%/*}/report.json")" "${2:-3}" "$out/work" "${3:-1}"
rm -rf "$out/work"
