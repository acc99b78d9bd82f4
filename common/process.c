/* SPDX-License-Identifier: BSD-2-Clause */
/* process.c: running commands with their output kept or passed on. */
#define _GNU_SOURCE
#include "common.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void redirect(const char *path, int flags, int to)
{
    int fd = open(path, flags | O_CLOEXEC, 0666);

    if (fd < 0 || dup2(fd, to) < 0)
        _exit(126);
}

_Noreturn static void child(const char *const *argv, const struct run *how,
                            int pipe_out)
{
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (how->timeout_seconds)
        setpgid(0, 0);
    redirect(how->in ? how->in : "/dev/null", O_RDONLY, 0);
    if (how->out)
        redirect(how->out, O_WRONLY | O_CREAT | O_APPEND, 2);
    if (pipe_out >= 0)
        dup2(pipe_out, 1);
    else if (how->out)
        dup2(2, 1);
    if (how->cwd && chdir(how->cwd) != 0)
        _exit(126);
    for (const char **e = how->env; e && *e; e++)
        putenv((char *)(uintptr_t)*e);
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    _exit(127);
}

static int64_t now_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int status_of(int raw)
{
    return WIFEXITED(raw) ? WEXITSTATUS(raw) : 128 + WTERMSIG(raw);
}

/* Waits for pid; kills its whole group when the deadline passes. */
static int wait_for(pid_t pid, int64_t deadline)
{
    int raw;

    while (deadline && waitpid(pid, &raw, WNOHANG) == 0) {
        if (now_ms() >= deadline) {
            kill(-pid, SIGKILL);
            waitpid(pid, &raw, 0);
            return 124;
        }
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    }
    if (!deadline)
        while (waitpid(pid, &raw, 0) < 0 && errno == EINTR)
            ;
    return status_of(raw);
}

static void drain(int fd, struct buf *out, int64_t deadline)
{
    char chunk[65536];

    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int left = deadline ? (int)(deadline - now_ms()) : -1;

        if (deadline && left <= 0)
            return;
        if (poll(&p, 1, left) <= 0)
            continue;
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n <= 0)
            return;
        buf_add(out, chunk, (size_t)n);
    }
}

static int start(const char *const *argv, const struct run *how,
                 struct buf *out)
{
    static const struct run plain;
    int64_t deadline = 0;
    int fds[2] = {-1, -1};

    if (!how)
        how = &plain;
    if (how->timeout_seconds)
        deadline = now_ms() + (int64_t)how->timeout_seconds * 1000;
    if (out && pipe2(fds, O_CLOEXEC) != 0)
        die_ours("pipe: %s", strerror(errno));
    fflush(stdout);
    fflush(stderr);
    pid_t pid = fork();
    if (pid < 0)
        die_ours("fork: %s", strerror(errno));
    if (pid == 0)
        child(argv, how, fds[1]);
    if (how->timeout_seconds)
        setpgid(pid, pid);
    if (out) {
        close(fds[1]);
        drain(fds[0], out, deadline);
        close(fds[0]);
    }
    return wait_for(pid, deadline);
}

int run(const char *const *argv, const struct run *how)
{
    return start(argv, how, NULL);
}

int run_capture(const char *const *argv, const struct run *how, struct buf *out)
{
    buf_add(out, "", 0);
    return start(argv, how, out);
}

double children_cpu_seconds(void)
{
    struct rusage u;

    getrusage(RUSAGE_CHILDREN, &u);
    return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
           (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6;
}
