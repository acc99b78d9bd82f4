#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# SQLite on a disk: its own check and Linux's find the database and the disk
# sound, and the native sqlite3 reads the rows, in every journal mode, on every
# machine. WAL is in exclusive mode: its index would be shared memory.
# RUN: bash %s %t | FileCheck %s
set -eu
out=$1
PATH=$PATH:/usr/sbin:/sbin
rm -rf "$out"
mkdir -p "$out"
unicore-specialize -q -t linuxu-x86_64,kvm-x86_64,bare-x86_64 -o "$out" --disk \
    deb:sqlite3 --bin sqlite3
for run in "kvm --machine=microvm" "kvm --machine=q35" linuxu bare; do
    for mode in delete truncate persist wal; do
        disk=$out/disk
        rm -f "$disk"
        truncate -s 32M "$disk"
        mke2fs -q -t ext4 "$disk"
        cat > "$out/sql" <<EOF
pragma locking_mode=exclusive;
pragma journal_mode=$mode;
create table t(id integer primary key, v text);
with recursive c(x) as (select 1 union all select x+1 from c where x<3000)
    insert into t select x, hex(randomblob(50)) from c;
begin; update t set v='x' where id%7=0; commit;
begin; delete from t; rollback;
delete from t where id%3=0;
create index i on t(v);
vacuum;
pragma integrity_check;
EOF
        echo "$run $mode"
        machine=${run#"${run%% *}"}
        # shellcheck disable=SC2086
        unicore-run -t 100 $machine --disk "$disk" \
            "$out/sqlite3/${run%% *}-x86_64/image" /a.db < "$out/sql" |
            tail -n 1
        e2fsck -fn "$disk" > "$out/fsck" 2>&1 || cat "$out/fsck"
        debugfs -R "dump /a.db $out/a.db" "$disk" 2> /dev/null
        sqlite3 "$out/a.db" "pragma integrity_check; select count(*) from t"
    done
done
# CHECK: kvm --machine=microvm delete
# CHECK-NEXT: ok
# CHECK-NEXT: ok
# CHECK-NEXT: 2000
# CHECK: kvm --machine=microvm wal
# CHECK-NEXT: ok
# CHECK-NEXT: ok
# CHECK-NEXT: 2000
# CHECK: kvm --machine=q35 truncate
# CHECK-NEXT: ok
# CHECK-NEXT: ok
# CHECK-NEXT: 2000
# CHECK: linuxu persist
# CHECK-NEXT: ok
# CHECK-NEXT: ok
# CHECK-NEXT: 2000
# CHECK: linuxu wal
# CHECK-NEXT: ok
# CHECK-NEXT: ok
# CHECK-NEXT: 2000
# CHECK: bare delete
# CHECK-NEXT: ok
# CHECK-NEXT: ok
# CHECK-NEXT: 2000
# CHECK: bare wal
# CHECK-NEXT: ok
# CHECK-NEXT: ok
# CHECK-NEXT: 2000
