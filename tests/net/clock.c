/*
 * A program of the network reads the time on linuxu without entering the
 * kernel; where there is no library of the kernel's for it (QEMU gives none),
 * by a system call. The control: one without sockets enters it each time. It
 * is the kernel's time, and it does not go back.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t
 * RUN: unicore-specialize -q -t linuxu-x86_64 -o out %s
 * RUN: sed '/AF_INET/d' %s > control.c
 * RUN: unicore-specialize -q -t linuxu-x86_64 -o out control.c
 * RUN: strace -o calls out/clock/linuxu-x86_64/image | FileCheck %s
 * RUN: grep -c clock_gettime calls > number
 * RUN: strace -o calls out/control/linuxu-x86_64/image | FileCheck %s
 * RUN: grep -c clock_gettime calls >> number
 * RUN: qemu-x86_64 -strace out/clock/linuxu-x86_64/image 2> calls > printed
 * RUN: FileCheck %s < printed
 * RUN: grep -c clock_gettime calls >> number
 * RUN: FileCheck %s --check-prefix=NUMBER < number
 * CHECK: 2000 and 2000 times right, errno 22
 * The library itself leaves to the kernel what it does not know.
 * NUMBER: {{^}}1{{$}}
 * NUMBER-NEXT: {{^}}4001{{$}}
 * NUMBER-NEXT: {{^}}4001{{$}}
 */
#include <errno.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static int measure(clockid_t clock)
{
    struct timespec t = {0, 0}, next;
    int right = 0;

    for (int i = 0; i < 2000; i++) {
        long begin = syscall(SYS_time, 0);
        right +=
            clock_gettime(clock, &next) == 0 &&
            (next.tv_sec > t.tv_sec ||
             (next.tv_sec == t.tv_sec && next.tv_nsec >= t.tv_nsec)) &&
            (clock != CLOCK_REALTIME ||
             (begin <= next.tv_sec && next.tv_sec <= syscall(SYS_time, 0) + 1));
        t = next;
    }
    return right;
}

int main(void)
{
    struct timespec t;

    close(socket(AF_INET, SOCK_STREAM, 0));
    printf("%d and ", measure(CLOCK_MONOTONIC));
    printf("%d times right, ", measure(CLOCK_REALTIME));
    errno = 0;
    clock_gettime((clockid_t)99, &t);
    printf("errno %d\n", errno);
    return 0;
}
