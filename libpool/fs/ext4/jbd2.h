/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jbd2.h: the format of the log of ext3 and ext4 (Linux,
 * Documentation/filesystems/ext4/journal.rst). All numbers are big-endian.
 */
#ifndef UC_JBD2_H
#define UC_JBD2_H

#include <stdint.h>
#include <uc/endian.h>

#define JBD2_MAGIC 0xc03b3998

enum {
    JBD2_UUID = 16,
    JBD2_TAIL = 4, /* checksum at the end of descriptors and revocations */
    JBD2_CRC32C = 4,
};

enum { /* types of blocks */
    JBD2_DESCRIPTOR = 1,
    JBD2_COMMIT = 2,
    JBD2_SUPER = 4,
    JBD2_REVOKE = 5,
};

enum { /* incompatible features */
    JBD2_HAS_REVOKE = 1,
    JBD2_HAS_64BIT = 2,
    JBD2_HAS_SUM_V2 = 8,
    JBD2_HAS_SUM_V3 = 16,
    JBD2_HAS_SUM = JBD2_HAS_SUM_V2 | JBD2_HAS_SUM_V3,
    JBD2_KNOWN = JBD2_HAS_REVOKE | JBD2_HAS_64BIT | JBD2_HAS_SUM,
};

enum { /* flags of tags */
    JBD2_ESCAPED = 1,
    JBD2_SAME_UUID = 2,
    JBD2_LAST = 8,
};

struct jbd2_head {
    uint32_t magic, type, sequence;
};

struct jbd2_super {
    struct jbd2_head head;
    uint32_t block_size, blocks, first;
    uint32_t sequence, start;
    uint32_t error;
    uint32_t compatible, incompatible, read_only;
    uint8_t uuid[JBD2_UUID];
    uint32_t users, dynamic, most, most_data;
    uint8_t sum_type, pad[3];
    uint32_t fast_blocks;
    uint32_t pad2[41];
    uint32_t sum;
    uint8_t ids[768];
};

struct jbd2_commit {
    struct jbd2_head head;
    uint8_t sum_type, sum_size, pad[2];
    uint32_t sum[8];
    uint32_t seconds_high, seconds, nanoseconds;
};

struct jbd2_revoke {
    struct jbd2_head head;
    uint32_t used; /* bytes of the block */
};

/* With JBD2_HAS_SUM_V3. */
struct jbd2_tag3 {
    uint32_t block, flags, block_high, sum;
};
/* Without. block_high is there with JBD2_HAS_64BIT. */
struct jbd2_tag {
    uint32_t block;
    uint16_t sum, flags;
    uint32_t block_high;
};

static inline uint32_t big(uint32_t v)
{
    return uc_be32(v);
}

#endif
