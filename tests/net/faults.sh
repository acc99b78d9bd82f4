#!/bin/bash
# A network that loses, doubles, reorders and corrupts frames, and one that is
# gone for a while; peers that begin a connection and never go on; a machine of
# little memory.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: a good network: good
# CHECK: lose: good
# CHECK: double: good
# CHECK: reorder: good
# CHECK: corrupt: good
# CHECK: all of it: good
# CHECK: no link for 3 seconds: good
# CHECK: exit: good
# CHECK: flood
# CHECK: before: good
# CHECK: during: good
# CHECK: after: good
# CHECK: exit: good
# CHECK: short
# CHECK: before: good
# CHECK: stuck: True
# CHECK: afterwards: good
# CHECK: exit: good
# CHECK: link
# CHECK: up: good
# CHECK: down: good
# CHECK: up again: good
# CHECK: exit: good
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/echo.c"
python3 "$2/faults.py" out/echo/kvm-x86_64/image
echo flood
python3 "$2/flood.py" out/echo/kvm-x86_64/image
echo short
python3 "$2/short.py" out/echo/kvm-x86_64/image 6M
echo link
python3 "$2/link.py" out/echo/kvm-x86_64/image
