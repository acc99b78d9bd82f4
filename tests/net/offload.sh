#!/bin/bash
# Segments of TCP travel in long frames, both ways, where the device can cut
# them: a tap device does.
#
# REQUIRES: tap
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: microvm: bytes: good
# CHECK: microvm: long frames come: good
# CHECK: microvm: long frames go: good
# CHECK: microvm: exit: good
# CHECK: q35: bytes: good
# CHECK: q35: long frames come: good
# CHECK: q35: long frames go: good
# CHECK: q35: exit: good
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/echo.c"
unshare -rn python3 "$2/offload.py" out/echo/kvm-x86_64/image
