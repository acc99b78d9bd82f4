#!/bin/bash
# What an image is held against: each kind is made of the same capture, checked
# against the captured program, and larger than the image. One that prints
# something else is refused. Of a server's run, and of binary output, there is no figure
# on a Linux guest: that is exit status 3.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: glibc: larger
# CHECK-NEXT: musl: larger
# CHECK-NEXT: musl-gc: larger
# CHECK-NEXT: against: error: hello-float: glibc: differs from the captured program: run
# CHECK-NEXT: against: error: hello-float: no such kind
# CHECK-NEXT: against: microsocks: linux: a server: only its requests are counted
# CHECK-NEXT: 3
# CHECK-NEXT: against: minigzip: linux: its output is binary, which a console does not carry
# CHECK-NEXT: 3
set -u
cd "$1"
"$2/corpus/run" --build hello-float kvm-x86_64 "$PWD/out" || exit
report=out/hello-float/hello-float/kvm-x86_64/report.json
native=$(jq -r .native $report)
bytes=$(jq .bytes $report)
for kind in glibc musl musl-gc; do
    "$2/eval/against" $kind hello-float kvm-x86_64 "$native" "$PWD/$kind" bytes
    [ "$(sed -n 's/^bytes //p' $kind/found)" -gt "$bytes" ] && echo "$kind: larger"
done
# the control: a captured program that is another one
mkdir -p other/programs
cp -r "${native%/native}" other/programs/hello-float
printf '#!/bin/sh\necho another\n' > other/programs/hello-float/native
"$2/eval/against" glibc hello-float kvm-x86_64 "$PWD/other/programs/hello-float/native" "$PWD/x" bytes
"$2/eval/against" nothing hello-float kvm-x86_64 "$native" "$PWD/y" bytes 2>&1 | sed 's/nothing: //'
"$2/eval/against" linux microsocks kvm-x86_64 "$native" "$PWD/z" bytes; echo $?
printf '#!/bin/sh\nprintf "x\\001\\n"\n' > other/programs/hello-float/native
"$2/eval/against" linux minigzip kvm-x86_64 "$PWD/other/programs/hello-float/native" "$PWD/z" bytes; echo $?
