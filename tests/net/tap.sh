#!/bin/bash
# Over a tap device of this computer: linuxu with a network of its own, also on
# 32-bit processors of both byte orders, and both machines, which then are given
# checksums to complete and frames whose checksums are not.
#
# REQUIRES: tap
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: linuxu-x86_64: streams: good
# CHECK: linuxu-x86_64: datagrams: good
# CHECK: linuxu-x86_64: exit: good
# CHECK: linuxu-arm: streams: good
# CHECK: linuxu-arm: datagrams: good
# CHECK: linuxu-arm: exit: good
# CHECK: linuxu-mips: streams: good
# CHECK: linuxu-mips: datagrams: good
# CHECK: linuxu-mips: exit: good
# CHECK: microvm: streams: good
# CHECK: microvm: datagrams: good
# CHECK: microvm: exit: good
# CHECK: q35: streams: good
# CHECK: q35: datagrams: good
# CHECK: q35: exit: good
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/echo.c"
unicore-specialize -q -t linuxu-x86_64,linuxu-arm,linuxu-mips --net tap "$2/echo.c"
# a network of its own: nothing is left of it, whatever happens
unshare -rn sh -c 'ip link set lo up; exec "$@"' - python3 "$2/tap.py" out/echo
