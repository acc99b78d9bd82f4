/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * disk.c: role block for unit tests: the file that the variable DISK names.
 * With DISK_LOG, what reaches the disk is written there as well, in order: for
 * each write a struct disk_write and the data, for each flush one of length 0.
 */
#include "disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <uc/block.h>
#include <unistd.h>

static int disk = -1, record = -1;

int uc_block_open(struct uc_block *b)
{
    const char *path = getenv("DISK"), *log = getenv("DISK_LOG");
    struct stat st;

    if (!path)
        return -ENODEV;
    disk = open(path, getenv("DISK_READ_ONLY") ? O_RDONLY : O_RDWR);
    if (disk < 0 || fstat(disk, &st) != 0)
        return -ENODEV;
    if (log)
        record = open(log, O_CREAT | O_TRUNC | O_WRONLY | O_APPEND, 0644);
    b->sectors = (uint64_t)st.st_size / UC_BLOCK_SECTOR;
    b->read_only = getenv("DISK_READ_ONLY") != NULL;
    return 0;
}

static void note(uint64_t at, const void *p, uint32_t n)
{
    struct disk_write w = {at, n, n ? DISK_WRITE : DISK_FLUSH};

    if (record >= 0 && (write(record, &w, sizeof w) != sizeof w ||
                        write(record, p, n) != (ssize_t)n))
        abort();
}

void disk_mark(uint32_t number)
{
    struct disk_write w = {number, 0, DISK_MARK};

    if (record >= 0 && write(record, &w, sizeof w) != sizeof w)
        abort();
}

void uc_block_start(struct uc_block_request *r)
{
    off_t at = (off_t)r->sector * UC_BLOCK_SECTOR;

    r->done = true;
    r->result = 0;
    if (r->kind == UC_BLOCK_FLUSH) {
        note(0, NULL, 0);
        return;
    }
    for (unsigned i = 0; i < r->count; i++) {
        void *p = r->parts[i].p;
        ssize_t n = r->parts[i].n;
        ssize_t did = r->kind == UC_BLOCK_READ ? pread(disk, p, (size_t)n, at)
                                               : pwrite(disk, p, (size_t)n, at);
        if (did != n)
            r->result = -EIO;
        else if (r->kind == UC_BLOCK_WRITE)
            note((uint64_t)at, p, (uint32_t)n);
        at += n;
    }
}

long uc_block_wait(struct uc_block_request *r)
{
    return r->result;
}
