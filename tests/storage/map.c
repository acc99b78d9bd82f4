/*
 * map.c: shared mappings of files that can be written: what the program stores
 * is in the file when it reads it, after msync, munmap, and after the end; what
 * it writes is in the mapping at once; a file that gets shorter and longer; the
 * middle of a mapping goes; a child shares it. It prints the same on Linux, in
 * memory, on a disk and in a shared folder, and so does who reads the file
 * after it (-).
 *
 * RUN: sh %S/Inputs/map.sh %s %t %clang
 * RUN: FileCheck %s < %t/native.out
 * CHECK: stored: HELLO
 * CHECK: written: 4 abcd
 * CHECK: the end: END!
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAGE = 4096,
    PAGES = 5
};

static char buffer[PAGES * PAGE + 1];

static char *map(int fd, int prot, long at, long size)
{
    char *p = mmap(NULL, size, prot, MAP_SHARED, fd, at);
    if (p == MAP_FAILED) {
        printf("mmap: error %d\n", errno);
        exit(1);
    }
    return p;
}

static void say(const char *what, int fd, long at, size_t n)
{
    memset(buffer, 0, sizeof buffer);
    printf("%s: %ld ", what, (long)pread(fd, buffer, n, at));
    for (size_t i = 0; i < n; i++)
        putchar(buffer[i] ? buffer[i] : '.');
    struct stat st;
    fstat(fd, &st);
    printf(" of %ld\n", (long)st.st_size);
}

static void store_and_write(int fd)
{
    char *p = map(fd, PROT_READ | PROT_WRITE, 0, PAGES * PAGE);
    memcpy(p + 10, "HELLO", 5);
    pread(fd, buffer, 5, 10);
    printf("stored: %.5s\n", buffer);
    pwrite(fd, "abcd", 4, 2 * PAGE - 2);
    printf("written: 4 %.4s\n", p + 2 * PAGE - 2);
    memcpy(p + 3 * PAGE - 6, "behind", 6); /* the end of the file */
    say("not longer", fd, 3 * PAGE - 104, 8);
    printf("msync: %d\n", msync(p, PAGES * PAGE, MS_SYNC));
    ftruncate(fd, 5);
    ftruncate(fd, 3 * PAGE);
    say("shorter", fd, 0, 20);
    printf("zeros: %d %d\n", p[10], p[2 * PAGE]);
    p[PAGE] = 'x';
    p[2 * PAGE] = 'y';
    printf("munmap: %d\n", munmap(p + PAGE, PAGE));
    p[0] = 'z';
    say("middle", fd, PAGE, 4);
    say("rest", fd, 2 * PAGE, 4);
    printf("munmap: %d %d\n", munmap(p, PAGE), munmap(p + 2 * PAGE, 3 * PAGE));
    say("all", fd, 0, 8);
}

static void twice(int fd)
{
    char *p = map(fd, PROT_READ | PROT_WRITE, 0, 2 * PAGE);
    char *q = map(fd, PROT_READ | PROT_WRITE, PAGE, PAGE);
    strcpy(q, "twice");
    printf("two mappings: %s\n", p + PAGE);
    munmap(q, PAGE);
    strcpy(p + PAGE + 5, "!");
    say("one left", fd, PAGE, 7);
    munmap(p, 2 * PAGE);
}

static void child(int fd)
{
    char *p = map(fd, PROT_READ | PROT_WRITE, PAGE, PAGE);
    int status = -1;
    strcpy(p, "parent");
    if (!fork()) {
        strcpy(p + 6, "&child");
        _exit(0);
    }
    wait(&status);
    printf("child: %d %s\n", status, p);
    munmap(p, PAGE);
    say("child", fd, PAGE, 14);
}

int main(int argc, char **argv)
{
    const char *name = "/mapped";
    if (argc > 2)
        name = argv[2];
    int fd = open(
        name, argv[1][0] == 'r' ? O_RDONLY : O_RDWR | O_CREAT | O_TRUNC, 0644);
    if (fd < 0)
        printf("open: error %d\n", errno);
    if (argv[1][0] == 'r') {
        say("the end", fd, 2 * PAGE + 100, 4);
        return 0;
    }
    ftruncate(fd, 3 * PAGE - 100);
    store_and_write(fd);
    twice(fd);
    child(fd);
    char *q = map(fd, PROT_READ, 0, 3 * PAGE);
    pwrite(fd, "again", 5, PAGE);
    printf("read only: %.5s\n", q + PAGE);
    munmap(q, 3 * PAGE);
    int ro = open(name, O_RDONLY);
    printf("refused: %d %d\n",
           mmap(NULL, PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, ro, 0) ==
               MAP_FAILED,
           errno);
    q = map(ro, PROT_READ, 0, PAGE);
    printf("refused: %d %d\n", mprotect(q, PAGE, PROT_READ | PROT_WRITE),
           errno);
    munmap(q, PAGE);
    close(ro);
    char *p = map(fd, PROT_READ | PROT_WRITE, 2 * PAGE, PAGE);
    close(fd);
    memcpy(p + 100, "END!", 4);
    printf("the end: END!\n");
    return 0;
}
