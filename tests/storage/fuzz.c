/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fuzz.c: damaged disks: some bytes changed, in metadata mostly, or the end cut
 * off. Reading and changing all there is gives answers or errors: under ASan
 * and UBSan it never ends otherwise, nor takes long. Checksums are off in half
 * of the runs, so that they do not find everything first.
 *
 * RUN: sh %S/Inputs/build.sh %root %t %s
 * RUN: sh %S/Inputs/fuzz.sh %t 150 | FileCheck %s
 * CHECK: 150 damaged disks, {{[1-9][0-9]*}} of them mounted: no harm
 * CHECK: 150 damaged disks, {{[1-9][0-9]*}} of them mounted: no harm
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <uc/fs.h>
#include <uc/sys.h>
#include <unistd.h>

#include "disk.h"
#include "host.h"

enum {
    SECONDS = 40,
    LARGEST = 1 << 20,
    DEPTH = 6
};

static uint64_t random_state;

static uint64_t random_below(uint64_t n)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return (random_state >> 20) % n;
}

/* ---- the damage ---- */

static void damage(int disk, uint64_t size)
{
    unsigned n = 1 + (unsigned)random_below(24);

    if (random_below(20) == 0 && ftruncate(disk, (off_t)random_below(size)))
        abort();
    while (n--) {
        uint64_t at = random_below(size);
        unsigned char c = (unsigned char)random_below(256);
        switch (random_below(4)) { /* where it hurts */
        case 0:
            at = 1024 + random_below(1024);
            break;
        case 1:
            at = random_below(64 << 10);
            break;
        case 2:
            at = random_below(size / 8);
        }
        if (random_below(3) == 0)
            c = random_below(2) ? 0xff : 0;
        pwrite(disk, &c, 1, (off_t)at);
    }
}

static void make(const char *from, const char *to)
{
    static char part[1 << 20];
    int in = open(from, O_RDONLY);
    int out = open(to, O_RDWR | O_CREAT | O_TRUNC, 0644);
    uint64_t size = 0;
    ssize_t n;

    while ((n = read(in, part, sizeof part)) > 0) {
        if (write(out, part, (size_t)n) != n)
            abort();
        size += (uint64_t)n;
    }
    damage(out, size);
    close(in);
    close(out);
}

/* ---- all the calls ---- */

static void read_file(const char *path)
{
    static char part[65536];
    long fd = uc_sys_open((long)path, O_RDWR, 0), n, all = 0;

    if (fd < 0)
        return;
    while ((n = uc_sys_read(fd, (long)part, sizeof part)) > 0 && all < LARGEST)
        all += n;
    uc_sys_lseek(fd, 0, 4);
    uc_sys_pwrite64(fd, (long)part, (long)random_below(20000),
                    (long)random_below(100000));
    if (random_below(3) == 0)
        uc_sys_ftruncate(fd, (long)random_below(50000));
    if (random_below(3) == 0)
        uc_sys_fallocate(fd, 0, (long)random_below(50000), 20000);
    if (random_below(4) == 0)
        uc_sys_fsync(fd);
    uc_sys_close(fd);
}

static void visit(const char *path, int depth)
{
    char buffer[2048], full[600], text[300];
    long fd = uc_sys_open((long)path, O_RDONLY | O_DIRECTORY, 0), n;
    int entries = 0;

    while ((n = uc_sys_getdents64(fd, (long)buffer, sizeof buffer)) > 0)
        for (long at = 0; at < n && entries < 200; entries++) {
            struct dirent *d = (struct dirent *)(void *)(buffer + at);
            struct stat st;
            at += d->d_reclen;
            if (strlen(path) + strlen(d->d_name) > 500)
                continue;
            snprintf(full, sizeof full, "%s%s%s", path, path[1] ? "/" : "",
                     d->d_name);
            uc_sys_readlink((long)full, (long)text, sizeof text);
            if (uc_sys_lstat((long)full, (long)&st) < 0)
                continue;
            if (S_ISDIR(st.st_mode)) {
                if (depth < DEPTH && d->d_name[0] != '.')
                    visit(full, depth + 1);
            } else if (random_below(4) == 0) {
                uc_sys_unlink((long)full);
            } else {
                read_file(full);
            }
        }
    uc_sys_close(fd);
}

static void calls(void)
{
    visit("/", 0);
    uc_sys_mkdir((long)"/new", 0755);
    uc_sys_symlink((long)"target", (long)"/new/link");
    for (int i = 0; i < 40; i++) {
        char name[64];
        sprintf(name, "/new/file-%d", i);
        uc_sys_close(uc_sys_open((long)name, O_CREAT | O_RDWR, 0644));
        read_file(name);
    }
    uc_sys_rename((long)"/new", (long)"/a/moved");
    uc_sys_rmdir((long)"/a/e");
    uc_sys_sync();
    visit("/", 0);
    uc_fs_end();
}

int main(int argc, char **argv)
{
    int runs = atoi(argv[2]), mounted = 0;
    char disk[300];

    (void)argc;
    snprintf(disk, sizeof disk, "%s.damaged", argv[1]);
    setenv("DISK", disk, 1);
    for (int i = 1; i <= runs; i++) {
        int status;
        random_state = (uint64_t)i * 7919;
        make(argv[1], disk);
        pid_t child = fork();
        if (child == 0) {
            struct stat st;
            alarm(SECONDS);
            long error = uc_sys_stat((long)"/", (long)&st);
            if (!error)
                calls();
            _exit(error ? 1 : 0);
        }
        waitpid(child, &status, 0);
        if (!WIFEXITED(status) || WEXITSTATUS(status) > 1) {
            printf("disk %d: status %x\n", i, (unsigned)status);
            return 1;
        }
        mounted += WEXITSTATUS(status) == 0;
    }
    printf("%d damaged disks, %d of them mounted: no harm\n", runs, mounted);
    return 0;
}
