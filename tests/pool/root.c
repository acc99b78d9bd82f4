/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A baked-in root: what the folder holds is there, can be changed, and is the
 * same on every target.
 *
 * RUN: rm -rf %t.root %t.out && mkdir -p %t.root/etc %t.root/data/sub
 * RUN: seq 1 5000 > %t.root/data/big && ln -s ../data/big %t.root/etc/link
 * RUN: printf 'hi\n' > %t.root/etc/motd && chmod 640 %t.root/etc/motd
 * RUN: unicore-specialize -q -o %t.out --root %t.root %s
 * RUN: unicore-run %t.out/root/linuxu-x86_64/image | FileCheck %s
 * RUN: unicore-run %t.out/root/kvm-x86_64/image | FileCheck %s
 *
 * CHECK-DAG: /data 40755
 * CHECK-DAG: /data/big 100644 23893
 * CHECK-DAG: /etc/link 120777 11
 * CHECK-DAG: /etc/motd 100640 3
 * CHECK-DAG: /tmp 41777
 * CHECK: before [1041|1042]
 * CHECK: after [10HELLO42]
 * CHECK: cut 33 00 00
 * CHECK: hi
 * CHECK-NEXT: more
 * CHECK: rename 0, gone 2
 */
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int show(const char *path, const struct stat *st, int type,
                struct FTW *ftw)
{
    (void)type, (void)ftw;
    if (strncmp(path, "/dev", 4) != 0)
        printf("%s %o %ld\n", path, st->st_mode, (long)st->st_size);
    return 0;
}

int main(void)
{
    char b[16] = "";
    struct stat st;
    nftw("/", show, 10, FTW_PHYS);
    int fd = open("/etc/link", O_RDWR);
    pread(fd, b, 9, 4093);
    b[4] = '|';
    printf("before [%s]\n", b);
    pwrite(fd, "HELLO", 5, 4093 + 2);
    pread(fd, b, 9, 4093);
    printf("after [%s]\n", b);
    ftruncate(fd, 91);
    ftruncate(fd, 200);
    pread(fd, b, 3, 90);
    printf("cut %02x %02x %02x\n", b[0], b[1], b[2]);
    FILE *f = fopen("/etc/motd", "a+");
    fputs("more\n", f);
    rewind(f);
    while (fgets(b, sizeof b, f))
        fputs(b, stdout);
    fclose(f);
    int r = rename("/data/sub", "/moved");
    stat("/data/sub", &st);
    printf("rename %d, gone %d\n", r, errno);
    return 0;
}
