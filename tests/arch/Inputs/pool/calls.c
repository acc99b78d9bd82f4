/* Calls whose arguments, structures or numbers are not those of x86_64. */
#define _FILE_OFFSET_BITS 64
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define SAY(x) printf("%d %s %lld\n", __LINE__, #x, (long long)(x))

static const off_t far = 5000000000;

static void offsets(void)
{
    char b[8] = "abcdefg";
    struct iovec v = {b, 3};
    struct stat s;
    off_t at = far;
    int fd = open("offsets", O_RDWR | O_CREAT | O_TRUNC, 0600), out;

    SAY(pwritev(fd, &v, 1, far));
    SAY(fstat(fd, &s));
    SAY(s.st_size);
    SAY(preadv(fd, &v, 1, far + 1));
    SAY(b[0]);
    SAY(pread(fd, b, 4, 1));
    SAY(lseek(fd, -2, SEEK_END) - far);
    SAY(lseek(fd, 7, 99));
    SAY(ftruncate(fd, far + 4096));
    SAY(posix_fadvise(fd, far, far, POSIX_FADV_DONTNEED));
    SAY(posix_fallocate(fd, far, 10));
    out = open("out", O_RDWR | O_CREAT | O_TRUNC, 0600);
    SAY(sendfile(out, fd, &at, 3));
    SAY(at - far);
    SAY(lseek(out, 0, SEEK_CUR));
    struct flock l = {.l_type = F_WRLCK, .l_start = far, .l_len = far};
    SAY(fcntl(out, F_SETLK, &l));
    SAY(fcntl(out, F_GETLK, &l));
    SAY(l.l_type == F_UNLCK);
    SAY(truncate("offsets", 3));
    SAY(stat("offsets", &s));
    SAY(s.st_size);
    SAY(s.st_mode);
    struct timespec t[2] = {{1500000000, 1}, {1600000000, 999999999}};
    SAY(utimensat(AT_FDCWD, "out", t, 0));
    stat("out", &s);
    SAY(s.st_atim.tv_sec);
    SAY(s.st_mtim.tv_nsec);
    struct statvfs vfs;
    SAY(statvfs(".", &vfs));
    SAY(vfs.f_namemax);
    close(fd);
    close(out);
}

static int got, value;
static void note(int sig, siginfo_t *info, void *context)
{
    (void)context;
    got = sig;
    value = info->si_value.sival_int;
}

static void signals(void)
{
    struct sigaction a = {.sa_sigaction = note, .sa_flags = SA_SIGINFO};
    union sigval v = {.sival_int = 17};
    struct timespec t = {0, 1000000};
    sigset_t set, old;
    siginfo_t info;

    sigemptyset(&set);
    for (int sig = SIGRTMIN; sig <= SIGRTMAX; sig += SIGRTMAX - SIGRTMIN) {
        sigaddset(&set, sig);
        sigaction(sig, &a, NULL);
        SAY(sigqueue(getpid(), sig, v));
        SAY(got == sig);
        SAY(value);
    }
    SAY(sigprocmask(SIG_BLOCK, &set, NULL));
    got = 0;
    raise(SIGRTMAX);
    SAY(got);
    SAY(sigpending(&old));
    SAY(sigismember(&old, SIGRTMAX) + 2 * sigismember(&old, SIGRTMIN));
    SAY(sigwaitinfo(&set, &info) == SIGRTMAX);
    SAY(sigtimedwait(&set, &info, &t));
    SAY(errno == EAGAIN);
    SAY(sigprocmask(SIG_SETMASK, NULL, &old));
    SAY(sigismember(&old, SIGRTMAX));
    SAY(sigaction(SIGRTMIN, NULL, &a));
    SAY(a.sa_sigaction == note && a.sa_flags & SA_SIGINFO);
}

static void waits(void)
{
    struct timespec t = {0, 2000000}, now;
    struct timeval v = {0, 2000};
    struct pollfd f = {-1, POLLIN, 0};
    struct itimerspec timer = {{0, 0}, {0, 3000000}};
    struct itimerval zero = {{0, 0}, {100, 0}}, left;
    struct epoll_event e = {.events = EPOLLOUT | EPOLLWRNORM}, ready[2];
    unsigned long long times = 0;
    int p[2];
    sem_t sem;
    fd_set r, w;

    SAY(pipe2(p, O_NONBLOCK | O_CLOEXEC));
    SAY((fcntl(p[0], F_GETFL) & O_NONBLOCK) != 0);
    SAY(read(p[0], &times, 8));
    SAY(errno == EAGAIN);
    FD_ZERO(&r);
    FD_ZERO(&w);
    FD_SET(p[0], &r);
    FD_SET(p[1], &w);
    SAY(select(p[1] + 1, &r, &w, NULL, &v));
    SAY(FD_ISSET(p[1], &w) + 2 * FD_ISSET(p[0], &r));
    SAY(pselect(p[0] + 1, &r, NULL, NULL, &t, NULL));
    SAY(ppoll(&f, 1, &t, NULL));
    int set = epoll_create1(0);
    e.data.u64 = 0x1122334455667788;
    SAY(epoll_ctl(set, EPOLL_CTL_ADD, p[1], &e));
    SAY(epoll_wait(set, ready, 2, 100));
    SAY(ready[0].events == (EPOLLOUT | EPOLLWRNORM));
    SAY(ready[0].data.u64 == e.data.u64);
    sem_init(&sem, 0, 0);
    clock_gettime(CLOCK_REALTIME, &now);
    SAY(sem_timedwait(&sem, &now));
    SAY(errno == ETIMEDOUT);
    SAY(clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL));
    SAY(clock_getres(CLOCK_REALTIME, &now));
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    SAY(timerfd_settime(fd, 0, &timer, NULL));
    SAY(read(fd, &times, sizeof times));
    SAY(times);
    SAY(setitimer(ITIMER_REAL, &zero, NULL));
    SAY(getitimer(ITIMER_REAL, &left));
    SAY(left.it_value.tv_sec >= 98 && left.it_value.tv_sec <= 100);
}

