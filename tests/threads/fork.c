/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fork.c: a child changes nothing of its parent's, and its end is told, as on
 * Linux.
 *
 * RUN: sh %S/Inputs/fork.sh %t %s kvm-x86_64 kvm-aarch64 | FileCheck %s
 * CHECK: kvm-x86_64 16M: as on Linux
 * CHECK: kvm-x86_64 128M: as on Linux
 * CHECK: kvm-x86_64 threads: as on Linux
 * CHECK: kvm-aarch64 16M: as on Linux
 * CHECK: kvm-aarch64 128M: as on Linux
 * CHECK: kvm-aarch64 threads: as on Linux
 * CHECK: control: told
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static int global = 1, zero;
static volatile int ended;
static char *heap, *map, *shared;
static __thread int mine = 3;

/* Takes and gives blocks of many sizes back: 1 while each is as it was left. */
static int blocks(unsigned seed)
{
    static unsigned char *block[500];
    static size_t size[500];

    for (int i = 0; i < 20000; i++) {
        unsigned k = (seed = seed * 1103515245 + 12345) >> 16 & 0x7fff;
        unsigned char *b = block[k %= 500];
        if (b && (b[0] != k % 251 || b[size[k] - 1] != k % 251))
            return 0;
        free(b);
        block[k] = NULL;
        if (b)
            continue;
        size[k] = 1 + seed % 3000;
        block[k] = malloc(size[k]);
        memset(block[k], (int)(k % 251), size[k]);
    }
    return 1;
}

static void on_child(int sig)
{
    (void)sig;
    ended++;
}

static void child(int i, const int fd[2])
{
    char *p;
    int f;

    global = zero = mine = 9;
    strcpy(heap, "child");
    strcpy(map, "child");
    strcpy(shared, "child");
    free(heap);
    munmap(map, 65536);
    memset(malloc(3000000), 1, 3000000);
    blocks(100 + (unsigned)i);
    p = mmap(NULL, 1 << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
             -1, 0);
    memset(p, 2, 1 << 20);
    umask(077);
    signal(SIGCHLD, SIG_DFL);
    chdir("/tmp");
    dprintf(fd[1], "its number %s", getpid() != getppid() ? "differs" : "?");
    if (i == 0) {
        int status;
        pid_t inner = fork(); /* a child's child */
        if (!inner) {
            global = 77;
            _exit(getppid() == 1 ? 0 : 21);
        }
        waitpid(inner, &status, 0);
        dprintf(fd[1], " inner %d %d", WEXITSTATUS(status), global);
    }
    close(fd[0]);
    close(fd[1]);
    f = open("/tmp/made", O_CREAT | O_WRONLY | O_TRUNC, 0666);
    write(f, "by the child\n", 13);
    if (i == 2)
        raise(SIGTERM);
    exit(3 + i);
}

static void parent(int i, pid_t pid, const int fd[2])
{
    char text[100], cwd[100];
    int status, f;
    pid_t got = waitpid(i == 1 ? -1 : pid, &status, 0);
    ssize_t n = read(fd[0], text, sizeof text - 1);

    text[n > 0 ? n : 0] = 0;
    printf("waited %d, exit %d, signal %d; %s; ", got == pid,
           WIFEXITED(status) ? WEXITSTATUS(status) : -1,
           WIFSIGNALED(status) ? WTERMSIG(status) : 0, text);
    printf("%d %d %d %s %s %s %o %d %s\n", global, zero, mine, heap, map,
           shared, umask(022), ended, getcwd(cwd, sizeof cwd));
    f = open("/tmp/made", O_RDONLY);
    n = read(f, text, sizeof text);
    printf("file: %.*s", (int)(n > 0 ? n : 0), text);
    close(f);
    unlink("/tmp/made");
}

static void *thread(void *p)
{
    int *status = p;
    pid_t pid = fork();

    if (!pid)
        _exit(mine + 4);
    waitpid(pid, status, 0);
    return NULL;
}

int main(int argc, char **argv)
{
    int fd[2], status;

    (void)argv;
    signal(SIGCHLD, on_child);
    umask(022);
    heap = strcpy(malloc(100000), "parent");
    map = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS,
               -1, 0);
    shared = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    strcpy(map, "mapped");
    strcpy(shared, "shared");
    pipe(fd);
    blocks(10);
    for (int i = 0; i < 3; i++) {
        printf("before %d\n", i);
        fflush(stdout);
        pid_t pid = fork();
        if (!pid)
            child(i, fd);
        parent(i, pid, fd);
        printf("blocks %d\n", blocks((unsigned)i));
    }
    printf("%d\n", waitpid(-1, &status, 0) == -1 && errno == ECHILD);
#ifdef THREADS
    pthread_t t;
    pthread_create(&t, NULL, thread, &status);
    pthread_join(t, NULL);
    printf("of a thread: %d\n", WEXITSTATUS(status));
#else
    thread(&status);
    printf("of a function: %d\n", WEXITSTATUS(status));
#endif
    return argc > 1;
}
