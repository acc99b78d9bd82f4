/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * nofollow.c: fchmodat with AT_SYMLINK_NOFOLLOW changes a file, a directory and
 * nothing through a link, also where there is no /proc. The same on Linux.
 *
 * RUN: clang -w -o %t.native %s && rm -rf %t.d && mkdir %t.d && cd %t.d
 * RUN: %t.native > %t.expect
 * RUN: FileCheck %s < %t.expect
 * RUN: unicore-specialize -q -t kvm-x86_64,linuxu-x86_64 -o %t.out %s
 * RUN: unicore-run %t.out/nofollow/kvm-x86_64/image > %t.kvm
 * RUN: diff %t.expect %t.kvm
 * RUN: unicore-run %t.out/nofollow/linuxu-x86_64/image > %t.linuxu
 * RUN: diff %t.expect %t.linuxu
 * RUN: if printf '6.6\n%%s\n' "$(uname -r)" | sort -VC; then \
 * RUN:   unshare -r -m sh -c 'mount -t tmpfs none /proc && \
 * RUN:   %t.out/nofollow/linuxu-x86_64/image' > %t.bare && \
 * RUN:   diff %t.expect %t.bare; fi
 * CHECK: file: 0 640, no error
 * CHECK: directory: 0 710, no error
 * CHECK: link: -1, 604 behind it, {{.*}} not supported
 * CHECK: nowhere: -1, {{.*}} not supported
 * CHECK: nothing: -1, No such file or directory
 * CHECK: followed: 0, 600 behind it
 * CHECK: flags: -1, Invalid argument
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *error(int result)
{
    switch (result ? errno : 0) {
    case 0:
        return "no error";
    case ENOENT:
        return "No such file or directory";
    case EOPNOTSUPP:
        return "is not supported";
    case EINVAL:
        return "Invalid argument";
    default:
        return "another error";
    }
}

static unsigned mode_of(const char *path)
{
    struct stat st;
    return stat(path, &st) ? 0 : st.st_mode & 07777;
}

static int change(const char *path, mode_t mode)
{
    return fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW);
}

int main(void)
{
    int r;

    umask(0);
    close(open("file", O_CREAT | O_WRONLY, 0666));
    mkdir("dir", 0777);
    symlink("file", "link");
    symlink("nowhere", "dangling");

    r = change("file", 0640);
    printf("file: %d %o, %s\n", r, mode_of("file"), error(r));
    r = change("dir", 0710);
    printf("directory: %d %o, %s\n", r, mode_of("dir"), error(r));
    chmod("file", 0604);
    r = change("link", 0777);
    printf("link: %d, %o behind it, %s\n", r, mode_of("link"), error(r));
    r = change("dangling", 0777);
    printf("nowhere: %d, %s\n", r, error(r));
    r = change("none", 0777);
    printf("nothing: %d, %s\n", r, error(r));
    r = fchmodat(AT_FDCWD, "link", 0600, 0);
    printf("followed: %d, %o behind it\n", r, mode_of("file"));
    r = fchmodat(AT_FDCWD, "file", 0600, 0x40000000);
    printf("flags: %d, %s\n", r, error(r));
    unlink("link"), unlink("dangling"), unlink("file"), rmdir("dir");
    return 0;
}
