/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ramfs.c: the same random calls on ramfs, through posix/core, and on a real
 * file system (tmpfs if there is one): results, errors and data must be equal.
 * `ramfs SEED STEPS`; on a difference it prints the call and both answers.
 *
 * RUN: sh %S/Inputs/build.sh %root %t %s -- posix/core fs/ramfs fs/devfs \
 * RUN:     console/full clock/platform random/platform log/console sched/none
 * RUN: %t 1 60000 | FileCheck %s
 * RUN: %t 2 60000 | FileCheck %s
 * CHECK: equal after 60000 calls, {{[1-9][0-9][0-9][0-9][0-9]}} of them done
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include <uc/sys.h>

enum {
    FDS = 8,
    BIG = 40000
};

static int ours[FDS], theirs[FDS]; /* -1: closed */
static uint64_t random_state;
static long step, done;          /* done: calls that succeeded */
static char call[512], base[64]; /* base: of the host's world */
static char data_a[BIG], data_b[BIG];
static bool trace; /* a third argument: print every call */

static unsigned random_below(unsigned n)
{
    random_state = random_state * 6364136223846793005 + 1442695040888963407;
    return (unsigned)(random_state >> 33) % n;
}

static const char *random_path(char *p)
{
    static const char *const names[] = {
        "a", "b", "c", "d", "e", "..", ".", "long-name-that-is-not-very-long"};
    int parts = 1 + (int)random_below(3);
    *p = 0;
    if (random_below(100) == 0)
        return p; /* the empty path */
    for (int i = 0; i < parts; i++) {
        unsigned k = random_below(40);
        strcat(p, k < 8 ? names[k] : names[random_below(4)]);
        if (i + 1 < parts || random_below(12) == 0)
            strcat(p, random_below(9) ? "/" : "//");
    }
    const char *up = strstr(p, "..");
    if (up && strstr(up + 2, "..")) /* do not leave the world */
        strcpy(p, "a");
    return p;
}

/* ---- comparing ---- */

static void fail(long a, long b)
{
    printf("step %ld: %s: ramfs %ld, host %ld\n", step, call, a, b);
    exit(1);
}

static long host(long r)
{
    return r < 0 ? -errno : r;
}

static void equal(long a, long b)
{
    done += a >= 0;
    if (a != b)
        fail(a, b);
}

static void equal_stat(const struct stat *a, const struct stat *b)
{
    equal((long)a->st_mode, (long)b->st_mode);
    equal((long)a->st_nlink, (long)b->st_nlink);
    if (!S_ISDIR(a->st_mode))
        equal(a->st_size, b->st_size);
}

/* ---- calls on paths ---- */

static int free_slot(void)
{
    for (int i = 0; i < FDS; i++)
        if (ours[i] < 0)
            return i;
    return -1;
}

static void close_slot(int i)
{
    snprintf(call, sizeof call, "close slot %d", i);
    equal(uc_sys_close(ours[i]), host(close(theirs[i])));
    ours[i] = theirs[i] = -1;
}

static void do_open(void)
{
    static const int bits[] = {O_CREAT,     O_EXCL,     O_TRUNC, O_APPEND,
                               O_DIRECTORY, O_NOFOLLOW, O_PATH};
    char path[256];
    int i = free_slot(), flags = (int)random_below(3);
    if (i < 0)
        close_slot(i = (int)random_below(FDS));
    if (random_below(2))
        flags |= O_CREAT;
    for (size_t b = 0; b < sizeof bits / sizeof *bits; b++)
        if (random_below(10) == 0)
            flags |= bits[b];
    /* Linux 6 changed O_CREAT | O_DIRECTORY; both answers are right. */
    if ((flags & (O_CREAT | O_DIRECTORY)) == (O_CREAT | O_DIRECTORY))
        flags &= ~O_DIRECTORY;
    random_path(path);
    snprintf(call, sizeof call, "open %s 0%o", path, flags);
    long a = uc_sys_open((long)path, flags, 0644);
    long b = host(open(path, flags, 0644));
    equal(a < 0 ? a : 0, b < 0 ? b : 0);
    if (a >= 0)
        ours[i] = (int)a, theirs[i] = (int)b;
}

