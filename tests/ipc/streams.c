/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * streams.c: standard output and standard error are two streams, and become one
 * where the program makes them one.
 *
 * RUN: bash %S/Inputs/streams.sh %t %s > %t.out; FileCheck %s < %t.out
 * CHECK: linuxu-x86_64 few: as on Linux
 * CHECK-NEXT: kvm-x86_64 few: as on Linux
 * CHECK-NEXT: bare-x86_64 few: as on Linux
 * CHECK-NEXT: linuxu-x86_64 streams: as on Linux
 * CHECK-NEXT: kvm-x86_64 streams: as on Linux
 * CHECK-NEXT: bare-x86_64 streams: as on Linux
 * CHECK-NEXT: musl stdout: STDERR 0, text
 * CHECK-NEXT: musl stderr: STDERR 1,{{ $}}
 * CHECK-NEXT: newlib stdout: STDERR 0, text
 * CHECK-NEXT: newlib stderr: STDERR 1,{{ $}}
 * CHECK-NEXT: terminal: as written
 * CHECK-NEXT: one line: as written
 * CHECK-NEXT: full: exit code [[STATUS:[0-9]+]], as without: [[STATUS]]
 * CHECK-NEXT: control: told
 */
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Lines that are longer than a line's FIFO, and shorter. */
static void say(void)
{
    for (int i = 0; i < 50; i++) {
        dprintf(1, "out %d\n", i);
        dprintf(2, "err %d of the long ones, which do not fit into it\n", i);
        fprintf(stderr, "stderr %d\n", i);
        printf("stdout %d\n", i);
        fflush(stdout);
    }
}

static void vectors(void)
{
    struct iovec v[2] = {{"two ", 4}, {"parts\n", 6}};

    writev(2, v, 2);
    writev(1, v, 2);
}

#ifdef FEW
int main(void)
{
    vectors();
    say();
    dprintf(1, "%d\n", (int)write(3, "x", 1));
    dprintf(1, "%d\n", close(2));
    dprintf(1, "%d\n", (int)write(2, "x", 1));
    return 4;
}
#else
static void ask(int fd)
{
    struct pollfd p = {fd, POLLOUT, 0};
    int ready = poll(&p, 1, 0);

    dprintf(1, "%d: poll %d %x, terminal %d, access %d\n", fd, ready,
            (unsigned)p.revents, isatty(fd), fcntl(fd, F_GETFL) & O_ACCMODE);
}

int main(int argc, char **argv)
{
    const char *mode = argc > 1 ? argv[1] : "";
    struct stat out, err;

    if (!strcmp(mode, "plain"))
        vectors();
    else if (!strcmp(mode, "outward"))
        dup2(1, 2);
    else if (!strcmp(mode, "errward"))
        dup2(2, 1);
    else if (!strcmp(mode, "swapped"))
        dup2(1, 10), dup2(2, 1), dup2(10, 2), close(10);
    else if (!strcmp(mode, "closed"))
        dprintf(1, "%d\n", close(2)), dprintf(1, "%d\n", (int)write(2, "x", 1));
    else if (!strcmp(mode, "copied")) /* the lowest that is free */
        dprintf(1, "%d %d\n", close(2), fcntl(1, F_DUPFD, 0));
    else if (!strcmp(mode, "reopened"))
        dprintf(1, "%d\n", freopen("/dev/null", "w", stderr) != NULL);
    else if (!strcmp(mode, "named"))
        dprintf(open("/dev/stderr", O_WRONLY), "by name\n");
    ask(1);
    if (strcmp(mode, "closed"))
        ask(2);
    fstat(1, &out);
    if (!fstat(2, &err) && strcmp(mode, "reopened"))
        dprintf(1, "kinds alike %d\n", out.st_mode == err.st_mode);
    say();
    return 3;
}
#endif
