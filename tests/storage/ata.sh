#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A disk of bare-x86_64, on AHCI (q35) and IDE (pc): files are read and written,
# e2fsck finds the disk sound, and a flush reaches QEMU. An error of the disk is
# the program's: at a write or a flush, after which reading goes on; at a read.
# Without a disk the image says so, and it takes none that may only be read.
# RUN: bash %s %t 2>&1 | FileCheck %s
set -u
rm -rf "$1"
mkdir -p "$1"
cd "$1" || exit 1
PATH=$PATH:/usr/sbin:/sbin
cat > p.c <<C
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char block[5000];

int main(void)
{
    int fd = open("/old", O_RDONLY);
    long n = read(fd, block, sizeof block);

    printf("read: %ld\n", n < 0 ? -errno : n);
    n = pread(fd, block, sizeof block, 0);
    printf("again: %ld\n", n < 0 ? -errno : n);
    fd = open("/new", O_RDWR | O_CREAT, 0644);
    memset(block, 'x', sizeof block);
    for (int i = 0; i < 100; i++)
        write(fd, block, sizeof block);
    printf("sync: %d\n", fsync(fd) ? errno : 0);
    return 0;
}
C
unicore-specialize -q -t bare-x86_64 --disk p.c
image=out/p/bare-x86_64/image
head -c 5000 /dev/zero | tr '\0' o > old
fresh() {
    rm -f disk
    truncate -s 16M disk
    mke2fs -q -t ext4 disk
    debugfs -w -R "write old old" disk > /dev/null 2>&1
}
sound() {
    e2fsck -fn disk > fsck 2>&1 && echo sound || cat fsck
    debugfs -R "cat /new" disk 2> /dev/null | tr -d '\n' | wc -c
}
say() { echo "== $*"; }
for machine in q35 pc; do
    say $machine
    fresh
    unicore-run -t 30 --machine $machine --disk disk $image
    sound
done
# CHECK-LABEL: == q35
# CHECK-NEXT: read: 5000
# CHECK-NEXT: again: 5000
# CHECK-NEXT: sync: 0
# CHECK-NEXT: sound
# CHECK-NEXT: 500000
# CHECK-LABEL: == pc
# CHECK-NEXT: read: 5000
# CHECK-NEXT: again: 5000
# CHECK-NEXT: sync: 0
# CHECK-NEXT: sound
# CHECK-NEXT: 500000
bad() { # EVENT ONCE: an error there
    fresh
    printf '[inject-error]\nevent = "%s"\nerrno = "5"\nonce = "%s"\n' "$@" > rules
    qemu=$(unicore-run --print-command --machine $machine --disk disk $image)
    # shellcheck disable=SC2086
    timeout 30 ${qemu/file=*disk -dev/file=blkdebug:rules:disk,rerror=report,werror=report -dev} \
        < /dev/null 3> status
    e2fsck -fp disk > fsck 2>&1
    e2fsck -fn disk > fsck 2>&1 && echo sound || cat fsck
}
for machine in q35 pc; do
    say $machine write
    bad write_aio on
    say $machine flush
    bad flush_to_disk on
    say $machine read
    bad read_aio off
done
# CHECK-LABEL: == q35 write
# CHECK: unicore: ext4: the disk cannot be written
# CHECK: sync: 5
# CHECK: sound
# CHECK-LABEL: == q35 flush
# CHECK: unicore: ext4: the disk cannot be written
# CHECK: sync: 5
# CHECK: sound
# CHECK-LABEL: == q35 read
# CHECK: unicore: ext4: the disk cannot be read
# CHECK: sound
# CHECK-LABEL: == pc write
# CHECK: unicore: ext4: the disk cannot be written
# CHECK: sync: 5
# CHECK: sound
# CHECK-LABEL: == pc flush
# CHECK: unicore: ext4: the disk cannot be written
# CHECK: sync: 5
# CHECK: sound
# CHECK-LABEL: == pc read
# CHECK: unicore: ext4: the disk cannot be read
# CHECK: sound
say none
qemu=$(unicore-run --print-command --disk disk $image)
timeout 30 ${qemu/-drive*/} < /dev/null 3> status
unicore-run --disk disk,ro $image || :
# CHECK-LABEL: == none
# CHECK: unicore: ext4: there is no disk (unicore-run --disk)
# CHECK: error: --disk {{.*}},ro: it cannot be given to a machine as one that is only to be read
