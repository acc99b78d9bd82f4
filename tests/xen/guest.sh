#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Guests of Xen with devices: what is sent comes back, files on the disk are
# there afterwards and the disk is sound, one that may only be read is not
# written to. The host's wishes: paused and let go on, shut down, destroyed, a
# device taken away. Each is seen by the program as on Linux, or ends it.
# REQUIRES: long
# RUN: bash %s %t.pvh xenpvh-x86_64 2>&1 | FileCheck %s
# RUN: bash %s %t.pv xenpv-x86_64 2>&1 | FileCheck %s
set -u
out=$1 target=$2
rm -rf "$out"
mkdir -p "$out"
cd "$out" || exit 1
PATH=$PATH:/usr/sbin:/sbin
cat > echo.c <<'C'
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static volatile sig_atomic_t asked;
static void on_term(int sig)
{
    asked = sig;
}

int main(int argc, char **argv)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7)};
    int s = socket(AF_INET, SOCK_STREAM, 0);
    struct sigaction term = {.sa_handler = on_term};
    static char b[4096];
    long n, total = 0;

    if (argc > 1 && !strcmp(argv[1], "handler"))
        sigaction(SIGTERM, &term, NULL);
    bind(s, (void *)&a, sizeof a);
    listen(s, 5);
    puts("listening");
    fflush(stdout);
    int c = accept(s, NULL, NULL);
    if (asked) {
        printf("asked by signal %d\n", (int)asked);
        return 5;
    }
    while ((n = read(c, b, sizeof b)) > 0) {
        total += n;
        for (long w = 0, k; w < n; w += k)
            k = write(c, b + w, (size_t)(n - w));
    }
    printf("echoed %ld\n", total);
    return 0;
}
C
cat > files.c <<'C'
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char block[5000];

int main(int argc, char **argv)
{
    int fd = open("/old", O_RDONLY);
    long n = read(fd, block, sizeof block);
    unsigned long rounds = argc > 1 ? -1ul : 100;

    (void)argv;
    printf("read: %ld\n", n < 0 ? -errno : n);
    fd = open("/new", O_RDWR | O_CREAT, 0644);
    if (fd < 0) {
        printf("new: %s\n", strerror(errno));
        return 1;
    }
    memset(block, 'x', sizeof block);
    for (unsigned long i = 0; i < rounds; i++) {
        n = pwrite(fd, block, sizeof block, (long)(i % 100) * 5000);
        if (n != sizeof block || fsync(fd)) {
            printf("write: %s\n", strerror(errno));
            return 1;
        }
        if (!i) {
            puts("writing");
            fflush(stdout);
        }
    }
    printf("sync: %d\n", fsync(fd) ? errno : 0);
    return 0;
}
C
unicore-specialize -q -t "$target" echo.c
unicore-specialize -q -t "$target" --disk files.c
image() { echo "out/$1/$target/image"; }
. "$(dirname "$0")/Inputs/guest.sh"

say echo
# CHECK-LABEL: == echo
# CHECK-NEXT: listening
# CHECK-NEXT: echoed 500000
# CHECK-NEXT: status 0
# CHECK-NEXT: the same
port=$((20000 + RANDOM % 20000))
head -c 500000 /dev/urandom > data
{ unicore-run -t 100 --mem 32M --fwd $port:7 "$(image echo)"; echo "status $?"; } > run &
wait_for listening run
exec 3<> /dev/tcp/127.0.0.1/$port
cat data >&3 &
head -c 500000 <&3 > back
exec 3>&-
wait
cat run
cmp data back && echo the same

say shutdown
# CHECK-LABEL: == shutdown
# CHECK: asked by signal 15
# CHECK: unicore: exit status 005
# CHECK-NEXT: status 0
# CHECK: unicore: exit status 143
# CHECK-NEXT: status 0
unicore-run -t 100 --mem 32M --host-run "$net xl pause image; sleep 1; xl unpause image; xl shutdown image" \
    "$(image echo)" handler
echo "status $?"
unicore-run -t 100 --mem 32M --host-run "$net xl shutdown image" "$(image echo)"
echo "status $?"

say destroyed
# CHECK-LABEL: == destroyed
# CHECK: the domain was destroyed
# CHECK-NEXT: status 137
unicore-run -t 100 --mem 32M --host-run "$net xl destroy image" "$(image echo)"
echo "status $?"

say detached
# CHECK-LABEL: == detached
# CHECK: unicore: xen: a back end is gone
unicore-run -t 20 --mem 32M --host-run "$net xl network-detach image 0" "$(image echo)"

fresh() {
    rm -f disk
    truncate -s 16M disk
    mke2fs -q -t ext4 disk
    head -c 5000 /dev/zero | tr '\0' o > old
    debugfs -w -R "write old old" disk > /dev/null 2>&1
}
sound() {
    e2fsck -fp disk > fsck 2>&1 && echo sound || cat fsck
    debugfs -R "cat /new" disk 2> /dev/null | tr -d '\n' | wc -c
}
say disk
# CHECK-LABEL: == disk
# CHECK: read: 5000
# CHECK: sync: 0
# CHECK: sound
# CHECK-NEXT: 500000
fresh
unicore-run -t 100 --mem 32M --disk disk "$(image files)"
sound
say read only
# CHECK-LABEL: == read only
# CHECK-NEXT: read: 5000
# CHECK-NEXT: new: Read-only file system
fresh
unicore-run -t 100 --mem 32M --disk disk,ro "$(image files)"
say disk destroyed
# CHECK-LABEL: == disk destroyed
# CHECK: writing
# CHECK: status 137
# CHECK-NEXT: sound
fresh
unicore-run -t 100 --mem 32M --disk disk --host-run "$disk xl destroy image" "$(image files)" forever
echo "status $?"
sound
say disk detached
# CHECK-LABEL: == disk detached
# CHECK: unicore: xen: a back end is gone
# CHECK: status 1
unicore-run -t 100 --mem 32M --disk disk --host-run "$disk xl block-detach image xvda --force" "$(image files)" forever
echo "status $?"
