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

/* An offset of 64 bits is two longs on a 32-bit machine, after a hole. */
#if __SIZEOF_POINTER__ == 8
static int64_t end_of_disk(void)
{
    return uc_raw3(__NR_lseek, DISK, 0, SEEK_END);
}

static long transfer_some(long call, char *p, size_t n, int64_t at)
{
    return uc_raw4(call, DISK, (long)p, (long)n, at);
}
#else
static int64_t end_of_disk(void)
{
    int64_t end;
    long error = uc_raw5(__NR__llseek, DISK, 0, 0, (long)&end, SEEK_END);

    return error ? error : end;
}

static long transfer_some(long call, char *p, size_t n, int64_t at)
{
    const union {
        int64_t at;
        long half[2];
    } u = {at};

    return uc_raw6(call, DISK, (long)p, (long)n, 0, u.half[0], u.half[1]);
}
#endif

int uc_block_open(struct uc_block *b)
{
    long flags = uc_raw3(__NR_fcntl, DISK, F_GETFL, 0);
    int64_t size = end_of_disk();

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
        long r = transfer_some(call, p, n, at);
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
