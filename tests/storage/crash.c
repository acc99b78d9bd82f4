/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * crash.c: random changes with a sync after some, on a disk whose writes and
 * flushes are recorded. Then the machine stops at random places: of what was
 * written since the last flush some sectors arrive and some do not. The journal
 * is replayed, by e2fsck and by us, e2fsck finds nothing else, and the files
 * are those of the last sync that had returned, or of the next one, as a whole.
 *
 * Contents are never overwritten in place, nor cut within a block: those may
 * arrive before their sync, as with Linux.
 *
 * `crash SEED SYNCS OUT` writes OUT/N, what the disk has at sync N; `crash
 * replay` mounts and ends.
 *
 * RUN: sh %S/Inputs/build.sh %root %t %s
 * RUN: sh %S/Inputs/crash.sh %t | FileCheck %s
 * CHECK: 60 stops, {{[1-9][0-9]*}} with a journal to replay: nothing lost
 * CHECK: 60 stops, {{[1-9][0-9]*}} with a journal to replay: nothing lost
 * CHECK: 60 stops, {{[1-9][0-9]*}} with a journal to replay: nothing lost
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uc/fs.h>
#include <uc/sys.h>

#include "disk.h"

enum {
    FILES_MOST = 40,
    BLOCK = 4096,
    LARGEST = 12 * BLOCK
};

static uint64_t random_state;
static char data[LARGEST];

static unsigned random_below(unsigned n)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return (unsigned)(random_state >> 33) % n;
}

static const char *random_name(char *p)
{
    static const char *const dirs[] = {"", "/d", "/e", "/d/f"};

    sprintf(p, "%s/n%u", dirs[random_below(4)], random_below(FILES_MOST));
    return p;
}

static void write_new(const char *path, int flags)
{
    size_t n = random_below(LARGEST);
    long fd = uc_sys_open((long)path, O_CREAT | O_WRONLY | flags, 0644);

    for (size_t i = 0; i < n; i++)
        data[i] = (char)('a' + random_below(26));
    if (random_below(12) == 0) /* blocks that a log has to escape */
        for (size_t i = 0; i + 4 <= n; i += 512)
            memcpy(data + i, "\xc0\x3b\x39\x98", 4);
    if (fd < 0)
        return;
    uc_sys_write(fd, (long)data, (long)n);
    uc_sys_close(fd);
}

static void change(void)
{
    char a[64], b[64];

    random_name(a);
    random_name(b);
    switch (random_below(12)) {
    case 0:
    case 1:
    case 2:
        write_new(a, O_TRUNC);
        break;
    case 3:
    case 4:
        write_new(a, O_APPEND);
        break;
    case 5:
        uc_sys_rename((long)a, (long)b);
        break;
    case 6:
        uc_sys_unlink((long)a);
        break;
    case 7:
        uc_sys_link((long)a, (long)b);
        break;
    case 8:
        memset(data, 'x', 200);
        data[random_below(2) ? 20 : 199] = 0;
        uc_sys_symlink((long)data, (long)a);
        break;
    case 9:
        uc_sys_truncate((long)a, random_below(4) * BLOCK);
        break;
    case 10:
        uc_sys_mkdir((long)a, 0755);
        break;
    case 11:
        uc_sys_rmdir((long)a);
    }
}

/* ---- what there is: TYPE MODE SIZE CONTENTS' SUM PATH ---- */

static unsigned long file_sum(const char *path)
{
    unsigned long sum = 5381;
    long fd = uc_sys_open((long)path, O_RDONLY, 0), n;
    static unsigned char part[65536];

    while ((n = uc_sys_read(fd, (long)part, sizeof part)) > 0)
        for (long i = 0; i < n; i++)
            sum = (sum * 33 + part[i]) & 0xffffffff;
    uc_sys_close(fd);
    return sum;
}

static void list(const char *path, FILE *out)
{
    static char buffers[8][4096];
    static int depth;
    char *buffer = buffers[depth++], full[300];
    long fd =
        uc_sys_open((long)(*path ? path : "/"), O_RDONLY | O_DIRECTORY, 0);
    long n;

    while ((n = uc_sys_getdents64(fd, (long)buffer, 4096)) > 0)
        for (long at = 0; at < n;) {
            struct dirent *d = (struct dirent *)(void *)(buffer + at);
            struct stat st;
            at += d->d_reclen;
            if (!strcmp(d->d_name, ".") || !strcmp(d->d_name, "..") ||
                !strcmp(d->d_name, "dev") || !strcmp(d->d_name, "lost+found"))
                continue;
            snprintf(full, sizeof full, "%s/%s", path, d->d_name);
            uc_sys_lstat((long)full, (long)&st);
            if (S_ISDIR(st.st_mode)) {
                fprintf(out, "d %s\n", full);
                list(full, out);
            } else if (S_ISLNK(st.st_mode)) {
                fprintf(out, "l %ld %s\n", (long)st.st_size, full);
            } else {
                fprintf(out, "f %ld %lu %s\n", (long)st.st_size, file_sum(full),
                        full);
            }
        }
    uc_sys_close(fd);
    depth--;
}

static void note_state(const char *out, unsigned n)
{
    char path[300];

    snprintf(path, sizeof path, "%s/%u", out, n);
    FILE *f = fopen(path, "w");
    list("", f);
    fclose(f);
}

int main(int argc, char **argv)
{
    if (argc < 4) {
        long error = uc_fs_sync();
        uc_fs_end();
        return error ? 1 : 0;
    }
    random_state = (uint64_t)atol(argv[1]);
    for (const char *d = "/d\0/e\0/d/f\0"; *d; d += strlen(d) + 1)
        uc_sys_mkdir((long)d, 0755);
    for (unsigned i = 1; i <= (unsigned)atoi(argv[2]); i++) {
        for (unsigned k = random_below(12); k; k--)
            change();
        note_state(argv[3], i);
        if (uc_fs_sync())
            return 2;
        disk_mark(i);
    }
    return 0; /* the machine stops here at the latest */
}
