/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * errno.c: system calls, above all with wrong arguments, answered by
 * posix/core and by the Linux that runs the test, on descriptors of the same
 * kinds: 0 the end of a pipe, 1 and 2 pipes, 3 a file, 4 the same read-only,
 * 5 a directory, 6 the file write-only. Results must be equal.
 *
 * RUN: sh %S/Inputs/build.sh %root %t %s -- posix/core fs/ramfs fs/devfs \
 * RUN:     console/full clock/platform random/platform log/console sched/none
 * RUN: %t | FileCheck %s
 * CHECK-NOT: differs
 * CHECK: {{[12][0-9][0-9]}} calls, 0 differ
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <uc/sys.h>
#include <unistd.h>

enum {
    REPORT = 100,
    HERE = AT_FDCWD
};

static int calls, differ;

static void both(const char *name, int line, long us, long linux_result)
{
    calls++;
    if (linux_result < 0)
        linux_result = -errno;
    if (us == linux_result)
        return;
    differ++;
    dprintf(REPORT, "line %d: %s differs: we say %ld, Linux %ld\n", line, name,
            us, linux_result);
}

#define ARG(a) ((long)(a))
#define EACH1(a) ARG(a)
#define EACH2(a, ...) ARG(a), EACH1(__VA_ARGS__)
#define EACH3(a, ...) ARG(a), EACH2(__VA_ARGS__)
#define EACH4(a, ...) ARG(a), EACH3(__VA_ARGS__)
#define EACH5(a, ...) ARG(a), EACH4(__VA_ARGS__)
#define EACH6(a, ...) ARG(a), EACH5(__VA_ARGS__)
#define COUNT(a, b, c, d, e, f, n, ...) EACH##n
#define EACH(...) COUNT(__VA_ARGS__, 6, 5, 4, 3, 2, 1)(__VA_ARGS__)
#define BOTH(name, ...)                                                        \
    both(#name, __LINE__, uc_sys_##name(EACH(__VA_ARGS__)),                    \
         syscall(SYS_##name, EACH(__VA_ARGS__)))

static char buffer[8192];
static struct timespec bad_time = {0, 1000000000}, negative = {-1, 0};
static struct timespec short_time = {0, 1000};

static void descriptors(void)
{
    struct iovec wrong[2] = {{buffer, 10}, {buffer, SIZE_MAX}};
    struct iovec right[2] = {{buffer, 10}, {buffer, 0}};
    BOTH(read, 99, buffer, 1);
    BOTH(read, -1, buffer, 1);
    BOTH(read, 0, buffer, 10);
    BOTH(read, 1, buffer, 1);
    BOTH(read, 5, buffer, 1);
    BOTH(read, 6, buffer, 1);
    BOTH(read, 3, buffer, -1);
    BOTH(write, 0, buffer, 1);
    BOTH(write, 4, buffer, 1);
    BOTH(write, 5, buffer, 1);
    BOTH(write, 1, buffer, 0);
    BOTH(write, 1, buffer, 7);
    BOTH(readv, 3, right, -1);
    BOTH(readv, 3, right, 1025);
    BOTH(readv, 3, right, 0);
    BOTH(readv, 99, right, 1);
    BOTH(readv, 0, right, 2);
    BOTH(writev, 1, wrong, 2);
    BOTH(writev, 1, right, 2);
    BOTH(writev, 4, right, 2);
    BOTH(pread64, 0, buffer, 1, 0);
    BOTH(pread64, 3, buffer, 1, -1);
    BOTH(pread64, 99, buffer, 1, 0);
    BOTH(pread64, 5, buffer, 1, 0);
    BOTH(pread64, 6, buffer, 1, 0);
    BOTH(pwrite64, 1, buffer, 1, 0);
    BOTH(pwrite64, 4, buffer, 1, 0);
    BOTH(pwrite64, 3, buffer, 1, -1);
    BOTH(preadv, 3, right, 2, -1, 0);
    BOTH(preadv, 0, right, 2, 0, 0);
    BOTH(pwritev, 3, right, 2, 100, 0);
    BOTH(lseek, 0, 0, SEEK_CUR);
    BOTH(lseek, 99, 0, SEEK_CUR);
    BOTH(lseek, 3, -1, SEEK_SET);
    BOTH(lseek, 3, 0, 9);
    BOTH(lseek, 3, 1000, SEEK_DATA);
    BOTH(lseek, 3, 10, SEEK_HOLE);
    BOTH(lseek, 3, INT64_MAX, SEEK_END);
    BOTH(lseek, 3, 0, SEEK_SET);
    BOTH(close, 99);
    BOTH(close, -1);
    BOTH(ftruncate, 4, 0);
    BOTH(ftruncate, 3, -1);
    BOTH(ftruncate, 1, 0);
    BOTH(ftruncate, 99, 0);
    BOTH(ftruncate, 5, 0);
    BOTH(fallocate, 99, 0, 0, 1);
    BOTH(fallocate, 3, 0, -1, 1);
    BOTH(fallocate, 3, 0, 0, 0);
    BOTH(fallocate, 4, 0, 0, 1);
    BOTH(fallocate, 1, 0, 0, 1);
    BOTH(fallocate, 3, 1 << 20, 0, 1);
    BOTH(fsync, 99);
    BOTH(fsync, 3);
    BOTH(fsync, 1);
    BOTH(fdatasync, 0);
    BOTH(fadvise64, 3, 0, 0, 0);
    BOTH(fadvise64, 3, 0, 0, 77);
    BOTH(fadvise64, 1, 0, 0, 0);
    BOTH(fadvise64, 99, 0, 0, 0);
    BOTH(sync_file_range, 3, -1, 0, 0);
    BOTH(sync_file_range, 1, 0, 0, 0);
    BOTH(sync_file_range, 3, 0, 0, 99);
    BOTH(sendfile, 1, 99, 0, 1);
    BOTH(sendfile, 4, 3, 0, 1);
    BOTH(getdents64, 3, buffer, sizeof buffer);
    BOTH(getdents64, 99, buffer, sizeof buffer);
    BOTH(getdents64, 5, buffer, 8);
    BOTH(fstat, 99, buffer);
    BOTH(fchmod, 99, 0600);
    BOTH(fchdir, 99);
    BOTH(fchdir, 3);
    BOTH(fchown, 99, -1, -1);
}

static void duplicates(void)
{
    struct flock lock = {.l_type = F_WRLCK};
    struct flock odd = {.l_type = 77};
    BOTH(dup, 99);
    BOTH(dup, 3);
    BOTH(close, 7);
    BOTH(dup2, 99, 3);
    BOTH(dup2, 3, 3);
    BOTH(dup2, 3, -1);
    BOTH(dup2, 3, 1 << 20);
    BOTH(dup2, 99, 99);
    BOTH(dup2, 3, 9);
    BOTH(close, 9);
    BOTH(dup3, 3, 3, 0);
    BOTH(dup3, 3, 9, 1);
    BOTH(dup3, 3, 9, O_CLOEXEC);
    BOTH(fcntl, 9, F_GETFD, 0);
    BOTH(fcntl, 9, F_SETFD, 0);
    BOTH(fcntl, 9, F_GETFD, 0);
    BOTH(close, 9);
    BOTH(fcntl, 0, F_GETFD, 0);
    BOTH(fcntl, 0, F_GETFL, 0);
    BOTH(fcntl, 1, F_GETFL, 0);
    BOTH(fcntl, 99, F_GETFL, 0);
    BOTH(fcntl, 3, F_DUPFD, -1);
    BOTH(fcntl, 3, F_DUPFD, 1 << 20);
    BOTH(fcntl, 3, F_DUPFD, 20);
    BOTH(close, 20);
    BOTH(fcntl, 3, F_DUPFD_CLOEXEC, 20);
    BOTH(fcntl, 20, F_GETFD, 0);
    BOTH(close, 20);
    BOTH(fcntl, 3, 9999, 0);
    BOTH(fcntl, 3, F_SETFL, O_APPEND);
    BOTH(fcntl, 3, F_SETFL, 0);
    BOTH(fcntl, 3, F_SETLK, &lock);
    BOTH(fcntl, 4, F_SETLK, &lock);
    BOTH(fcntl, 3, F_GETLK, &odd);
    BOTH(fcntl, 3, F_SETLK, &odd);
    BOTH(flock, 99, 2);
    BOTH(flock, 3, 0);
    BOTH(flock, 3, 2 | 4);
    BOTH(flock, 3, 8);
    BOTH(flock, 3, 3);
    BOTH(ioctl, 0, TCGETS, buffer);
    BOTH(ioctl, 1, TIOCGWINSZ, buffer);
    BOTH(ioctl, 3, TCGETS, buffer);
    BOTH(ioctl, 99, TCGETS, buffer);
    BOTH(close_range, 5, 4, 0);
    BOTH(close_range, 50, 60, 99);
    BOTH(close_range, 50, 60, 0);
}

static void paths(void)
{
    struct timespec wrong[2] = {{0, 0}, {0, -5}};
    BOTH(openat, 99, "x", O_RDONLY, 0);
    BOTH(openat, 3, "x", O_RDONLY, 0);
    BOTH(open, "", O_RDONLY, 0);
    BOTH(open, "no", O_RDONLY, 0);
    BOTH(open, "no/no", O_CREAT | O_WRONLY, 0600);
    BOTH(open, "file/no", O_RDONLY, 0);
    BOTH(open, "file/", O_RDONLY, 0);
    BOTH(open, "new/", O_RDWR | O_CREAT, 0600);
    BOTH(open, ".", O_WRONLY, 0);
    BOTH(open, ".", O_CREAT | O_EXCL, 0600);
    BOTH(open, ".", O_CREAT, 0600);
    BOTH(open, "file", O_CREAT | O_EXCL, 0600);
    BOTH(open, "file", O_DIRECTORY, 0);
    BOTH(open, "loop", O_RDONLY, 0);
    BOTH(open, "link", O_NOFOLLOW, 0);
    BOTH(open, "link", O_NOFOLLOW | O_DIRECTORY, 0);
    BOTH(open, "/dev/null", O_RDWR | O_DIRECTORY, 0);
    BOTH(open, 0, O_RDONLY, 0);
    BOTH(stat, "loop/x", buffer);
    BOTH(stat, "file/x", buffer);
    BOTH(lstat, "loop", buffer);
    BOTH(newfstatat, HERE, "file", buffer, 0x8000000);
    BOTH(newfstatat, 3, "", buffer, AT_EMPTY_PATH);
    BOTH(newfstatat, 3, "", buffer, 0);
    BOTH(newfstatat, HERE, "", buffer, AT_EMPTY_PATH);
    BOTH(access, "no", 0);
    BOTH(access, "file", 8);
    BOTH(access, "file", 1);
    BOTH(access, ".", 7);
    BOTH(readlink, "link", buffer, 0);
    BOTH(readlink, "link", buffer, -1);
    BOTH(readlink, "link", buffer, 2);
    BOTH(readlink, "file", buffer, 10);
    BOTH(unlinkat, HERE, "no", 77);
    BOTH(unlink, "..");
    BOTH(unlink, "/");
    BOTH(unlink, "file/");
    BOTH(rmdir, ".");
    BOTH(rmdir, "..");
    BOTH(rmdir, "/");
    BOTH(rmdir, "dir/sub/..");
    BOTH(rmdir, "dir");
    BOTH(rmdir, "file");
    BOTH(mkdir, "/", 0700);
    BOTH(mkdir, ".", 0700);
    BOTH(mkdir, "no/no", 0700);
    BOTH(mknod, "file", S_IFREG | 0600, 0);
    BOTH(mknod, "new", S_IFLNK | 0600, 0);
    BOTH(rename, "dir", "dir/sub/x");
    BOTH(rename, "dir/sub", "dir");
    BOTH(rename, ".", "x");
    BOTH(rename, "file", "dir");
    BOTH(rename, "dir", "file");
    BOTH(rename, "file", "new/");
    BOTH(renameat2, HERE, "file", HERE, "x", 8);
    BOTH(renameat2, HERE, "file", HERE, "dir", 1);
    BOTH(renameat2, HERE, "file", HERE, "no", 2);
    BOTH(linkat, HERE, "file", HERE, "x", 77);
    BOTH(link, "dir", "x");
    BOTH(link, "file", "dir");
    BOTH(link, "no", "x");
    BOTH(symlink, "", "x");
    BOTH(symlink, "x", "file");
    BOTH(truncate, "dir", 0);
    BOTH(truncate, "file", -1);
    BOTH(truncate, "no", 0);
    BOTH(chdir, "file");
    BOTH(chdir, "no");
    BOTH(getcwd, buffer, 1);
    BOTH(utimensat, HERE, "file", wrong, 0);
    BOTH(utimensat, HERE, "no", 0, 0);
    BOTH(utimensat, HERE, "file", 0, 77);
    BOTH(fchownat, HERE, "file", -1, -1, 77);
    BOTH(chmod, "no", 0600);
    BOTH(umask, 027);
    BOTH(umask, 022);
    BOTH(statfs, "no", buffer);
    BOTH(fstatfs, 99, buffer);
    memset(buffer, 'x', 300);
    buffer[300] = 0;
    BOTH(open, buffer, O_RDONLY, 0);
    memset(buffer, '/', 5000);
    buffer[5000] = 0;
    BOTH(open, buffer, O_RDONLY, 0);
}

static void memory(void)
{
    const int anon = MAP_PRIVATE | MAP_ANONYMOUS;
    BOTH(mmap, 0, 0, PROT_READ, anon, -1, 0);
    BOTH(mmap, 0, 4096, PROT_READ, MAP_ANONYMOUS, -1, 0);
    BOTH(mmap, 0, 4096, PROT_READ, MAP_PRIVATE, 99, 0);
    BOTH(mmap, 0, 4096, PROT_READ, MAP_PRIVATE, 3, 1);
    BOTH(mmap, 0, 4096, PROT_READ, MAP_PRIVATE, 6, 0);
    BOTH(mmap, 0, 4096, PROT_READ, MAP_PRIVATE, 0, 0);
    BOTH(mmap, 0, 4096, PROT_READ, MAP_PRIVATE, 5, 0);
    BOTH(mmap, 0, 4096, PROT_WRITE, MAP_SHARED, 4, 0);
    BOTH(mmap, 0, INT64_MAX, PROT_READ, anon, -1, 0);
    BOTH(mmap, 1, 4096, PROT_READ, anon | MAP_FIXED, -1, 0);
    BOTH(munmap, 1, 4096);
    BOTH(munmap, 0x1000, 0);
    BOTH(mprotect, 1, 4096, PROT_READ);
    BOTH(mprotect, 0x1000, 0, PROT_READ);
    BOTH(mremap, 1, 4096, 8192, 0, 0);
    BOTH(mremap, 0x1000, 4096, 0, 0, 0);
    BOTH(mremap, 0x1000, 4096, 8192, 77, 0);
    BOTH(mremap, 0x1000, 4096, 8192, 0, 0);
    BOTH(madvise, 1, 4096, 4);
    BOTH(madvise, 0x1000, 4096, 7777);
    BOTH(msync, 1, 4096, 0);
    BOTH(msync, 0x1000, 4096, 77);
    BOTH(msync, 0x1000, 4096, MS_SYNC);
    BOTH(mlockall, 77);
}

static void signals(void)
{
    uint64_t set = 0;
    stack_t small = {.ss_sp = buffer, .ss_size = 10};
    stack_t odd = {.ss_flags = 77};
    BOTH(kill, 0, 65);
    BOTH(kill, 0, -1);
    BOTH(kill, 0, 0);
    BOTH(tkill, 0, 0);
    BOTH(tkill, -1, 0);
    BOTH(tkill, 1 << 29, 0);
    BOTH(tgkill, -1, 1, 0);
    BOTH(tgkill, 1 << 29, 1 << 29, 0);
    BOTH(rt_sigaction, 0, 0, 0, 8);
    BOTH(rt_sigaction, 65, 0, 0, 8);
    BOTH(rt_sigaction, 1, 0, 0, 4);
    BOTH(rt_sigaction, SIGKILL, buffer, 0, 8);
    BOTH(rt_sigaction, SIGKILL, 0, 0, 8);
    BOTH(rt_sigprocmask, 9, &set, 0, 8);
    BOTH(rt_sigprocmask, 0, &set, 0, 4);
    BOTH(rt_sigpending, &set, 9);
    BOTH(rt_sigtimedwait, &set, 0, &bad_time, 8);
    BOTH(rt_sigtimedwait, &set, 0, &short_time, 8);
    BOTH(sigaltstack, &small, 0);
    BOTH(sigaltstack, &odd, 0);
    BOTH(wait4, -1, 0, 0, 0);
}

static void waiting(void)
{
    struct pollfd fds[3] = {{99, POLLIN, 0}, {-1, POLLIN, 0}, {1, POLLOUT, 0}};
    int word = 5;
    fd_set bad, out;
    FD_ZERO(&bad);
    FD_ZERO(&out);
    FD_SET(99, &bad);
    FD_SET(1, &out);
    BOTH(poll, fds, 3, 0);
    BOTH(poll, fds + 1, 1, 1);
    BOTH(poll, fds, 1 << 30, 0);
    BOTH(ppoll, fds, 3, &bad_time, 0, 8);
    BOTH(select, -1, 0, 0, 0, 0);
    BOTH(select, 100, &bad, 0, 0, 0);
    BOTH(select, 2, 0, &out, 0, 0);
    BOTH(pselect6, 2, 0, &out, 0, &negative, 0);
    BOTH(pipe2, buffer, 77);
    BOTH(nanosleep, &bad_time, 0);
    BOTH(nanosleep, &negative, 0);
    BOTH(nanosleep, &short_time, 0);
    BOTH(clock_nanosleep, 99, 0, &short_time, 0);
    BOTH(clock_nanosleep, CLOCK_MONOTONIC, TIMER_ABSTIME, &short_time, 0);
    BOTH(clock_gettime, 99, buffer);
    BOTH(clock_gettime, CLOCK_REALTIME, buffer);
    BOTH(clock_getres, 99, buffer);
    BOTH(clock_getres, CLOCK_MONOTONIC, 0);
    BOTH(getrusage, 9, buffer);
    BOTH(futex, &word, FUTEX_WAIT, 4, 0, 0, 0);
    BOTH(futex, &word, FUTEX_WAIT, 5, &short_time, 0, 0);
    BOTH(futex, &word, FUTEX_WAIT, 5, &bad_time, 0, 0);
    BOTH(futex, (char *)&word + 1, FUTEX_WAIT, 5, 0, 0, 0);
    BOTH(futex, &word, FUTEX_WAIT_BITSET, 5, &short_time, 0, 0);
    BOTH(futex, &word, FUTEX_WAIT_BITSET, 5, &short_time, 0, -1);
    BOTH(futex, &word, FUTEX_WAKE, 1, 0, 0, 0);
    BOTH(futex, &word, 99, 1, 0, 0, 0);
}

static void process(void)
{
    struct rlimit inverse = {10, 5};
    BOTH(getrlimit, 99, buffer);
    BOTH(setrlimit, RLIMIT_DATA, &inverse);
    BOTH(prlimit64, 1 << 29, RLIMIT_DATA, 0, buffer);
    BOTH(getrandom, buffer, 10, 0x100);
    BOTH(getrandom, buffer, 10, 6);
    BOTH(getrandom, buffer, 10, 0);
    BOTH(sched_getaffinity, 0, 3, buffer);
    BOTH(sched_getaffinity, 1 << 29, 128, buffer);
    BOTH(set_robust_list, buffer, 5);
    BOTH(membarrier, 0, 99, 0);
    BOTH(prctl, 9999, 0, 0, 0, 0);
    BOTH(getpgid, 1 << 29);
    BOTH(getsid, 1 << 29);
    BOTH(setpgid, 0, -1);
    BOTH(getgroups, -1, 0);
    BOTH(setuid, -1);
    both("sched_yield", __LINE__, uc_sys_sched_yield(), sched_yield());
}

/* The same world on both sides; what is open is the same on both. */
static void make_world(void)
{
    int in[2], out[2];
    char base[] = "/tmp/errno-XXXXXX";
    if (!mkdtemp(base) || chdir(base) != 0 || pipe(in) || pipe(out))
        exit(2);
    close(in[1]);
    dup2(1, REPORT);
    dup2(in[0], 0);
    dup2(out[1], 1);
    dup2(out[1], 2);
    dup2(out[0], REPORT + 1); /* somebody who could read */
    for (int fd = 3; fd < REPORT; fd++)
        close(fd);
    uc_sys_chdir((long)"/tmp");
    BOTH(open, "file", O_RDWR | O_CREAT, 0644);
    BOTH(write, 3, "hello, world", 12);
    BOTH(open, "file", O_RDONLY, 0);
    BOTH(open, ".", O_RDONLY | O_DIRECTORY, 0);
    BOTH(open, "file", O_WRONLY, 0);
    BOTH(mkdir, "dir", 0755);
    BOTH(mkdir, "dir/sub", 0755);
    BOTH(symlink, "file", "link");
    BOTH(symlink, "loop", "loop");
}

int main(void)
{
    make_world();
    descriptors();
    duplicates();
    paths();
    memory();
    signals();
    waiting();
    process();
    dprintf(REPORT, "%d calls, %d differ\n", calls, differ);
    return system("rm -r \"$PWD\"") != 0;
}
