#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Packet sockets: a program that has no stack answers on one, and hears what is
# for others. The image has no stack either.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64,bare-x86_64 "$2/packet.c"
for target in kvm bare; do
    echo "== $target"
    grep -c '^component libpool/net/lwip' out/packet/$target-x86_64/pick
    python3 "$2/packet.py" out/packet/$target-x86_64/image
done
# CHECK: == kvm
# CHECK-NEXT: {{^0$}}
# CHECK-NEXT: arp: good
# CHECK-NEXT: echoes: good
# CHECK-NEXT: longest: good
# CHECK-NEXT: for another: good
# CHECK-NEXT: many: good
# CHECK-NEXT: exit: good
# CHECK-NEXT: all: 0
# CHECK-NEXT: short: -1 1
# CHECK-NEXT: long: -1 1
# CHECK-NEXT: none: -1 1
# CHECK-NEXT: ready
# CHECK-NEXT: end: 60, of kind 0, from 01
# CHECK-NEXT: answers: [[#]], lost [[#]]
# CHECK: == bare
# CHECK-NEXT: {{^0$}}
# CHECK-NEXT: arp: good
# CHECK-NEXT: echoes: good
# CHECK-NEXT: longest: good
# CHECK-NEXT: for another: good
# CHECK-NEXT: many: good
# CHECK-NEXT: exit: good
# CHECK: answers: [[#]], lost [[#]]
