#!/bin/bash
# A device tree that is damaged, lacks what is needed, or tells of too little
# memory: a line that says so, and a stop. The control is QEMU's own tree.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs %root > %t.out 2> %t.err
# RUN: FileCheck %s < %t.out
# CHECK: aarch64 none: begun done status 0
# CHECK: aarch64 magic: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: aarch64 huge: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: aarch64 offset: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: aarch64 cut: unicore: the device tree has no memory at 0x40000000 status 137
# CHECK: aarch64 property: unicore: the device tree has no memory at 0x40000000 status 137
# CHECK: aarch64 nomemory: unicore: the device tree has no memory at 0x40000000 status 137
# CHECK: aarch64 little: unicore: too little memory for the image and its stack status 137
# CHECK: aarch64 nolines: begun unicore: the device tree has no interrupt controller of versions 2 or 3 status 137
# CHECK: aarch64 unused: begun unicore: the device tree has no interrupt controller of versions 2 or 3 status 137
# CHECK: aarch64 secure: begun done status 0
# CHECK: riscv64 none: begun done status 0
# CHECK: riscv64 magic: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: riscv64 huge: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: riscv64 offset: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: riscv64 cut: unicore: the device tree has no memory at 0x80000000 status 137
# CHECK: riscv64 property: unicore: the device tree has no memory at 0x80000000 status 137
# CHECK: riscv64 nomemory: unicore: the device tree has no memory at 0x80000000 status 137
# CHECK: riscv64 little: unicore: too little memory for the image and its stack status 137
# CHECK: riscv64 nolines: begun unicore: the device tree has no interrupt controller (PLIC) status 137
# CHECK: riscv64 unused: begun unicore: the device tree has no interrupt controller (PLIC) status 137
# CHECK: riscv64 secure: begun done status 0
# CHECK: 30000 walks, some of them to the memory
# CHECK: 30000 walks, some of them to the memory
set -u
cd "$1"
inputs=$2 root=$3
cat > wait.c <<'C'
#include <stdio.h>
#include <time.h>

int main(void)
{
    struct timespec t = {0, 1000000};

    puts("begun");
    fflush(stdout);
    nanosleep(&t, NULL);
    nanosleep(&t, NULL);
    puts("done");
    return 0;
}
C
unicore-specialize -q -t kvm-aarch64,kvm-riscv64 wait.c
for arch in aarch64 riscv64; do
    cpu=max controller=/intc@8000000 start=0x40000000
    [ $arch = aarch64 ] || cpu=rv64 controller=/soc/plic@c000000 start=0x80000000
    qemu-system-$arch -M virt,dumpdtb=tree -cpu $cpu -m 64 -display none 2> /dev/null
    for how in none magic huge offset cut property nomemory little nolines unused secure; do
        case $how in
            unused) # what there is, but not for us
                cp tree tree.$how
                fdtput -t s tree.$how $controller status disabled ;;
            secure) # memory that comes first, and isn't ours
                cp tree tree.$how
                fdtput -c tree.$how /secram
                fdtput -t s tree.$how /secram device_type memory
                fdtput -t x tree.$how /secram reg 0 $start 0 0x108000
                fdtput -t s tree.$how /secram status disabled ;;
            *) python3 "$inputs/damage.py" $how tree "tree.$how" ;;
        esac
        echo "$arch $how: $(python3 "$inputs/tree.py" $arch \
            out/wait/kvm-$arch/image "tree.$how" | tr '\n' ' ')"
    done
    cp tree.none "$arch"
done
clang -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
    -I"$root/libpool/include" -I"$root/platforms/kvm/virt" -o fuzz \
    "$inputs/tree_fuzz.c" "$root/platforms/kvm/virt/dt.c"
for arch in aarch64 riscv64; do
    ./fuzz $arch 30000
done
