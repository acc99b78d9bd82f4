#!/bin/bash
# What munmap and mprotect take away is gone, page by page, and comes back when
# it is given back; the control accesses nothing that is not allowed. All on a
# machine whose heap is at the addresses of its memory, on one where it is not,
# and on one with hardly any.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1; FileCheck %s < %t.out
# CHECK:      kvm-x86_64 128M: control 0 unmap 139 none 139 read 139 map 139 data 139
# CHECK-SAME: heap 139 again 0 many 0
# CHECK-NEXT: kvm-x86_64 3G: control 0 unmap 139 none 139 read 139 map 139 data 139
# CHECK-SAME: heap 139 again 0 many 0
# CHECK-NEXT: kvm-x86_64 2M: control 0 unmap 139 none 139 read 139 map 139 data 139
# CHECK-SAME: heap 139 again 0 many 0
# CHECK-NEXT: bare-x86_64 128M: control 0 unmap 139 none 139 read 139 map 139
# CHECK-SAME: data 139 heap 139 again 0 many 0
# CHECK-NEXT: bare-mips 128M: control 0 unmap 139 none 139 read 139 map 139
# CHECK-SAME: data 139 heap 139 again 0 many 0
# CHECK-NEXT: bare-mips 3M: control 0 unmap 139 none 139 read 139 map 139
# CHECK-SAME: data 139 heap 139 again 0 many 0
# CHECK-NEXT: allocates only: 0
set -u
cd "$1"
. "$2/protect.sh"
cp "$2/protect.c" in.c
unicore-specialize -q -t kvm-x86_64,bare-x86_64,bare-mips in.c
for memory in 128M 3G 2M; do
    protect kvm-x86_64 $memory
done
protect bare-x86_64 128M
protect bare-mips 128M
protect bare-mips 3M
cat > plain.c <<'C'
#include <stdlib.h>
#include <sys/mman.h>

int main(int argc, char **argv)
{
    char *p = mmap(0, 4096 * argc, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return p[0] + (malloc(argc) == argv[0]);
}
C
unicore-specialize -q -t kvm-x86_64 plain.c
echo "allocates only: $(grep -c uc_plat_protect out/plain/kvm-x86_64/image.map)"
