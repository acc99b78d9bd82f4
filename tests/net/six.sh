#!/bin/bash
# IPv6 and groups, with this computer at the other end of a tap device: the
# addresses that come by themselves, by router advertisements and by --ip; what
# getifaddrs and if_nameindex say; datagrams to groups until they are left.
#
# REQUIRES: tap
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: microvm: link-local: good
# CHECK-NEXT: microvm: by router: good
# CHECK-NEXT: microvm: given: good
# CHECK-NEXT: microvm: again: good
# CHECK-NEXT: microvm: groups: good
# CHECK-NEXT: microvm: left: good
# CHECK-NEXT: microvm: exit: good
# CHECK-NEXT: microvm: again -1
# CHECK-NEXT: microvm: eth0 up multicast address 10.231.77.2 mask 255.255.255.0
# CHECK-NEXT: microvm: eth0 up multicast address fe80::5054:ff:fe12:3456 mask ffff:ffff:ffff:ffff::
# CHECK-NEXT: microvm: eth0 up multicast address fd78::2 mask ffff:ffff:ffff:ffff::
# CHECK-NEXT: microvm: left 0, again -1
# CHECK: microvm: eth0 up multicast address fd77::5054:ff:fe12:3456 mask ffff:ffff:ffff:ffff::
# CHECK-NEXT: q35: link-local: good
# CHECK-NEXT: q35: by router: good
# CHECK-NEXT: q35: given: good
# CHECK-NEXT: q35: again: good
# CHECK-NEXT: q35: groups: good
# CHECK-NEXT: q35: left: good
# CHECK-NEXT: q35: exit: good
# CHECK: lo up loopback address 127.0.0.1 mask 255.0.0.0
# CHECK-NEXT: eth0 up multicast address 10.0.2.15 mask 255.255.255.0
# CHECK-NEXT: lo up loopback address ::1
# CHECK: interface 2 eth0 2
# CHECK: netlink in echo: no
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/groups.c"
# a network of its own: nothing is left of it, whatever happens
unshare -rn sh -c 'ip link set lo up; exec "$@"' - python3 "$2/six.py" out/groups/kvm-x86_64/image
unicore-run -t 5 out/groups/kvm-x86_64/image > said
grep -e '^lo' -e '^eth0' said
grep interface said
unicore-specialize -q -t kvm-x86_64 "$2/echo.c"
grep -q netlink out/echo/kvm-x86_64/image.map && echo 'netlink in echo: yes' ||
    echo 'netlink in echo: no'
