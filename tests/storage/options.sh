#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# --disk and --share: what they refuse and say, a disk that may only be read,
# and one that is none. An image without a disk has nothing of it.
# RUN: bash %s %t 2>&1 | FileCheck %s
set -u
rm -rf "$1"
mkdir -p "$1/folder"
cd "$1" || exit 1
PATH=$PATH:/usr/sbin:/sbin
cat > p.c <<EOF
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>
int main(void)
{
    int fd = open("/f", O_RDWR | O_CREAT, 0644);
    if (fd < 0)
        printf("open: %d\n", errno);
    else
        printf("write: %d %d\n", (int)write(fd, "x", 1), fsync(fd));
    fd = open("/f", O_RDONLY);
    printf("read: %d\n", fd < 0 ? errno : 0);
    return 0;
}
EOF
say() { echo "== $*"; }
say two # CHECK-LABEL: == two
unicore-specialize --disk --root folder p.c
# CHECK: error: --root, --disk, --share: the root file system is in one place
unicore-specialize --disk --share p.c
# CHECK: error: --root, --disk, --share: the root file system is in one place
unicore-specialize -q -o disk --disk p.c
unicore-specialize -q -o share --share p.c
unicore-specialize -q -o none p.c
for target in kvm-x86_64 linuxu-x86_64; do
    say "$target missing"
    unicore-run disk/p/$target/image
    unicore-run share/p/$target/image
    unicore-run --disk folder disk/p/$target/image
    unicore-run --disk no-file disk/p/$target/image
    unicore-run --share p.c share/p/$target/image
    unicore-run --disk p.c none/p/$target/image
    unicore-run --share folder none/p/$target/image
    truncate -s 4M zeros
    unicore-run -t 60 --disk zeros disk/p/$target/image
    truncate -s 8M good
    mke2fs -q -t ext4 -F good
    say "$target good"
    unicore-run -t 60 --disk good,ro disk/p/$target/image
    unicore-run -t 60 --disk good disk/p/$target/image
    unicore-run -t 60 --disk good,ro disk/p/$target/image
    e2fsck -fn good > /dev/null 2>&1 && echo sound
    truncate -s 4M good
    unicore-run -t 60 --disk good disk/p/$target/image
    mke2fs -q -t ext4 -O inline_data -F good
    unicore-run -t 60 --disk good disk/p/$target/image
    rm good
done
# CHECK-LABEL: == kvm-x86_64 missing
# CHECK: error: {{.*}}: its files are on a disk: say which, with --disk
# CHECK: error: {{.*}}: its files are in a folder: say which, with --share
# CHECK: error: --disk folder: expected a file
# CHECK: error: --disk no-file: No such file or directory
# CHECK: error: --share p.c: expected a folder
# CHECK: error: {{.*}}: it has no files on a disk; unicore-specialize --disk
# CHECK: error: {{.*}}: its files are not in a folder; unicore-specialize --share
# CHECK: unicore: ext4: the disk has no ext2, ext3 or ext4
# CHECK: open: 5
# CHECK-LABEL: == kvm-x86_64 good
# CHECK-NEXT: open: 30
# CHECK-NEXT: read: 2
# CHECK-NEXT: write: 1 0
# CHECK-NEXT: read: 0
# CHECK-NEXT: open: 30
# CHECK-NEXT: read: 0
# CHECK-NEXT: sound
# CHECK-NEXT: unicore: ext4: the disk ends before its file system
# CHECK: unicore: ext4: the disk has inline_data, not known here
# CHECK-LABEL: == linuxu-x86_64 missing
# CHECK: error: {{.*}}: it has no files on a disk; unicore-specialize --disk
# CHECK: unicore: ext4: the disk has no ext2, ext3 or ext4
# CHECK-LABEL: == linuxu-x86_64 good
# CHECK-NEXT: open: 30
# CHECK-NEXT: read: 2
# CHECK-NEXT: write: 1 0
# CHECK-NEXT: read: 0
# CHECK-NEXT: open: 30
# CHECK-NEXT: read: 0
# CHECK-NEXT: sound
# CHECK-NEXT: unicore: ext4: the disk ends before its file system

say size # CHECK-LABEL: == size
grep -c ext4 disk/p/kvm-x86_64/image.map
grep -c 'ext4\|virtio' none/p/kvm-x86_64/image.map || true
# CHECK-NEXT: {{[1-9][0-9]+}}
# CHECK-NEXT: {{^0$}}
