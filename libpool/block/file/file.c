/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * file.c: the disk is what descriptor 3 was opened on before the program
 * started (unicore-run --disk, or `image 3<>disk`): a file or a block device.
 * Each request is a system call, done when it has been started.
 */
#include <asm/unistd.h>
#include <linux/errno.h>
#include <linux/fcntl.h>
#include <uc/block.h>
#include <uc/raw.h>

enum {
    DISK = 3,
    SEEK_SET = 0,
    SEEK_END = 2,
};

int uc_block_open(struct uc_block *b)
{
    long flags = uc_raw3(__NR_fcntl, DISK, F_GETFL, 0);
    long size = uc_raw3(__NR_lseek, DISK, 0, SEEK_END);

    if (flags < 0 || size < 0 || (flags & O_ACCMODE) == O_WRONLY)
        return -ENODEV;
    b->sectors = (uint64_t)size / UC_BLOCK_SECTOR;
    b->read_only = (flags & O_ACCMODE) == O_RDONLY;
    return 0;
}

/* All of one part; a disk that ends early is an error. */
static long transfer(long call, char *p, size_t n, int64_t at)
{
    while (n) {
        long r = uc_raw4(call, DISK, (long)p, (long)n, at);
        if (r == -EINTR)
            continue;
        if (r <= 0)
            return r ? r : -EIO;
        p += r;
        at += r;
        n -= (size_t)r;
    }
    return 0;
}

static long flush(void)
{
    long r;

    do
        r = uc_raw1(__NR_fdatasync, DISK);
    while (r == -EINTR);
    return r;
}

void uc_block_start(struct uc_block_request *r)
{
    long call = r->kind == UC_BLOCK_READ ? __NR_pread64 : __NR_pwrite64;
    int64_t at = (int64_t)r->sector * UC_BLOCK_SECTOR;

    r->done = true;
    r->result = r->kind == UC_BLOCK_FLUSH ? flush() : 0;
    for (unsigned i = 0; i < r->count && r->kind != UC_BLOCK_FLUSH; i++) {
        r->result = transfer(call, r->parts[i].p, r->parts[i].n, at);
        if (r->result)
            return;
        at += r->parts[i].n;
    }
}

long uc_block_wait(struct uc_block_request *r)
{
    return r->result;
}