static void sockets(void)
{
    static const int types[] = {SOCK_STREAM, SOCK_DGRAM};
    struct timeval t = {3, 500000};
    char c[4];

    for (int i = 0; i < 2; i++) {
        int s[2], v = 0, on = 1;
        socklen_t n = sizeof v, m = sizeof t;
        SAY(socketpair(AF_UNIX, types[i] | SOCK_NONBLOCK, 0, s));
        SAY(getsockopt(s[0], SOL_SOCKET, SO_TYPE, &v, &n));
        SAY(v == types[i]);
        SAY(setsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &t, sizeof t));
        t.tv_sec = 0;
        SAY(getsockopt(s[0], SOL_SOCKET, SO_RCVTIMEO, &t, &m));
        SAY(t.tv_sec * 10 + t.tv_usec / 100000);
        SAY(setsockopt(s[0], SOL_SOCKET, SO_KEEPALIVE, &on, sizeof on));
        v = 0;
        SAY(getsockopt(s[0], SOL_SOCKET, SO_KEEPALIVE, &v, &n) + v);
        v = 0;
        SAY(getsockopt(s[0], SOL_SOCKET, SO_BROADCAST, &v, &n) + v);
        SAY(send(s[0], "ab", 2, 0) + send(s[0], "cd", 2, 0));
        SAY(ioctl(s[1], FIONREAD, &v));
        SAY(recv(s[1], c, 4, 0)); /* a stream has all four */
        SAY(recv(s[0], c, 4, 0));
        SAY(errno == EAGAIN);
    }
}

static void numbers(void)
{
    struct rlimit l;

    SAY(getrlimit(RLIMIT_STACK, &l));
    l.rlim_cur = 100;
    SAY(getrlimit(RLIMIT_NOFILE, &l));
    l.rlim_cur = 20;
    SAY(setrlimit(RLIMIT_NOFILE, &l));
    SAY(dup2(0, 20));
    SAY(errno == EBADF);
    SAY(open("none", O_DIRECTORY | O_RDONLY));
    SAY(errno == ENOENT);
    SAY(open("offsets", O_DIRECTORY | O_RDONLY));
    SAY(errno == ENOTDIR);
    SAY(open("offsets", O_CREAT | O_EXCL, 0600));
    SAY(errno == EEXIST);
    mkdir("full", 0700);
    mkdir("full/one", 0700);
    SAY(rmdir("full"));
    SAY(errno == ENOTEMPTY);
    SAY(symlink("loop", "loop"));
    SAY(open("loop", O_RDONLY));
    SAY(errno == ELOOP);
    char *p = mmap(NULL, 8192, PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    p[5000] = 1;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED;
    SAY(mmap(p, 4096, PROT_READ | PROT_WRITE, flags, -1, 0) == p);
    SAY(p[5000]);
}

int main(void)
{
    offsets();
    signals();
    waits();
    sockets();
    numbers();
    return 0;
}