static void do_stat(void)
{
    char path[256];
    struct stat a, b;
    int flags = random_below(2) ? AT_SYMLINK_NOFOLLOW : 0;
    random_path(path);
    snprintf(call, sizeof call, "fstatat %s %x", path, flags);
    long r = uc_sys_newfstatat(AT_FDCWD, (long)path, (long)&a, flags);
    equal(r, host(fstatat(AT_FDCWD, path, &b, flags)));
    if (r == 0)
        equal_stat(&a, &b);
}

static void do_one_path(void)
{
    char path[256];
    unsigned mode = 0600 | random_below(0200);
    random_path(path);
    unsigned k = random_below(7);
    snprintf(call, sizeof call, "path call %u %s", k, path);
    switch (k) {
    case 0:
        equal(uc_sys_mkdir((long)path, 0755), host(mkdir(path, 0755)));
        break;
    case 1:
        equal(uc_sys_rmdir((long)path), host(rmdir(path)));
        break;
    case 2:
        equal(uc_sys_unlink((long)path), host(unlink(path)));
        break;
    case 3:
        equal(uc_sys_access((long)path, mode & 7),
              host(syscall(SYS_access, path, mode & 7)));
        break;
    case 4: {
        struct stat st;
        if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
            mode |= 0700; /* the test may not be user 0 */
        equal(uc_sys_chmod((long)path, mode), host(chmod(path, mode)));
        break;
    }
    case 5: {
        long size = random_below(BIG);
        equal(uc_sys_truncate((long)path, size), host(truncate(path, size)));
        break;
    }
    case 6:
        equal(uc_sys_mknod((long)path, S_IFREG | 0640, 0),
              host(mknod(path, S_IFREG | 0640, 0)));
    }
}

static void do_two_paths(void)
{
    char from[256], to[256];
    random_path(from);
    random_path(to);
    unsigned k = random_below(5), flags = random_below(3);
    snprintf(call, sizeof call, "two path call %u/%u %s %s", k, flags, from,
             to);
    switch (k) {
    case 0:
    case 1:
        equal(uc_sys_rename((long)from, (long)to), host(rename(from, to)));
        break;
    case 2:
        equal(uc_sys_renameat2(AT_FDCWD, (long)from, AT_FDCWD, (long)to,
                               (long)flags),
              host(renameat2(AT_FDCWD, from, AT_FDCWD, to, flags)));
        break;
    case 3: {
        struct stat st; /* hard links to symbolic ones: not everywhere */
        int follow = lstat(from, &st) == 0 && S_ISLNK(st.st_mode)
                         ? AT_SYMLINK_FOLLOW
                         : 0;
        equal(uc_sys_linkat(AT_FDCWD, (long)from, AT_FDCWD, (long)to, follow),
              host(linkat(AT_FDCWD, from, AT_FDCWD, to, follow)));
        break;
    }
    case 4:
        equal(uc_sys_symlink((long)from, (long)to), host(symlink(from, to)));
    }
}

static void do_readlink(void)
{
    char path[256], a[64] = "", b[64] = "";
    random_path(path);
    snprintf(call, sizeof call, "readlink %s", path);
    size_t n = 1 + random_below(sizeof a - 1);
    equal(uc_sys_readlink((long)path, (long)a, (long)n),
          host(readlink(path, b, n)));
    equal(memcmp(a, b, sizeof a), 0);
}

/* ---- calls on open files ---- */

static void do_write(int i)
{
    size_t n = random_below(4) ? random_below(300) : random_below(BIG);
    memset(data_a, 'a' + (int)random_below(26), n);
    long at = random_below(3 * BIG);
    switch (random_below(3)) {
    case 0:
        snprintf(call, sizeof call, "write slot %d %zu", i, n);
        equal(uc_sys_write(ours[i], (long)data_a, (long)n),
              host(write(theirs[i], data_a, n)));
        break;
    case 1: {
        struct stat st;
        fstat(theirs[i], &st);
        snprintf(call, sizeof call, "pwrite slot %d %zu %ld", i, n, at);
        equal(uc_sys_pwrite64(ours[i], (long)data_a, (long)n, at),
              host(pwrite(theirs[i], data_a, n, at)));
        break;
    }
    case 2: {
        struct iovec v[3] = {{data_a, n / 3}, {data_a, 0}, {data_a, n / 2}};
        snprintf(call, sizeof call, "writev slot %d %zu", i, n);
        equal(uc_sys_writev(ours[i], (long)v, 3),
              host(writev(theirs[i], v, 3)));
    }
    }
}

