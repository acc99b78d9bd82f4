/*
 * A file that is read in small pieces one after the other is read ahead, also
 * by two readers at once; one that is read here and there is not. Counted by
 * QEMU: requests to the disk, and KiB.
 *
 * RUN: rm -rf %t && mkdir -p %t/files && cd %t
 * RUN: unicore-specialize -q -t kvm-x86_64 --disk %s
 * RUN: seq 1300000 > files/file && truncate -s 8M files/file
 * RUN: truncate -s 32M disk && mke2fs -q -t ext4 -b 4096 -d files disk
 * RUN: for how in one two random; do python3 %S/Inputs/disk_reads.py \
 * RUN:     out/ahead/kvm-x86_64/image disk $how; done > log
 * RUN: FileCheck %s < log
 *
 * 2048 blocks: 64 requests if each were the largest; 400 blocks
 * CHECK: one: sum [[SUM:[0-9]+]], {{[1-9][0-9]|1[01][0-9]}} requests,
 * {{8[0-9]{3}}} KiB CHECK: two: sum [[SUM]], {{[1-9][0-9]|1[0-4][0-9]}}
 * requests, {{8[0-9]{3}}} KiB CHECK: random: sum {{[0-9]+}}, {{[34][0-9][0-9]}}
 * requests, {{1[0-9]{3}|2[0-4][0-9]{2}}} KiB
 */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    SIZE = 8388608,
    PIECE = 512
};

static unsigned long sum_at(int fd, off_t at)
{
    unsigned char piece[PIECE];
    unsigned long sum = 0;

    if (pread(fd, piece, PIECE, at) != PIECE)
        return 0;
    for (int i = 0; i < PIECE; i++)
        sum += piece[i];
    return sum;
}

int main(int argc, char **argv)
{
    const char *how = argc > 1 ? argv[1] : "";
    int fd = open("/file", O_RDONLY);
    unsigned long sum = 0, seed = 1;
    char c;

    if (!strcmp(how, "one")) {
        for (off_t at = 0; at < SIZE; at += PIECE)
            sum += sum_at(fd, at);
    } else if (!strcmp(how, "two")) {
        for (off_t at = 0; at < SIZE / 2; at += PIECE)
            sum += sum_at(fd, at) + sum_at(fd, SIZE / 2 + at);
    } else {
        for (int i = 0; i < 400; i++) {
            seed = seed * 6364136223846793005UL + 1442695040888963407UL;
            sum += sum_at(fd, (off_t)(seed >> 33) % (SIZE / PIECE) * PIECE);
        }
    }
    printf("%s: sum %lu\n", how, sum);
    fflush(stdout);
    return read(0, &c, 1) < 0;
}
