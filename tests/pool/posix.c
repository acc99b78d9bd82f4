/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * posix.c: what posix/core does for itself: pipes, signals, mappings, memory
 * given back, the baked-in root; and, built with FILES=0, the console alone.
 *
 * RUN: sh %S/Inputs/build.sh %root %t %s -- posix/core fs/ramfs fs/devfs \
 * RUN:     console/full clock/platform random/platform log/console sched/none
 * RUN: %t | FileCheck %s
 * RUN: sh %S/Inputs/build.sh %root %t.0 %s -DFILES=0 -- posix/core \
 * RUN:     fs/console console/full clock/platform random/platform \
 * RUN:     log/console sched/none
 * RUN: %t.0 | FileCheck %s --check-prefix=CONSOLE
 * CHECK: all as they should be
 * CONSOLE: console: all as it should be
 */
#define _GNU_SOURCE
#include "host.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <uc/mem.h>
#include <uc/sys.h>
#include <unistd.h>

extern const int CFG_FILES;

static void expect(bool ok, int line)
{
    if (ok)
        return;
    printf("line %d: not as it should be\n", line);
    fflush(stdout);
    __builtin_trap();
}
#define EXPECT(condition) expect(condition, __LINE__)

/* The status that the machine ends with when f runs; -1: it returns. */
static int status_of(void (*f)(void))
{
    host_status = -1;
    host_output_length = 0;
    if (setjmp(host_exit) == 0)
        f();
    return host_status;
}

/* ---- signals ---- */

struct action {
    void (*handler)(int);
    unsigned long flags;
    void (*restorer)(void);
    uint64_t mask;
};
static int caught[65], depth;

static void handler(int sig)
{
    caught[sig]++;
    EXPECT(++depth == 1); /* blocked while it runs */
    if (caught[sig] == 1)
        uc_sys_kill(0, sig);
    EXPECT(depth-- == 1);
}

static void catch (int sig, void (*f)(int), unsigned long flags)
{
    struct action a = {f, flags, 0, 0};
    EXPECT(uc_sys_rt_sigaction(sig, (long)&a, 0, 8) == 0);
}

static void die_by_abort(void)
{
    uc_sys_tkill(1, SIGABRT);
}

static void block(uint64_t mask, int how)
{
    EXPECT(uc_sys_rt_sigprocmask(how, (long)&mask, 0, 8) == 0);
}

static void signals(void)
{
    uint64_t usr1 = 1ull << (SIGUSR1 - 1), now;
    catch (SIGUSR1, handler, 0);
    EXPECT(uc_sys_kill(1, SIGUSR1) == 0);
    EXPECT(caught[SIGUSR1] == 2); /* sent again from within: pending, then */
    block(usr1, SIG_BLOCK);
    EXPECT(uc_sys_tgkill(1, 1, SIGUSR1) == 0);
    EXPECT(caught[SIGUSR1] == 2);
    EXPECT(uc_sys_rt_sigpending((long)&now, 8) == 0 && now == usr1);
    block(usr1, SIG_UNBLOCK);
    EXPECT(caught[SIGUSR1] == 3);
    catch (SIGUSR1, SIG_IGN, 0);
    EXPECT(uc_sys_kill(0, SIGUSR1) == 0 && caught[SIGUSR1] == 3);
    EXPECT(status_of(die_by_abort) == 134);
    EXPECT(host_output_length == 0);
    catch (SIGABRT, handler, SA_RESETHAND);
    EXPECT(status_of(die_by_abort) == 134); /* once caught, then not */
    EXPECT(caught[SIGABRT] == 1);
    depth = 0;
    block(0, SIG_SETMASK);
}

/* ---- pipes ---- */

static void wait_for_nobody(void)
{
    int p[2];
    char c;
    uc_sys_pipe((long)p);
    uc_sys_read(p[0], (long)&c, 1);
}

static void write_to_nobody(void)
{
    int p[2];
    uc_sys_pipe((long)p);
    uc_sys_close(p[0]);
    uc_sys_write(p[1], (long)"x", 1);
}

