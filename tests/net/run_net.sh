#!/bin/bash
# What unicore-run says of a network that does not fit the image, in one line.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK:      -netdev user,hostfwd=tcp:127.0.0.1:1080-:80,hostfwd=udp:127.0.0.1:1053-:53,id=net -device virtio-net-device,netdev=net
# CHECK-NEXT: -netdev user,id=net -device virtio-net-pci,netdev=net,romfile=
# CHECK-NEXT: UC_IP=10.0.2.15/24:10.0.2.2:10.0.2.3
# CHECK-NEXT: UC_IP=10.1.2.3/8
# CHECK-NEXT: error: --net foo: expected user, tap=IFACE, netdev=SPEC or none
# CHECK-NEXT: error: --fwd 1: expected HOSTPORT:GUESTPORT, or that and /udp
# CHECK-NEXT: error: --fwd 1:2/sctp: expected /tcp or /udp after the ports, found /sctp
# CHECK-NEXT: error: --fwd 70000:2: expected HOSTPORT:GUESTPORT, or that and /udp
# CHECK-NEXT: error: --fwd: goes with --net user on kvm only
# CHECK-NEXT: error: --net: the image has no network device (its program uses no sockets of the network): out/none/kvm-x86_64/image
# CHECK-NEXT: error: --fwd: the image has no network device (it uses the host's network): out/sock/linuxu-x86_64/image
# CHECK-NEXT: error: tap/sock/linuxu-x86_64/image: it was made for a tap device: give it one by --net tap=IFACE
# CHECK-NEXT: error: --net user: expected tap=IFACE
# CHECK-NEXT: error: --ip: `10.0.0/8' found, expected A.B.C.D/BITS[:GATEWAY[:NAMESERVER]]
# CHECK-NEXT: error: --ip: `10.0.0.256/8' found, expected
# CHECK-NEXT: error: --net: `user' found, expected tap or pci
# CHECK-NOT: {{.}}
set -u
cd "$1"
cat > sock.c <<'C'
#include <sys/socket.h>

int main(void)
{
    return socket(AF_INET, SOCK_STREAM, 0) < 0;
}
C
echo 'int main(void) { return 0; }' > none.c
unicore-specialize -q sock.c
unicore-specialize -q --net tap -o tap -t linuxu-x86_64 sock.c
unicore-specialize -q none.c
kvm=out/sock/kvm-x86_64/image
command() { unicore-run --print-command "$@" $kvm; }
command --fwd 1080:80 --fwd 1053:53/udp | grep -o -- '-netdev.*'
command --machine q35 | grep -o -- '-netdev.*'
command | grep -o 'UC_IP=[^ ]*'
command --ip 10.1.2.3/8 | grep -o 'UC_IP=[^ ]*'
try() { "$@" 2>&1 | sed -n 's/^unicore-[a-z]*: //p'; }
try unicore-run --net foo $kvm
try unicore-run --fwd 1 $kvm
try unicore-run --fwd 1:2/sctp $kvm
try unicore-run --fwd 70000:2 $kvm
try unicore-run --net tap=x --fwd 1:2 $kvm
try unicore-run --net user out/none/kvm-x86_64/image
try unicore-run --fwd 1:2 out/sock/linuxu-x86_64/image
try unicore-run tap/sock/linuxu-x86_64/image
try unicore-run --net user tap/sock/linuxu-x86_64/image
try unicore-specialize --ip 10.0.0/8 sock.c
try unicore-specialize --ip 10.0.0.256/8 sock.c
try unicore-specialize --net user sock.c
