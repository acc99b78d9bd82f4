#!/bin/bash
# Atomic numbers of 64 bits where the processor has none: several threads and a
# signal's handler change the same ones; as natively. Who waits for one in a loop
# is not alone with the processor.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs/wide > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: sum 1 swapped 1 bits 0 torn 0
# CHECK: linuxu-mips: same
# CHECK: linuxu-mipsel: same
# CHECK: bare-mips: same
# CHECK: bare-mips: waited
set -u
cd "$1"
gcc -w -pthread -o native "$2/wide.c" -latomic && ./native > expected
cat expected
for target in linuxu-mips linuxu-mipsel bare-mips; do
    unicore-specialize -q -t $target "$2/wide.c"
    unicore-run -t 60 out/wide/$target/image > got
    diff expected got && echo "$target: same"
done
unicore-specialize -q -t bare-mips "$2/spin.c"
echo "bare-mips: $(unicore-run -t 60 out/spin/bare-mips/image)"
