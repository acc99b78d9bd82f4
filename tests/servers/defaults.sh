#!/bin/bash
# Servers on kvm with no file that was given: redis saves in a child of fork and
# reads what it has saved, memcached finds root and nobody, and no other user.
#
# REQUIRES: long, tap
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: saved: ok, 501 keys
# CHECK-NEXT: marker: before
# CHECK-NEXT: rewritten: ok
# CHECK-NEXT: root: STORED VALUE a 0 1 x END
# CHECK-NEXT: nobody: STORED VALUE a 0 1 x END
# CHECK-NEXT: memcache: can't find the user memcache to switch to
set -u
cd "$1"
if [ "${UNICORE_NETWORK:-}" != own ]; then
    unicore-specialize -q -t kvm-x86_64 --bin redis-server deb:redis &&
        unicore-specialize -q -t kvm-x86_64 --bin memcached deb:memcached || exit
    exec unshare -rn --kill-child env UNICORE_NETWORK=own bash "$0" .
fi
ip link set lo up
ip tuntap add net0 mode tap && ip addr add 10.9.0.1/24 dev net0 && ip link set net0 up || exit
run=(timeout 120 unicore-run --mem 256M --net tap=net0 --ip 10.9.0.2/24:10.9.0.1)

"${run[@]}" out/redis-server/kvm-x86_64/image --bind 0.0.0.0 --protected-mode no \
    --save '' --enable-debug-command yes > console 2>&1 < /dev/null &
server=$!
for ((i = 0; i < 200; i++)); do
    grep -q 'Ready to accept' console && break
    sleep 0.2
done
cli() { timeout 20 redis-cli -h 10.9.0.2 "$@"; }
state() { cli info persistence | tr -d '\r' | sed -n "s/^$1://p"; }
finished() {
    for ((i = 0; i < 100; i++)); do
        [ "$(state "$1_in_progress")" = 0 ] && break
        sleep 0.2
    done
}
for i in $(seq 500); do echo "SET k$i v$i"; done | cli > /dev/null
{
    cli set marker before
    cli bgsave
    finished rdb_bgsave
    cli set marker after
    cli debug reload nosave
} > log
echo "saved: $(state rdb_last_bgsave_status), $(cli dbsize) keys"
echo "marker: $(cli get marker)"
cli bgrewriteaof >> log
finished aof_rewrite
echo "rewritten: $(state aof_last_bgrewrite_status)"
kill $server
wait $server

for user in root nobody memcache; do
    "${run[@]}" out/memcached/kvm-x86_64/image -u $user -l 0.0.0.0 -U 0 -t 2 > console 2>&1 < /dev/null &
    server=$!
    for ((i = 0; i < 100; i++)); do
        kill -0 $server 2> /dev/null || break
        (: <> /dev/tcp/10.9.0.2/11211) 2> /dev/null && break
        sleep 0.2
    done
    answer=$(timeout 5 bash -c 'exec 3<> /dev/tcp/10.9.0.2/11211 &&
        printf "set a 0 0 1\r\nx\r\nget a\r\nquit\r\n" >&3 && cat <&3' 2> /dev/null | tr -s '\r\n' ' ')
    kill $server 2> /dev/null
    wait $server
    echo "$user: ${answer:-$(cat console)}"
done
