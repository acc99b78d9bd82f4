#!/bin/bash
# Random bytes where the processor makes none: virtio-rng, which unicore-run
# gives the machine. The control: without the device there are none.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: kvm-arm: random, status 0
# CHECK: kvm-riscv64: random, status 0
# CHECK: bare-mips: random, status 0
# CHECK: the control: getrandom: Function not implemented
set -u
cd "$1"
for target in kvm-arm kvm-riscv64 bare-mips; do
    unicore-specialize -q -t $target "$2/random.c"
    got=$(unicore-run -t 60 out/random/$target/image)
    echo "$target: $got, status $?"
done
qemu-system-arm -M virt -nodefaults -display none -cpu max -m 64 -serial stdio -no-reboot \
    -kernel out/random/kvm-arm/image -append x < /dev/null > got &
qemu=$!
for _ in $(seq 100); do ! kill -0 $qemu 2> /dev/null || sleep 0.1; done
kill $qemu 2> /dev/null
echo "the control: $(cat got)"
