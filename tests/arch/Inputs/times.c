#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/time.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

int main(void)
{
    struct timespec a, b, nap = {0, 20000000};
    struct timeval tv;
    struct utsname u;
    time_t then = 1700000000;
    int p[2];

    clock_gettime(CLOCK_MONOTONIC, &a);
    nanosleep(&nap, NULL);
    clock_gettime(CLOCK_MONOTONIC, &b);
    long long ns = (b.tv_sec - a.tv_sec) * 1000000000LL + b.tv_nsec - a.tv_nsec;
    printf("slept %d\n", ns >= 20000000 && ns < 20000000000);
    gettimeofday(&tv, NULL);
    printf("today %d\n", tv.tv_sec > 1700000000 && time(NULL) - tv.tv_sec < 2);
    printf("%s", asctime(gmtime(&then)));
    struct tm t = {.tm_year = 138, .tm_mon = 0, .tm_mday = 20};
    printf("%lld\n", (long long)timegm(&t));
    pipe(p);
    struct pollfd f = {p[0], POLLIN, 0};
    printf("%d\n", poll(&f, 1, 10));
    write(p[1], "x", 1);
    printf("%d\n", poll(&f, 1, 1000));
    printf("%d\n", f.revents == POLLIN);
    uname(&u);
    puts(u.sysname);
    struct rlimit r;
    printf("%d\n", getrlimit(RLIMIT_NOFILE, &r));
    return 0;
}
