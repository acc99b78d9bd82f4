#!/bin/bash
# A call of what was cut is named by the file `dropped` beside the image, with
# what would have kept it; the control is an image without that file.
#
# RUN: rm -rf %t.d && mkdir -p %t.d
# RUN: bash %S/Inputs/build.sh kvm-x86_64 %S/fault_cut %t.d/image
# RUN: bash %s %t.d > %t.out; FileCheck %s < %t.out
# CHECK: call of cut function number 141
# CHECK: >>> call of fmt_fp, which was cut because this does not hold: format_float
# CHECK-NEXT: note: {{.*}} --explain=format_float
# CHECK: >>> call of helper, which was cut because nothing reached it
# CHECK-NEXT: note: {{.*}} --explain=helper
set -u
cd "$1" || exit 2
unicore-run image 2>&1
printf '56 other x\n141 fmt_fp format_float\n- unused app\n' > dropped
unicore-run image 2>&1
printf '141 helper not reached\n' > dropped
unicore-run image 2>&1
