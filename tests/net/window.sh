#!/bin/bash
# A window that stays closed in one direction does not close the other; one that
# opens is told of at once.
#
# REQUIRES: tap
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: sent: good
# CHECK: answered: good
# CHECK: exit: good
# CHECK: a window that opens: good
# CHECK: a small one: good
# CHECK: pieces of 5: good
# CHECK: pieces of 100: good
# CHECK: pieces of 20: good
# CHECK: pieces of 100: good
# CHECK: exit: good
set -u
cd "$1"
unicore-specialize -q -t kvm-x86_64 "$2/owes.c"
unicore-specialize -q -t kvm-x86_64 "$2/stalls.c"
unshare -rn python3 "$2/window.py" out/owes/kvm-x86_64/image
unshare -rn python3 "$2/stalls.py" out/stalls/kvm-x86_64/image
