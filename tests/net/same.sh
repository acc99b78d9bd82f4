#!/bin/bash
# Sockets of the network do the same as on Linux: one program, over loopback,
# natively and on both machines; and what --net none leaves of them.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: microvm: the same
# CHECK: q35: the same
# CHECK: no device: the same
# CHECK: lines: 1{{[0-9][0-9]$}}
set -u
cd "$1"
clang -w -o native "$2/same.c"
./native > expect
unicore-specialize -q -t kvm-x86_64 "$2/same.c"
try() { # WHAT OPTION...
    what=$1
    shift
    unicore-run -t 120 "$@" out/same/kvm-x86_64/image > got
    # without a device nothing can be broadcast
    [ "$what" != "no device" ] || sed -i /all/d expect got
    cmp expect got && echo "$what: the same"
}
try microvm --machine microvm
try q35 --machine q35
try 'no device' --net none
echo "lines: $(wc -l < expect)"
