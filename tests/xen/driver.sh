#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A driver domain: netback's image has the network card, other domains have
# theirs of it. Two of them fetch from a server outside, at the same time, with
# nothing lost or changed; one is connected to from outside; one sends to the
# other, which never leaves the driver domain. One is destroyed in the middle of
# a transfer, and started again. In the end the host shuts the driver domain
# down. The image is small. And a program with a stack of its own has the card.
# REQUIRES: long
# RUN: bash %s %t %S/Inputs %root 2>&1 | FileCheck %s
# CHECK: image: at most 200 KB
# CHECK-NEXT: fetched [[#BYTES:]] [[SUM:[0-9a-f]+]]
# CHECK-NEXT: done
# CHECK: of the back end: backend/vif/4{{ *$}}
# CHECK: two: fetched [[#BYTES]] [[SUM]]
# CHECK-NEXT: two: listening
# CHECK-NEXT: two: echoed 200000
# CHECK-NEXT: two: listening
# CHECK-NEXT: two: echoed 300000
# CHECK-NEXT: two: done
# CHECK: three: fetched [[#BYTES]] [[SUM]]
# CHECK-NEXT: three: sent 200000, back 200000, wrong 0
# CHECK-NEXT: three: done
# CHECK: four: fetched [[#BYTES]] [[SUM]]
# CHECK-NEXT: four: done
# CHECK: left of the back end:{{ *$}}
# CHECK: outside: [[#BYTES]] [[SUM]]
# CHECK-NEXT: outside: the same
# CHECK: netback: ready
# CHECK-DAG: vif2.0: connected
# CHECK-DAG: vif2.0: gone
# CHECK-DAG: vif3.0: connected
# CHECK-DAG: vif4.0: connected
# CHECK-DAG: vif4.0: gone
# CHECK-DAG: vif5.0: connected
# CHECK: status 0
set -u
out=$1 inputs=$2 root=$3
rm -rf "$out"
mkdir -p "$out"
cd "$out" || exit 1
unicore-specialize -q -t xenpv-x86_64 "$root/corpus/apps/netback"
unicore-specialize -q -t xenpv-x86_64 "$inputs/client.c"
image=out/netback/xenpv-x86_64/image
[ "$(stat -c %s $image)" -gt 200000 ] || echo "image: at most 200 KB"

port=$((20000 + RANDOM % 10000)) in=$((30000 + RANDOM % 10000))
python3 "$inputs/serve.py" $port 1000000 > served &
server=$!
unicore-specialize -q -t xenpv-x86_64 --net pci -o alone "$inputs/client.c"
unicore-run -t 100 --mem 16M alone/client/xenpv-x86_64/image fetch 10.0.2.2 $port
cat > beside << SH
start() { # NAME ADDRESS WORD...
    name=\$1 address=\$2
    shift 2
    cat > /job/\$name.cfg << CFG
name = "\$name"
type = "pv"
kernel = "\$file"
memory = 16
cmdline = "UC_IP=\$address/24:10.0.2.2 client \$*"
vif = [ "backend=image,mac=00:16:3e:00:00:\${address##*.}" ]
CFG
    xl create -q /job/\$name.cfg
}
log() { echo /var/log/xen/console/guest-\$1.log; }
until_said() { # NAME TEXT
    for i in \$(seq 600); do
        ! grep -q "\$2" "\$(log \$1)" 2> /dev/null || return 0
        sleep 0.2
    done
}
back() {
    xenstore-ls -f /local/domain/1/backend/vif |
        sed -n 's,^/local/domain/1/\(backend/vif/[0-9]*\) .*,\1,p' | tr '\n' ' '
}
ended() { # NAME NUMBER
    until_said \$1 '^done'
    while xenstore-read /local/domain/\$2/name > /dev/null 2>&1; do sleep 0.2; done
}
until [ "\$(xenstore-read /local/domain/1/device/pci/0/state 2> /dev/null)" = 4 ]; do sleep 0.2; done
start two 10.0.2.15 fetch 10.0.2.2 $port echo echo
start three 10.0.2.16 fetch 10.0.2.2 $port send 10.0.2.15 200000
ended three 3
until_said two 'echoed 200000'
sleep 1
echo RIG: up
ended two 2
start again 10.0.2.17 always 10.0.2.2 $port
until_said again fetched
echo "RIG: of the back end: \$(back)"
xl destroy again
start four 10.0.2.17 fetch 10.0.2.2 $port
ended four 5
for name in two three four; do
    tr -d '\r' < "\$(log \$name)" | grep -v '^unicore' | while read -r l; do echo "RIG: \$name: \$l"; done
done
echo "RIG: left of the back end: \$(back)"
xl shutdown image
SH
{
    unicore-run -t 280 --mem 16M --fwd $in:7 --host-log log --host-file out/client/xenpv-x86_64/image \
        --host-run "$(cat beside)" $image
    echo "status $?"
} > run 2>&1 < /dev/null &
run=$!
for _ in $(seq 1000); do
    ! grep -q 'RIG: up' log 2> /dev/null || break
    sleep 0.2
done
head -c 300000 /dev/urandom > data
exec 3<> /dev/tcp/127.0.0.1/$in
cat data >&3 &
timeout 100 head -c 300000 <&3 > back
exec 3>&-
wait $run
kill $server
tr -d '\r' < log | sed -n 's/.*RIG: //p'
echo "outside: $(cat served)"
cmp data back && echo "outside: the same"
cat run
