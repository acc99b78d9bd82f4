/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crc32c.c: CRC-32C (Castagnoli), least significant bit first, without the
 * inversions at start and end; four bytes at a time over tables that are made
 * when they are first needed.
 */
#include "config.h"
#include "ext2_fs.h"
#include "ext2fs.h"

enum {
    POLYNOMIAL = 0x82f63b78,
    SLICES = 4,
};

static __u32 table[SLICES][256];

static void make_tables(void)
{
    for (__u32 i = 0; i < 256; i++) {
        __u32 c = i;
        for (int bit = 0; bit < 8; bit++)
            c = c >> 1 ^ (c & 1 ? (__u32)POLYNOMIAL : 0);
        table[0][i] = c;
    }
    for (__u32 i = 0; i < 256; i++)
        for (int s = 1; s < SLICES; s++)
            table[s][i] =
                table[s - 1][i] >> 8 ^ table[0][table[s - 1][i] & 0xff];
}

__u32 ext2fs_crc32c_le(__u32 crc, unsigned char const *p, size_t n)
{
    if (!table[0][1])
        make_tables();
    for (; n >= 4; n -= 4, p += 4) {
        __u32 word;
        memcpy(&word, p, sizeof word);
        crc ^= ext2fs_le32_to_cpu(word);
        crc = table[3][crc & 0xff] ^ table[2][crc >> 8 & 0xff] ^
              table[1][crc >> 16 & 0xff] ^ table[0][crc >> 24];
    }
    while (n--)
        crc = crc >> 8 ^ table[0][(crc ^ *p++) & 0xff];
    return crc;
}
