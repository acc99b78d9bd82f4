/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * jobs.c: jobs, several at a time, each in a process.
 *
 * What a job has to say is kept until it ends: so two do not talk at once, and
 * what concerns the input, which all of them find, is said once. Progress goes
 * straight to the terminal.
 */
#define _GNU_SOURCE
#include "jobs.h"
#include "common.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

struct running {
    pid_t pid;
    int messages; /* file descriptor */
};

struct jobs {
    bool (*work)(const void *, size_t);
    const void *data;
};

_Noreturn static void child(const struct jobs *jobs, size_t i, int messages)
{
    progress_on(dup(2));
    if (dup2(messages, 2) < 0)
        _exit(2);
    bool ok = jobs->work(jobs->data, i);
    fflush(NULL);
    _exit(ok ? 0 : 1);
}

static struct running start(const struct jobs *jobs, size_t i)
{
    struct running r = {.messages = memfd_create("messages", MFD_CLOEXEC)};

    if (r.messages < 0)
        die_ours("memfd: %s", strerror(errno));
    fflush(NULL);
    r.pid = fork();
    if (r.pid < 0)
        die_ours("fork: %s", strerror(errno));
    if (r.pid == 0)
        child(jobs, i, r.messages);
    return r;
}

/* Passes on what a job said, unless another has said the same. */
static void tell(const struct running *r, char ***said)
{
    char *path = format("/proc/self/fd/%d", r->messages);
    char *text = file_read(path, NULL);

    progress("%s", "");
    progress_end();
    free(path);
    close(r->messages);
    for (size_t i = 0; text && i < arrlenu(*said); i++)
        if (!strcmp((*said)[i], text))
            return;
    if (text)
        fputs(text, stderr);
    arrput(*said, text);
}

bool jobs_run(int at_once, size_t n, bool (*work)(const void *, size_t),
              const void *data)
{
    struct jobs jobs = {work, data};
    struct running *running = NULL;
    char **said = NULL;
    size_t next = 0;
    bool ours = false, failed = false;
    int status;

    while (next < n || arrlenu(running)) {
        if (next < n && arrlenu(running) < (size_t)at_once) {
            struct running r = start(&jobs, next++);
            arrput(running, r);
            continue;
        }
        pid_t pid = wait(&status);
        if (pid < 0)
            die_ours("wait: %s", strerror(errno));
        failed |= status != 0;
        ours |= !WIFEXITED(status) || WEXITSTATUS(status) > 1;
        if (WIFSIGNALED(status))
            error("a job ended by signal %d", WTERMSIG(status));
        for (size_t i = 0; i < arrlenu(running); i++)
            if (running[i].pid == pid) {
                tell(&running[i], &said);
                arrdel(running, i);
                break;
            }
    }
    if (ours)
        exit(2);
    return !failed;
}

int jobs_option(const char *s)
{
    char *end;
    long n = strtol(s, &end, 10);

    if (*end || n < 1 || n > 1024)
        die("-j: `%s' found, expected a number from 1 to 1024", s);
    return (int)n;
}
