#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# What unicore-run says of an image for Xen that it does not start: options that
# are of other machines, a command line that is too long.
# RUN: bash %root/tests/boot/Inputs/build.sh xenpvh-x86_64 %root/tests/boot/hello %t.image
# RUN: bash %s %t.image | FileCheck %s
set -u
image=$1
run() { unicore-run "$@" 2>&1; echo "status $?"; }

run --count "$image"
# CHECK: unicore-run: error: --count: QEMU's instructions would be those of Xen and its first domain as well
# CHECK-NEXT: status 125
run --machine q35 "$image"
# CHECK-NEXT: unicore-run: error: --machine q35: Xen's guests have no choice
# CHECK-NEXT: status 125
run --print-command "$image"
# CHECK-NEXT: unicore-run: error: --print-command: xl is told by a file: image.xl beside the image
# CHECK-NEXT: status 125
run --fwd 1:1 "$image"
# CHECK-NEXT: unicore-run: error: --fwd: the image has no network device
# CHECK-NEXT: status 125
run --host-log /none/log "$image"
# CHECK-NEXT: unicore-run: error: --host-log /none/log: No such file or directory
# CHECK-NEXT: status 125
run "$image" "$(head -c 1100 /dev/zero | tr '\0' x)"
# CHECK-NEXT: unicore-run: error: {{.*}}: arguments of 11{{[0-9]+}} bytes; Xen passes 1023
# CHECK-NEXT: status 125
