#!/bin/bash
# Many streams at once whose messages come in pieces of any size, read by three
# threads, each in its own way, while others are reset: no byte is lost,
# doubled or another.
#
# REQUIRES: tap
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: tap: good
# CHECK: exit: good
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/pieces.c"
unshare -rn python3 "$2/pieces.py" out/pieces/kvm-x86_64/image 5 tap
