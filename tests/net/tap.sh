#!/bin/bash
# Over a tap device of this computer: linuxu with a network of its own, and
# both machines, which then are given checksums to complete and frames whose
# checksums are not.
#
# REQUIRES: tap
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: linuxu: streams: good
# CHECK: linuxu: datagrams: good
# CHECK: linuxu: exit: good
# CHECK: microvm: streams: good
# CHECK: microvm: datagrams: good
# CHECK: microvm: exit: good
# CHECK: q35: streams: good
# CHECK: q35: datagrams: good
# CHECK: q35: exit: good
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/echo.c"
unicore-specialize -q -t linuxu-x86_64 --net tap "$2/echo.c"
# a network of its own: nothing is left of it, whatever happens
unshare -rn sh -c 'ip link set lo up; exec "$@"' - python3 "$2/tap.py" out/echo
