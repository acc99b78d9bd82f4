#!/bin/bash
# What unicore-run says when it cannot start an image; 125 is never a program's
# own status by accident of these.
#
# RUN: bash %S/Inputs/build.sh kvm-x86_64 %S/hello %t.kvm
# RUN: unicore-run %t.kvm | FileCheck %s --check-prefix=CONTROL
# CONTROL: Hello, world
# RUN: bash %s %t.kvm > %t.out; FileCheck %s < %t.out
set -u
image=$1
run() { unicore-run "$@" 2>&1; echo "status $?"; }

run "$image.none"
# CHECK: unicore-run: error: {{.*}}.none: No such file or directory
# CHECK-NEXT: status 125
run "$0"
# CHECK-NEXT: unicore-run: error: {{.*}}: not an ELF file
# CHECK-NEXT: status 125
run /bin/true
# CHECK-NEXT: unicore-run: error: /bin/true: not an image made by unicore-specialize
# CHECK-NEXT: status 125
run --mem 12X "$image"
# CHECK-NEXT: unicore-run: error: --mem 12X: expected a size as 1088K, 64M or 2G
# CHECK-NEXT: status 125
run --mem 1M "$image"
# CHECK-NEXT: unicore-run: error: {{.*}}: it needs at least 10{{[0-9]+}} KiB on microvm, --mem gives 1024
# CHECK-NEXT: status 125
run --mem 512K "$image"
# CHECK-NEXT: unicore-run: error: {{.*}}: it needs at least 10{{[0-9]+}} KiB on microvm, --mem gives 512
# CHECK-NEXT: status 125
run --machine q35 --mem 1 "$image"
# CHECK-NEXT: unicore-run: error: {{.*}}: it needs at least 2048 KiB on q35, --mem gives 1024
# CHECK-NEXT: status 125
run --disk /dev/null "$image"
# CHECK-NEXT: unicore-run: error: {{.*}}disk
# CHECK-NEXT: status 125
run --mem 1000000G "$image"
# CHECK-NEXT: unicore-run: error: {{.*}}: qemu-system-x86_64:
# CHECK-NEXT: status 125
PATH=$(dirname "$(command -v unicore-run)") run "$image"
# CHECK-NEXT: unicore-run: error: cannot run qemu-system-x86_64: {{.*}}; install the package qemu-system-x86
# CHECK-NEXT: status 125
run
# CHECK-NEXT: unicore-run: error: which image?
# CHECK: status 125
{ unicore-run "$image" > /dev/full; echo "status $?"; } 2>&1
# CHECK: unicore-run: error: standard output: No space left on device
# CHECK-NEXT: status 125
head -c 200 "$image" > "$image.cut"
run "$image.cut"
# CHECK-NEXT: unicore-run: error: {{.*}}: not an image made by unicore-specialize
# CHECK-NEXT: status 125
