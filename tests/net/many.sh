#!/bin/bash
# 10,000 streams at once, each served three times, in 128 MB; then one more.
#
# REQUIRES: long, tap
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: streams: 10000
# CHECK: round 0: good
# CHECK: round 1: good
# CHECK: round 2: good
# CHECK: one more: good
# CHECK: exit: good
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/echo.c"
python3 "$2/many.py" out/echo/kvm-x86_64/image