static void pipes(void)
{
    static char big[70000], back[70000];
    int p[2];
    struct pollfd fds[2];
    EXPECT(uc_sys_pipe2((long)p, O_NONBLOCK) == 0);
    for (size_t i = 0; i < sizeof big; i++)
        big[i] = (char)(i * 7);
    EXPECT(uc_sys_read(p[0], (long)back, 1) == -EAGAIN);
    fds[0] = (struct pollfd){p[0], POLLIN, 0};
    fds[1] = (struct pollfd){p[1], POLLOUT, 0};
    EXPECT(uc_sys_poll((long)fds, 2, 0) == 1 && fds[1].revents == POLLOUT);
    EXPECT(uc_sys_write(p[1], (long)big, 50000) == 50000);
    EXPECT(uc_sys_read(p[0], (long)back, 30000) == 30000);
    EXPECT(uc_sys_write(p[1], (long)big + 50000, 20000) == 20000);
    EXPECT(uc_sys_write(p[1], (long)big, 40000) == 65536 - 40000);
    EXPECT(uc_sys_write(p[1], (long)big, 1) == -EAGAIN);
    EXPECT(uc_sys_read(p[0], (long)back + 30000, 40000) == 40000);
    EXPECT(memcmp(big, back, sizeof big) == 0);
    uc_sys_close(p[1]);
    EXPECT(uc_sys_poll((long)fds, 1, 0) == 1);
    EXPECT(fds[0].revents == (POLLIN | POLLHUP));
    EXPECT(uc_sys_read(p[0], (long)back, 70000) == 25536);
    EXPECT(uc_sys_read(p[0], (long)back, 1) == 0);
    uc_sys_close(p[0]);
    EXPECT(status_of(wait_for_nobody) == 1);
    EXPECT(strstr(host_output, "deadlock"));
    EXPECT(status_of(write_to_nobody) == 128 + SIGPIPE);
}

/* ---- memory ---- */

static uint64_t available(void)
{
    uint64_t total, left;
    uc_pages_total(&total, &left);
    return left;
}

static char *map(long address, size_t n, int flags)
{
    return (char *)uc_sys_mmap(address, (long)n, PROT_READ | PROT_WRITE,
                               MAP_PRIVATE | MAP_ANONYMOUS | flags, -1, 0);
}

static void memory(void)
{
    enum {
        N = 100 * UC_PAGE
    };
    uc_sys_mprotect((long)map(0, 1, 0), 1, PROT_READ); /* makes its table */
    uint64_t before = available();
    char *p = map(0, N, 0), *q;
    EXPECT(p[0] == 0 && p[N - 1] == 0);
    memset(p, 1, N);
    EXPECT(uc_sys_munmap((long)p + 10 * UC_PAGE, UC_PAGE) == 0);
    q = map((long)p + 10 * UC_PAGE, UC_PAGE, MAP_FIXED_NOREPLACE);
    EXPECT(q == p + 10 * UC_PAGE && q[5] == 0); /* cleared again */
    EXPECT(map((long)p, UC_PAGE, MAP_FIXED_NOREPLACE) == (char *)-EEXIST);
    EXPECT(map((long)p, UC_PAGE, MAP_FIXED) == p && p[7] == 0);
    EXPECT(uc_sys_madvise((long)p + UC_PAGE, UC_PAGE, MADV_DONTNEED) == 0);
    EXPECT(p[UC_PAGE] == 0 && p[2 * UC_PAGE] == 1);
    q = (char *)uc_sys_mremap((long)p, N, 3 * N, MREMAP_MAYMOVE, 0);
    EXPECT((long)q > 0 && q[N - 1] == 1 && q[N] == 0 && q[3 * N - 1] == 0);
    EXPECT((char *)uc_sys_mremap((long)q, 3 * N, N, 0, 0) == q);
    EXPECT((char *)uc_sys_mremap((long)q, N, 2 * N, 0, 0) == q);
    EXPECT(uc_sys_munmap((long)q, 2 * N) == 0);
    EXPECT(available() == before);
    /* brk and mappings share what there is, and never overlap. */
    long low = uc_sys_brk(0);
    EXPECT(uc_sys_brk(low + N) == low + N);
    memset((char *)low, 2, N);
    EXPECT(uc_sys_brk(low) == low);
    EXPECT(uc_sys_brk(low + N) == low + N && *(char *)low == 0);
    uint64_t all = available() / UC_PAGE * UC_PAGE;
    p = map(0, all, 0);
    EXPECT((long)p >= low + N);
    EXPECT(uc_sys_brk(low + N + UC_PAGE) == low + N);
    EXPECT(map(0, UC_PAGE, 0) == (char *)-ENOMEM);
    EXPECT(uc_sys_munmap((long)p, (long)all) == 0 && available() >= all);
}

