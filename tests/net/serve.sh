#!/bin/bash
# A server of streams and datagrams on the machines, by each way to an address;
# DHCP is not in an image that has its address built in, nor datagrams in one
# that has streams only.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: microvm: streams: good
# CHECK: microvm: datagrams: good
# CHECK: microvm: exit: good
# CHECK: q35: streams: good
# CHECK: q35: datagrams: good
# CHECK: q35: exit: good
# CHECK: dhcp: streams: good
# CHECK: dhcp: datagrams: good
# CHECK: dhcp: exit: good
# CHECK: built in: streams: good
# CHECK: built in: datagrams: good
# CHECK: built in: exit: good
# CHECK: dhcp in plain: yes
# CHECK: dhcp in baked: no
# CHECK: tcp in udp: no
# CHECK: ipv6 in udp: no
# CHECK: loopback in streams: no
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/echo.c"
unicore-specialize -q -t kvm-x86_64 -o baked --ip 10.0.2.15/24:10.0.2.2 \
    "$2/echo.c"
python3 "$2/serve.py" out/echo/kvm-x86_64/image baked/echo/kvm-x86_64/image
has() { # WHAT IMAGE SYMBOL
    grep -q "$3" "$2/kvm-x86_64/image.map" && echo "$1: yes" || echo "$1: no"
}
has 'dhcp in plain' out/echo dhcp_start
has 'dhcp in baked' baked/echo dhcp
cat > udp.c <<'C'
#include <netinet/in.h>
#include <sys/socket.h>

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = 7};
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    char c;

    bind(s, (struct sockaddr *)&a, sizeof a);
    return (int)recv(s, &c, 1, 0);
}
C
sed 's/SOCK_DGRAM/SOCK_STREAM/; s/return/listen(s, 1); s = accept(s, 0, 0); return/' \
    udp.c > streams.c
unicore-specialize -q -t kvm-x86_64 udp.c
unicore-specialize -q -t kvm-x86_64 --ip 10.0.2.15/24 streams.c
has 'tcp in udp' out/udp 'lwip.*tcp'
has 'ipv6 in udp' out/udp 'core/ipv6'
has 'loopback in streams' out/streams 'loop_output'
