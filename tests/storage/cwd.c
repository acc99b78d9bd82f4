/*
 * A program starts in a folder of the shared one, and finds the folder's path
 * where its parent has more names than one answer of the host, and where it is
 * mounted: there it has another number than its parent lists. The folder's own
 * /dev/null and /dev/stdin are the image's. Where the folder is not there, it
 * does not start.
 *
 * RUN: rm -rf %t && mkdir -p %t/root/many && cd %t/root/many
 * RUN: seq 600 | sed 's/^/one-of-many-names-/' | xargs mkdir
 * RUN: echo beside > %t/root/file
 * RUN: unicore-specialize -q --share -t linuxu-x86_64,kvm-x86_64 -o %t/out %s
 * RUN: for n in 1 300 600; do unicore-run -t 60 --share %t/root \
 * RUN:   --cwd /many/one-of-many-names-$n %t/out/cwd/kvm-x86_64/image \
 * RUN:   || exit 1; done > %t/said
 * RUN: unshare -r -m sh -c 'mount -t tmpfs none %t/root/many && \
 * RUN:   mkdir %t/root/dev && mount --rbind /dev %t/root/dev && \
 * RUN:   mkdir %t/root/many/inside && echo typed | unicore-run -t 60 --share %t/root \
 * RUN:   --cwd /many/inside %t/out/cwd/kvm-x86_64/image' >> %t/said
 * RUN: unicore-run -t 60 --share %t/root %t/out/cwd/kvm-x86_64/image >> %t/said
 * RUN: not unicore-run -t 60 --share %t/root --cwd /many \
 * RUN:   %t/out/cwd/linuxu-x86_64/image 2>> %t/said
 * RUN: not unicore-run -t 60 --share %t/root --cwd /nowhere \
 * RUN:   %t/out/cwd/kvm-x86_64/image >> %t/said
 * RUN: FileCheck %s < %t/said
 * CHECK: /many/one-of-many-names-1: beside
 * CHECK: /many/one-of-many-names-300: beside
 * CHECK: /many/one-of-many-names-600: beside
 * CHECK-NEXT: /many/inside: beside
 * CHECK-NEXT: typed
 * CHECK-NEXT: /: nothing
 * CHECK: --cwd goes with --share, and not on linuxu
 * CHECK: there is no folder UC_CWD
 * CHECK-NOT: nothing
 */
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    char path[4096], line[16] = "nothing\n";
    FILE *f = fopen("../../file", "r");

    if (getcwd(path, sizeof path) && path[1] && f)
        fgets(line, sizeof line, f);
    if (!fopen("/dev/null", "r+"))
        perror("/dev/null");
    printf("%s: %s", path, line);
    if (!(f = fopen("/dev/stdin", "r")))
        perror("/dev/stdin");
    else if (fgets(line, sizeof line, f))
        fputs(line, stdout);
    return 0;
}
