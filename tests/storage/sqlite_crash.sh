#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Machines that write with SQLite are killed, and their disks lose what was not
# flushed: no row is lost whose commit was acknowledged: see sqlite_crash.py.
# RUN: bash %s %S %t | FileCheck %s
# CHECK: delete: {{[1-9][0-9]+}} stops, {{[1-9][0-9]+}} commits acknowledged: nothing lost
# CHECK: wal: {{[1-9][0-9]+}} stops, {{[1-9][0-9]+}} commits acknowledged: nothing lost
# CHECK: persist: {{[1-9][0-9]+}} stops, {{[1-9][0-9]+}} commits acknowledged: nothing lost
# CHECK: ahci: delete: {{[1-9][0-9]+}} stops, {{[1-9][0-9]+}} commits acknowledged: nothing lost
set -eu
here=$1 out=$2
unicore-specialize -q -t kvm-x86_64,bare-x86_64 -o "$out" --disk deb:sqlite3 --bin sqlite3
for mode in delete wal persist; do
    python3 "$here/Inputs/sqlite_crash.py" \
        "$out/sqlite3/kvm-x86_64/image" $mode 4 "$out/work"
done
printf 'ahci: '
python3 "$here/Inputs/sqlite_crash.py" \
    "$out/sqlite3/bare-x86_64/image" delete 2 "$out/work"
rm -rf "$out/work"