static void do_read(int i)
{
    size_t n = random_below(2) ? random_below(300) : random_below(BIG);
    long at = random_below(3 * BIG), r;
    memset(data_a, 0, sizeof data_a);
    memset(data_b, 0, sizeof data_b);
    switch (random_below(3)) {
    case 0:
        snprintf(call, sizeof call, "read slot %d %zu", i, n);
        r = uc_sys_read(ours[i], (long)data_a, (long)n);
        equal(r, host(read(theirs[i], data_b, n)));
        break;
    case 1:
        snprintf(call, sizeof call, "pread slot %d %zu %ld", i, n, at);
        r = uc_sys_pread64(ours[i], (long)data_a, (long)n, at);
        equal(r, host(pread(theirs[i], data_b, n, at)));
        break;
    default: {
        struct iovec a[2] = {{data_a, n / 3}, {data_a + n / 3, n / 3}};
        struct iovec b[2] = {{data_b, n / 3}, {data_b + n / 3, n / 3}};
        snprintf(call, sizeof call, "readv slot %d %zu", i, n);
        equal(uc_sys_readv(ours[i], (long)a, 2), host(readv(theirs[i], b, 2)));
    }
    }
    equal(memcmp(data_a, data_b, sizeof data_a), 0);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Names in an open directory, sorted; count or -errno. */
static long list(char names[][64], int fd, bool us)
{
    char buffer[150];
    long n, count = 0;
    us ? uc_sys_lseek(fd, 0, SEEK_SET) : lseek(fd, 0, SEEK_SET);
    for (;;) {
        n = us ? uc_sys_getdents64(fd, (long)buffer, sizeof buffer)
               : host(syscall(SYS_getdents64, fd, buffer, sizeof buffer));
        if (n <= 0)
            break;
        for (long at = 0; at < n;) {
            struct dirent *d = (struct dirent *)(void *)(buffer + at);
            snprintf(names[count++], 64, "%s %d", d->d_name, d->d_type);
            at += d->d_reclen;
        }
    }
    qsort(names, (size_t)count, 64, by_name);
    return n ? n : count;
}

static void do_list(int i)
{
    static char a[100][64], b[100][64];
    snprintf(call, sizeof call, "getdents slot %d", i);
    long n = list(a, ours[i], true);
    equal(n, list(b, theirs[i], false));
    for (long k = 0; k < n; k++)
        if (strcmp(a[k], b[k]) != 0) {
            printf("%s, %s: ", a[k], b[k]);
            fail(k, k);
        }
}

static void do_change(int i)
{
    long at = (long)random_below(2 * BIG) - 100;
    int whence = (int)random_below(3);
    struct stat st;
    fstat(theirs[i], &st);
    switch (random_below(5)) {
    case 0:
        if (whence > 1 && S_ISDIR(st.st_mode))
            return; /* positions in directories are the file system's own */
        snprintf(call, sizeof call, "lseek slot %d %ld %d", i, at, whence);
        if (S_ISDIR(st.st_mode))
            at = 0, whence = SEEK_SET;
        equal(uc_sys_lseek(ours[i], at, whence),
              host(lseek(theirs[i], at, whence)));
        return;
    case 1:
        snprintf(call, sizeof call, "ftruncate slot %d %ld", i, at);
        equal(uc_sys_ftruncate(ours[i], at), host(ftruncate(theirs[i], at)));
        return;
    case 2:
        snprintf(call, sizeof call, "F_GETFL slot %d", i);
        equal(uc_sys_fcntl(ours[i], F_GETFL, 0),
              host(fcntl(theirs[i], F_GETFL)) & ~O_LARGEFILE & ~0100000);
        return;
    case 3:
        at = random_below(BIG);
        snprintf(call, sizeof call, "fallocate slot %d %ld", i, at);
        equal(uc_sys_fallocate(ours[i], 0, at, 1 + whence * 1000),
              host(fallocate(theirs[i], 0, at, 1 + whence * 1000)));
        return;
    case 4: {
        int j = free_slot();
        if (j < 0)
            return;
        ours[j] = (int)uc_sys_dup(ours[i]);
        theirs[j] = dup(theirs[i]);
    }
    }
}

static void do_descriptor(void)
{
    struct stat a, b;
    int i = (int)random_below(FDS);
    if (ours[i] < 0)
        return;
    switch (random_below(8)) {
    case 0:
    case 1:
        do_write(i);
        break;
    case 2:
    case 3:
        do_read(i);
        break;
    case 4:
        do_list(i);
        break;
    case 5:
        do_change(i);
        break;
    case 6:
        snprintf(call, sizeof call, "fstat slot %d", i);
        equal(uc_sys_fstat(ours[i], (long)&a), host(fstat(theirs[i], &b)));
        equal_stat(&a, &b);
        break;
    case 7:
        close_slot(i);
    }
}

/* ---- the run ---- */

static void do_directory(void)
{
    char path[256], a[PATH_MAX], b[PATH_MAX];
    random_path(path);
    if (random_below(3))
        strcpy(path, "/");
    snprintf(call, sizeof call, "chdir %s", path);
    if (strcmp(path, "/") == 0) {
        equal(uc_sys_chdir((long)"/r/w"), host(chdir(base)));
    } else {
        equal(uc_sys_chdir((long)path), host(chdir(path)));
    }
    long r = uc_sys_getcwd((long)a, sizeof a);
    long s = host(syscall(SYS_getcwd, b, sizeof b));
    equal(r < 0 ? r : 0, s < 0 ? s : 0);
    if (r > 0 && strncmp(a, "/r/w", 4) == 0 &&
        strcmp(a + 4, b + strlen(base)) != 0) {
        printf("%s, %s: ", a, b);
        fail(r, s);
    }
    /* Out of removed directories, and not up too far. */
    if (r < 0 || random_below(2) || strlen(a) > 60 ||
        strncmp(a, "/r/w", 4) != 0) {
        equal(uc_sys_chdir((long)"/r/w"), 0);
        equal(chdir(base), 0);
    }
}

static void one_step(void)
{
    switch (random_below(16)) {
    case 0:
    case 1:
    case 2:
        do_open();
        break;
    case 3:
        do_stat();
        break;
    case 4:
    case 5:
        do_one_path();
        break;
    case 6:
    case 7:
        do_two_paths();
        break;
    case 8:
        do_readlink();
        break;
    case 9:
        do_directory();
        break;
    default:
        do_descriptor();
    }
}

/* For other file systems, which include this file. */
#ifndef EACH_STEP
#define EACH_STEP()
#define AT_END(base) 0
#endif

int main(int argc, char **argv)
{
    long steps = argc > 2 ? atol(argv[2]) : 10000;
    trace = argc > 3;
    random_state = argc > 1 ? (uint64_t)atol(argv[1]) : 1;
    strcpy(base, access("/dev/shm", W_OK) == 0 ? "/dev/shm/ramfs-XXXXXX"
                                               : "/tmp/ramfs-XXXXXX");
    umask(022);
    if (!mkdtemp(base) || mkdir(strcat(base, "/w"), 0755) != 0 ||
        chdir(base) != 0)
        return perror(base), 2;
    uc_sys_mkdir((long)"/r", 0700);
    uc_sys_mkdir((long)"/r/w", 0755);
    uc_sys_chdir((long)"/r/w");
    for (int i = 0; i < FDS; i++)
        ours[i] = theirs[i] = -1;
    for (step = 0; step < steps; step++) {
        one_step();
        if (trace)
            puts(call);
        EACH_STEP();
    }
    for (int i = 0; i < FDS; i++)
        if (ours[i] >= 0)
            close_slot(i);
    if (AT_END(base))
        return 1;
    printf("equal after %ld calls, %ld of them done\n", steps, done);
    char command[128];
    snprintf(command, sizeof command, "rm -rf %.*s", (int)strlen(base) - 2,
             base);
    return system(command) != 0;
}
