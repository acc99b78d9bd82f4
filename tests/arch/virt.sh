#!/bin/bash
# QEMU's `virt`, for aarch64, arm and riscv64: threads and waits, the network with
# every interrupt controller, a disk that Linux's own check finds sound, a shared
# folder, and what hello costs there.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: aarch64 threads: kvm: as on Linux
# CHECK: aarch64 pipes: kvm: as on Linux
# CHECK: aarch64 epoll: kvm: as on Linux
# CHECK: aarch64 turns: bad 0, enough 1
# CHECK: aarch64 virt: the same
# CHECK: aarch64 virt-gic3: the same
# CHECK: aarch64 two ranges: {{2[45][0-9][0-9][0-9][0-9]}} KiB
# CHECK: aarch64 disk: 5000 lines, clean
# CHECK: aarch64 folder: 5000 lines
# CHECK: aarch64 hello: at most 8192 bytes
# CHECK: aarch64 hello: at most 5000 instructions
# CHECK: arm threads: kvm: as on Linux
# CHECK: arm pipes: kvm: as on Linux
# CHECK: arm epoll: kvm: as on Linux
# CHECK: arm turns: bad 0, enough 1
# CHECK: arm virt: the same
# CHECK: arm virt-gic3: the same
# CHECK: arm two ranges: {{2[45][0-9][0-9][0-9][0-9]}} KiB
# CHECK: arm disk: 5000 lines, clean
# CHECK: arm folder: 5000 lines
# CHECK: arm hello: at most 8192 bytes
# CHECK: riscv64 threads: kvm: as on Linux
# CHECK: riscv64 pipes: kvm: as on Linux
# CHECK: riscv64 epoll: kvm: as on Linux
# CHECK: riscv64 turns: bad 0, enough 1
# CHECK: riscv64 virt: the same
# CHECK: riscv64 two ranges: {{2[45][0-9][0-9][0-9][0-9]}} KiB
# CHECK: riscv64 disk: 5000 lines, clean
# CHECK: riscv64 folder: 5000 lines
# CHECK: riscv64 hello: at most 8192 bytes
# usage: virt.sh FOLDER ROOT [TARGET...]
set -u
cd "$1"
root=$2
shift 2
[ $# -gt 0 ] || set -- kvm-aarch64 kvm-arm kvm-riscv64
PATH=$PATH:/usr/sbin:/sbin
clang -w -o same.native "$root/tests/net/Inputs/same.c"
./same.native > same.expected
cat > lines.c <<'C'
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    FILE *f = fopen("/lines", "w");
    int n = 0;
    char line[100];

    for (int i = 0; i < 5000; i++)
        fprintf(f, "line %d\n", i);
    fflush(f);
    fsync(fileno(f));
    f = freopen("/lines", "r", f);
    while (fgets(line, sizeof line, f))
        n++;
    printf("%d lines\n", n);
    return 0;
}
C
for target; do
    arch=${target#*-} platform=${target%-*}
    machines='virt virt-gic3'
    [ $arch != riscv64 ] || machines=virt
    for f in threads/threads ipc/pipes ipc/epoll; do
        sh "$root/tests/ipc/Inputs/same.sh" "$PWD/same" "$root/tests/$f.c" $arch $platform |
            sed "s|^|$arch $(basename $f): |"
    done
    unicore-specialize -q -t $target "$root/tests/net/Inputs/same.c" "$root/corpus/apps/hello"
    unicore-specialize -q -t $target "$root/tests/arch/Inputs/malta/turns.c"
    echo "$arch turns: $(unicore-run -t 60 out/turns/$target/image)"
    for machine in $machines; do
        unicore-run -t 100 --machine $machine out/same/$target/image > got
        cmp same.expected got && echo "$arch $machine: the same"
    done
    bash "$root/tests/boot/Inputs/build.sh" $target "$root/tests/boot/heap" heap
    words=()
    for word in -smp 2 -object memory-backend-ram,id=a,size=96M -object memory-backend-ram,id=b,size=160M \
        -numa node,memdev=a -numa node,memdev=b; do
        words+=(--qemu "$word")
    done
    [ $platform = xen ] || echo "$arch two ranges: $(unicore-run -t 60 --mem 256M "${words[@]}" heap)"
    rm -f disk
    truncate -s 8M disk
    mke2fs -q -t ext4 disk
    unicore-specialize -q -o disks -t $target --disk lines.c
    echo "$arch disk: $(unicore-run -t 60 --disk disk disks/lines/$target/image)," \
        "$(e2fsck -fn disk > fsck 2>&1 && debugfs -R 'cat /lines' disk 2> /dev/null | wc -l | sed 's/^5000$/clean/')"
    rm -rf folder && mkdir folder
    unicore-specialize -q -o shares -t $target --share lines.c
    unicore-run -t 60 --share folder shares/lines/$target/image
    echo "$arch folder: $(wc -l < folder/lines) lines"
    size=$(wc -c < out/hello/$target/image)
    echo "$arch hello: $size bytes"
    [ "$size" -gt 8192 ] || echo "$arch hello: at most 8192 bytes"
    [ $platform != xen ] || continue # its instructions would be Xen's as well
    count=$(unicore-run --count out/hello/$target/image 2>&1 > /dev/null | sed 's/entry_to_output=\([0-9]*\).*/\1/')
    echo "$arch hello: $count instructions"
    [ "$count" -gt 5000 ] || echo "$arch hello: at most 5000 instructions"
done
