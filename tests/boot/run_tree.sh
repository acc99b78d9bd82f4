#!/bin/bash
# A device tree that is damaged, lacks what is needed, or tells of too little
# memory: a line that says so, and a stop. The control is QEMU's own tree.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs %root > %t.out 2> %t.err
# RUN: FileCheck %s < %t.out
# CHECK: none: begun done status 0
# CHECK: magic: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: huge: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: offset: unicore: the machine has no device tree, or it is damaged status 137
# CHECK: cut: unicore: the device tree has no memory at 0x40000000 status 137
# CHECK: property: unicore: the device tree has no memory at 0x40000000 status 137
# CHECK: nomemory: unicore: the device tree has no memory at 0x40000000 status 137
# CHECK: little: unicore: too little memory for the image and its stack status 137
# CHECK: nogic: begun unicore: the device tree has no interrupt controller of versions 2 or 3 status 137
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
qemu-system-aarch64 -M virt,dumpdtb=tree -cpu max -m 64 -display none 2> /dev/null
unicore-specialize -q -t kvm-aarch64 wait.c
for how in none magic huge offset cut property nomemory little nogic; do
    python3 "$inputs/damage.py" $how tree "tree.$how"
    echo "$how: $(python3 "$inputs/tree.py" qemu-system-aarch64 \
        out/wait/kvm-aarch64/image "tree.$how" | tr '\n' ' ')"
done
clang -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
    -I"$root/libpool/include" -I"$root/platforms/kvm/virt" -o fuzz \
    "$inputs/tree_fuzz.c" "$root/platforms/kvm/virt/dt.c"
./fuzz tree.none 30000