/* What the host's kernel can do with a byte: 0, 1 read, 2 write too. */
static int access_to(char *p)
{
    int fds[2], access = 0;
    char c = 0;
    EXPECT(pipe(fds) == 0);
    if (write(fds[1], p, 1) == 1)
        access = read(fds[0], &c, 1) == 1 && write(fds[1], &c, 1) == 1 &&
                         read(fds[0], p, 1) == 1
                     ? 2
                     : 1;
    close(fds[0]);
    close(fds[1]);
    return access;
}

static void protection(void)
{
    char *p = map(0, 3 * UC_PAGE, 0), *q;
    long middle = (long)p + UC_PAGE;
    memset(p, 1, 3 * UC_PAGE);
    EXPECT(uc_sys_mprotect(middle, UC_PAGE, PROT_READ) == 0);
    EXPECT(access_to(p) == 2 && access_to(p + UC_PAGE) == 1);
    EXPECT(access_to(p + 2 * UC_PAGE) == 2 && p[UC_PAGE] == 1);
    EXPECT(uc_sys_madvise(middle, UC_PAGE, MADV_DONTNEED) == 0);
    EXPECT(access_to(p + UC_PAGE) == 1 && p[UC_PAGE] == 0);
    EXPECT(uc_sys_mprotect(middle, 1, PROT_NONE) == 0);
    EXPECT(access_to(p + UC_PAGE) == 0);
    EXPECT(uc_sys_mprotect(middle, 1, PROT_READ | PROT_EXEC) == -EACCES);
    EXPECT(uc_sys_mprotect(middle + 1, 1, PROT_READ) == -EINVAL);
    q = (char *)uc_sys_mremap(middle, UC_PAGE, 5 * UC_PAGE, MREMAP_MAYMOVE, 0);
    EXPECT((long)q > 0 && access_to(q) == 0 && access_to(q + 4 * UC_PAGE) == 0);
    EXPECT(access_to(p + UC_PAGE) == 0);
    EXPECT(map((long)q, UC_PAGE, MAP_FIXED) == q && access_to(q) == 2);
    EXPECT(uc_sys_munmap((long)q, 5 * UC_PAGE) == 0);
    EXPECT(uc_sys_munmap((long)p, 3 * UC_PAGE) == 0);
    EXPECT(access_to(p) == 0 && access_to(q) == 0);
    EXPECT(uc_sys_mprotect((long)p, UC_PAGE, PROT_READ) == -ENOMEM);
    p = map((long)p, 3 * UC_PAGE, MAP_FIXED_NOREPLACE);
    EXPECT((long)p > 0 && access_to(p) == 2 && p[0] == 0);
    EXPECT(uc_sys_munmap((long)p, 3 * UC_PAGE) == 0);
    p = (char *)uc_sys_mmap(0, UC_PAGE, PROT_READ,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    EXPECT(access_to(p) == 1);
    EXPECT(uc_sys_munmap((long)p, UC_PAGE) == 0);
}

/* ---- files ---- */

static void give_back(void)
{
    static char page[UC_PAGE];
    uc_sys_mkdir((long)"/tmp/d", 0700);
    uint64_t before = available();
    for (int round = 0; round < 3; round++) {
        long fd = uc_sys_open((long)"/tmp/d/big", O_RDWR | O_CREAT, 0600);
        for (int i = 0; i < 10000; i++)
            EXPECT(uc_sys_write(fd, (long)page, UC_PAGE) == UC_PAGE);
        EXPECT(before - available() >= (uint64_t)10000 * UC_PAGE);
        EXPECT(before - available() < (uint64_t)10100 * UC_PAGE);
        EXPECT(uc_sys_unlink((long)"/tmp/d/big") == 0);
        EXPECT(uc_sys_pread64(fd, (long)page, 1, 1 << 20) == 1);
        EXPECT(uc_sys_close(fd) == 0);
        EXPECT(before - available() < 8 * UC_PAGE); /* small objects stay */
    }
    long fd = uc_sys_open((long)"/tmp/sparse", O_RDWR | O_CREAT, 0600);
    EXPECT(uc_sys_pwrite64(fd, (long)"x", 1, 1l << 40) == 1);
    EXPECT(before - available() < (uint64_t)8 << 20);
    EXPECT(uc_sys_pwrite64(fd, (long)"x", 1, INT64_MAX) == -EFBIG);
    EXPECT(uc_sys_lseek(fd, 0, SEEK_DATA) == 1l << 40);
    EXPECT(uc_sys_ftruncate(fd, 0) == 0);
    uc_sys_close(fd);
}

static void no_room(void)
{
    static char block[1 << 20];
    long fd = uc_sys_open((long)"/tmp/full", O_RDWR | O_CREAT, 0600), r;
    do
        r = uc_sys_write(fd, (long)block, sizeof block);
    while (r == sizeof block);
    EXPECT(r == -ENOSPC || r % UC_PAGE == 0);
    EXPECT(uc_sys_write(fd, (long)block, sizeof block) == -ENOSPC);
    EXPECT(uc_sys_mkdir((long)"/tmp/no", 0700) == 0 || true);
    EXPECT(uc_sys_unlink((long)"/tmp/full") == 0);
    EXPECT(uc_sys_close(fd) == 0);
    EXPECT(available() > (uint64_t)200 << 20);
}

static void devices(void)
{
    char p[16] = "full of letters";
    long fd = uc_sys_open((long)"/dev/zero", O_RDWR, 0);
    EXPECT(uc_sys_read(fd, (long)p, 4) == 4 && p[3] == 0 && p[4] == ' ');
    fd = uc_sys_open((long)"/dev/null", O_RDWR, 0);
    EXPECT(uc_sys_read(fd, (long)p, 4) == 0);
    EXPECT(uc_sys_write(fd, (long)p, 4) == 4);
    fd = uc_sys_open((long)"/dev/full", O_RDWR, 0);
    EXPECT(uc_sys_write(fd, (long)p, 4) == -ENOSPC);
    fd = uc_sys_open((long)"/dev/urandom", O_RDONLY, 0);
    EXPECT(uc_sys_read(fd, (long)p, 4) == 4 && p[0] == 0x5a);
    struct stat st;
    EXPECT(uc_sys_stat((long)"/dev/null", (long)&st) == 0);
    EXPECT(S_ISCHR(st.st_mode) && st.st_rdev == 0x103);
}

/* ---- the console ---- */

static void console(void)
{
    char p[16];
    host_output_length = 0;
    host_input = "some input";
    EXPECT(uc_sys_write(1, (long)"out", 3) == 3);
    EXPECT(uc_sys_write(2, (long)"err", 3) == 3);
    EXPECT(strcmp(host_output, "outerr") == 0);
    EXPECT(uc_sys_read(0, (long)p, 4) == 4 && memcmp(p, "some", 4) == 0);
    EXPECT(uc_sys_read(0, (long)p, 16) == 6);
    EXPECT(uc_sys_read(0, (long)p, 16) == 0);
    EXPECT(uc_sys_write(0, (long)p, 1) == -EBADF);
    EXPECT(uc_sys_read(1, (long)p, 1) == -EBADF);
    EXPECT(uc_sys_write(3, (long)p, 1) == -EBADF);
    EXPECT(uc_sys_ioctl(1, 0x5413, (long)p) == -ENOTTY);
    EXPECT(uc_sys_lseek(1, 0, 1) == -ESPIPE);
    EXPECT(uc_sys_lseek(7, 0, 1) == -EBADF);
    EXPECT(uc_sys_close(2) == 0);
    EXPECT(uc_sys_close(2) == -EBADF);
    EXPECT(uc_sys_write(2, (long)p, 1) == -EBADF);
    EXPECT(uc_sys_ftruncate(1, 0) == -EINVAL);
    EXPECT(uc_sys_ftruncate(2, 0) == -EBADF);
}

/* What is asked of a descriptor, for one that is closed and one that is not. */
static void closed(void)
{
    char p[16];
    struct iovec v = {p, 1};
    struct stat st;
    EXPECT(uc_sys_close(2) == -EBADF);
    EXPECT(uc_sys_pwritev(1, (long)&v, 1, 0, 0) == -ESPIPE);
    EXPECT(uc_sys_pwritev(2, (long)&v, 1, 0, 0) == -EBADF);
    EXPECT(uc_sys_preadv(0, (long)&v, 1, 0, 0) == -ESPIPE);
    EXPECT(uc_sys_sendfile(1, 0, 0, 1) == -EINVAL);
    EXPECT(uc_sys_sendfile(2, 0, 0, 1) == -EBADF);
    EXPECT(uc_sys_fallocate(1, 0, 0, 1) == -ESPIPE);
    EXPECT(uc_sys_fallocate(2, 0, 0, 1) == -EBADF);
    EXPECT(uc_sys_flock(2, 2) == -EBADF);
    EXPECT(uc_sys_fchmod(2, 0600) == -EBADF);
    EXPECT(uc_sys_fstat(2, (long)&st) == -EBADF);
    EXPECT(uc_sys_fsync(2) == -EBADF);
    EXPECT(uc_sys_fstatfs(2, (long)p) == -EBADF);
    EXPECT(uc_sys_syncfs(2) == -EBADF);
    EXPECT(uc_sys_getdents64(2, (long)p, sizeof p) == -EBADF);
}

/* An int has its value in the lower half of the register, whatever is above. */
static void upper_halves(void)
{
    const long above = 0x12345678L << 32;
    char p[16];
    struct pollfd none = {.fd = -1};
    EXPECT(uc_sys_write(1 + above, (long)"out", 3) == 3);
    EXPECT(uc_sys_write((unsigned)-1, (long)p, 1) == -EBADF);
    EXPECT(uc_sys_fcntl(1 + above, F_GETFD + above, 0) == 0);
    EXPECT(uc_sys_kill(1 + above, above) == 0);
    EXPECT(uc_sys_kill((unsigned)-1, 0) == 0);
    EXPECT(uc_sys_tkill((unsigned)-1, 0) == -EINVAL);
    EXPECT(uc_sys_getpgid(above) == 1);
    EXPECT(uc_sys_setpgid(0, (unsigned)-1) == -EINVAL);
    EXPECT(uc_sys_poll((long)&none, 1, above) == 0);
    EXPECT(uc_sys_open((long)"/x", O_RDONLY, 0) == -ENOENT);
    EXPECT(uc_sys_openat((unsigned)AT_FDCWD, (long)"x", 0, 0) == -ENOENT);
}

static void no_files(void)
{
    char p[16];
    EXPECT(uc_sys_open((long)"/", O_RDONLY, 0) == -ENOENT);
    EXPECT(uc_sys_open((long)"/x", O_CREAT | O_RDWR, 0) == -ENOENT);
    EXPECT(uc_sys_access((long)"/", 0) == -ENOENT);
    EXPECT(uc_sys_getcwd((long)p, 16) == -ENOENT);
}

int main(void)
{
    console();
    closed();
    upper_halves();
    signals();
    if (!CFG_FILES) {
        no_files();
        puts("console: all as it should be");
        return 0;
    }
    memory();
    protection();
    pipes();
    devices();
    give_back();
    no_room();
    puts("all as they should be");
    return 0;
}
