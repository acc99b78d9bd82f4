/*
 * fifo.c: FIFOs in the file system, between threads: an end waits for the
 * other, not so with O_NONBLOCK; the end of what is written, SIGPIPE, poll,
 * and a FIFO whose name is gone. It prints the same on Linux, with files in
 * memory and on a disk.
 *
 * RUN: sh %S/Inputs/fifo.sh %s %t %clang
 * RUN: FileCheck %s < %t/native.out
 * CHECK: read: 5 hello
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *name = "fifo";

static long error(long r)
{
    return r < 0 ? -errno : r;
}

static void *writer(void *arg)
{
    int fd = open(name, O_WRONLY);
    write(fd, arg, strlen(arg));
    close(fd);
    return NULL;
}

static void *reader(void *arg)
{
    int fd = open(name, O_RDONLY);
    *(long *)arg = fd;
    return NULL;
}

static int ask(int fd)
{
    struct pollfd p = {.fd = fd, .events = POLLIN | POLLOUT};
    poll(&p, 1, 0);
    return p.revents;
}

static void both_wait(void)
{
    pthread_t t;
    char b[20] = "";
    long n, fd;
    pthread_create(&t, NULL, writer, "hello");
    int in = open(name, O_RDONLY);
    pthread_join(t, NULL);
    printf("poll: %x\n", ask(in));
    n = read(in, b, sizeof b);
    printf("read: %ld %s\n", n, b);
    printf("end: %ld %x\n", error(read(in, b, sizeof b)), ask(in));
    close(in);
    pthread_create(&t, NULL, reader, &fd);
    int out = open(name, O_WRONLY);
    pthread_join(t, NULL);
    printf("two ends: %d\n", fd >= 0 && out >= 0 && fd != out);
    write(out, "x", 1);
    close(out);
    printf("left: %ld\n", error(read((int)fd, b, 9)));
    close((int)fd);
}

static void one_end(void)
{
    char b[20];
    printf("no reader: %ld\n", error(open(name, O_WRONLY | O_NONBLOCK)));
    int in = open(name, O_RDONLY | O_NONBLOCK);
    printf("no writer yet: %x %ld\n", ask(in), error(read(in, b, 1)));
    int out = open(name, O_WRONLY | O_NONBLOCK);
    printf("writer: %x %ld\n", ask(in), error(read(in, b, 1)));
    printf("seek: %ld\n", error(lseek(in, 0, SEEK_SET)));
    close(out);
    printf("writer gone: %x\n", ask(in));
    out = open(name, O_WRONLY);
    close(in);
    signal(SIGPIPE, SIG_IGN);
    printf("reader gone: %ld %x\n", error(write(out, "x", 1)),
           ask(out) & POLLERR);
    close(out);
    int fd = open(name, O_RDWR);
    printf("both: %ld %ld %x\n", error(write(fd, "abc", 3)),
           error(read(fd, b, 2)), ask(fd));
    struct stat st;
    fstat(fd, &st);
    printf("stat: %o %ld\n", st.st_mode, (long)st.st_nlink);
    unlink(name);
    fstat(fd, &st);
    printf("no name: %ld %ld\n", (long)st.st_nlink, error(read(fd, b, 9)));
    close(fd);
}

int main(int argc, char **argv)
{
    if (argc > 1)
        name = argv[1];
    printf("mkfifo: %ld\n", error(mkfifo(name, 0640)));
    printf("again: %ld\n", error(mkfifo(name, 0640)));
    both_wait();
    one_end();
    mkfifo(name, 0600);
    return 0;
}
