#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A domain is saved by xl in the middle of what it does, destroyed, restored,
# and goes on: SQLite with a transaction open, its file on a disk; a server whose
# client talks to it before and after. Its clock has not seen the time between.
# The copy that is kept while the domain goes on (xl save -c) changes nothing. A
# guest with a shared folder, which cannot be saved, goes on.
# REQUIRES: long
# RUN: bash %s %t xenpv-x86_64 | FileCheck %s
# RUN: bash %s %t xenpvh-x86_64 | FileCheck %s
set -u
out=$1 target=$2
rm -rf "$out"
mkdir -p "$out"
cd "$out" || exit 1
PATH=$PATH:/usr/sbin:/sbin
cat > works.c << 'C'
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
    MOST = 600, /* tenths of a second */
    PIECES = 64,
    PIECE = 70000,
};

static char block[5000];
static char *pieces[PIECES];

static double now(clockid_t id)
{
    struct timespec t;

    clock_gettime(id, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void turn(unsigned round)
{
    char **p = &pieces[round % PIECES];

    if (*p) {
        for (int i = 0; i < PIECE; i++)
            if ((*p)[i] != (char)((round - PIECES) * 7 + (unsigned)i)) {
                printf("memory: round %u, byte %d\n", round, i);
                exit(1);
            }
        munmap(*p, PIECE);
    }
    *p = mmap(NULL, PIECE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < PIECE; i++)
        (*p)[i] = (char)(round * 7 + (unsigned)i);
}

int main(void)
{
    char *closed = mmap(NULL, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    int fd = open("/new", O_RDWR | O_CREAT, 0644), again = 0;
    double mono = now(CLOCK_MONOTONIC), wall = now(CLOCK_REALTIME), gap = 0;
    unsigned round;

    strcpy(closed, "kept");
    mprotect(closed, 8192, PROT_NONE);
    for (round = 0; round < MOST; round++) {
        char line[64];
        int n = snprintf(line, sizeof line, "round %u\n", round);
        turn(round);
        if (pwrite(fd, line, (size_t)n, 0) != n || fsync(fd))
            return printf("write: round %u\n", round), 1;
        if (pread(fd, block, (size_t)n, 0) != n || memcmp(block, line, (size_t)n) != 0)
            return printf("read: round %u\n", round), 1;
        if (!round) {
            puts("at work");
            fflush(stdout);
        }
        usleep(100000);
        double m = now(CLOCK_MONOTONIC), w = now(CLOCK_REALTIME);
        if (m - mono < 0.09 || (w - wall > 3 && m - mono > w - wall - 3))
            printf("clock: %f to %f, %f to %f\n", mono, m, wall, w);
        if (w - wall - (m - mono) > 3)
            gap = w - wall - (m - mono), again++;
        mono = m, wall = w;
        if (!access("/stop", F_OK))
            break;
        if (again && round > 100)
            break;
    }
    mprotect(closed, 8192, PROT_READ);
    printf("%s; a gap of %s; %s\n", closed, gap > 3 ? "some seconds" : "none", round < MOST ? "done" : "too long");
    return 0;
}
C
cat > spins.c << 'C'
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static volatile unsigned long turns[2];

static void *spin(void *p)
{
    for (;;)
        ++*(volatile unsigned long *)p;
    return NULL;
}

/* Two threads compute all the time, and get on before and after. */
int main(void)
{
    pthread_t t;
    struct timespec mono, wall;
    int fd = open("/new", O_RDWR | O_CREAT, 0644), after = 0;
    long first = 0;

    for (int i = 0; i < 2; i++)
        pthread_create(&t, NULL, spin, (void *)&turns[i]);
    puts("spinning");
    fflush(stdout);
    for (int i = 0; i < 900 && after < 20; i++) {
        unsigned long was[2] = {turns[0], turns[1]};
        usleep(300000);
        if (was[0] == turns[0] || was[1] == turns[1])
            return puts("a thread stands still"), 1;
        clock_gettime(CLOCK_MONOTONIC, &mono);
        clock_gettime(CLOCK_REALTIME, &wall);
        if (!first)
            first = wall.tv_sec - mono.tv_sec;
        after += wall.tv_sec - mono.tv_sec > first + 2;
        if (pwrite(fd, "x", 1, 0) != 1 || fsync(fd))
            return puts("write"), 1;
    }
    puts(after == 20 ? "both went on" : "not saved");
    fflush(stdout);
    _exit(0);
}
C
cat > shares.c << 'C'
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    int fd = open("/new", O_RDWR | O_CREAT, 0644), i;

    for (i = 0; i < 100 && access("/stop", F_OK); i++) {
        if (pwrite(fd, "x", 1, 0) != 1)
            return 1;
        usleep(200000);
    }
    printf("went on: %s\n", i < 100 ? "yes" : "for too long");
    return 0;
}
C
. "$(dirname "$0")/Inputs/guest.sh"
# At times xl cannot read the processor's features, before it asks for anything.
saves='until xl save $O image /job/saved; do sleep 1; done'
save="${saves/\$O/} && echo host: saved && sleep 4 && xl restore -F /job/saved > /job/restored 2>&1;"

fresh() {
    rm -f disk
    truncate -s 16M disk
    mke2fs -q -t ext4 disk
}
sound() { e2fsck -fp disk > fsck 2>&1 && echo sound || cat fsck; }

say memory, a file and the time
# CHECK-LABEL: == memory, a file and the time
# CHECK-NEXT: at work
# CHECK-NEXT: kept; a gap of some seconds; done
# CHECK-NEXT: status 0
# CHECK-NEXT: sound
unicore-specialize -q -t "$target" --disk works.c
fresh
unicore-run -t 200 --mem 32M --disk disk --host-log log --host-run "$disk $save" "out/works/$target/image"
echo "status $?"
sound

say threads that compute
# CHECK-LABEL: == threads that compute
# CHECK-NEXT: spinning
# CHECK-NEXT: both went on
# CHECK-NEXT: status 0
# CHECK-NEXT: sound
unicore-specialize -q -t "$target" --disk spins.c
fresh
unicore-run -t 200 --mem 32M --disk disk --host-run "$disk $save" "out/spins/$target/image"
echo "status $?"
sound

# A copy first, which is taken away unused; then the connection of before goes on.
say memcached
# CHECK-LABEL: == memcached
# CHECK-NEXT: STORED
# CHECK-NEXT: copied
# CHECK-NEXT: VALUE one 0 5
# CHECK-NEXT: first
# CHECK-NEXT: END
# CHECK-NEXT: saved
# CHECK-NEXT: VALUE one 0 5
# CHECK-NEXT: first
# CHECK-NEXT: END
# CHECK-NEXT: STORED
# CHECK-NEXT: VALUE two 0 6
# CHECK-NEXT: second
# CHECK-NEXT: END
port=$((20000 + RANDOM % 20000))
unicore-specialize -q -t "$target" deb:memcached
unicore-run -t 250 --mem 64M --fwd $port:11211 --host-log log --host-run "$net
    until cat /sys/class/net/vif1.0/statistics/rx_packets | grep -q '[0-9][0-9]'; do sleep 0.2; done
    sleep 1; ${saves/\$O/-c} && rm /job/saved && echo host: copied; sleep 2
    $save" "out/memcached/$target/image" -u root > run 2>&1 &
run=$!
ask() { printf '%s\r\n' "$@" >&3; }
answer() { # LINES
    for _ in $(seq "$1"); do
        read -r -t 100 line <&3 || line="no answer"
        echo "${line%?}"
    done
}
for _ in $(seq 300); do
    exec 3<> /dev/tcp/127.0.0.1/$port && ask 'set one 0 0 5' first && read -r -t 1 line <&3 && break
    exec 3>&-
    sleep 0.2
done 2> /dev/null
echo "${line%?}"
wait_for 'host: copied' log && echo copied
ask 'get one'
answer 3
wait_for 'host: saved' log && echo saved
ask 'get one'
answer 3
ask 'set two 0 0 6' second 'get two'
answer 4
kill $run
wait $run

say a shared folder
# CHECK-LABEL: == a shared folder
# CHECK: went on: yes
unicore-specialize -q -t "$target" --share shares.c
rm -rf root
mkdir root
unicore-run -t 200 --share root --host-run "${up/KIND/9pfs\/0} xl save image /job/saved & sleep 5; touch /share/stop" \
    "out/shares/$target/image"
