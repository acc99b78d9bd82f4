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
    size_t job;
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
    struct running r = {.job = i,
                        .messages = memfd_create("messages", MFD_CLOEXEC)};

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

/* True the first time. */
static bool is_news(char ***said, const char *text, size_t n)
{
    for (size_t i = 0; i < arrlenu(*said); i++)
        if (!strncmp((*said)[i], text, n) && !(*said)[i][n])
            return false;
    arrput(*said, xstrndup(text, n));
    return true;
}

/* The first line of a message, and those that belong to it. */
static size_t message_length(const char *text)
{
    const char *end = text;

    do {
        end += strcspn(end, "\n");
        end += *end != 0;
    } while (has_prefix(end, ">>> ") || has_prefix(end, "note: "));
    return (size_t)(end - text);
}

/* Passes on what a job said, but for messages that another has said, too. */
static void tell(const struct running *r, char ***said)
{
    char *path = format("/proc/self/fd/%d", r->messages);
    char *text = file_read(path, NULL);

    progress("%s", "");
    progress_end();
    free(path);
    close(r->messages);
    for (const char *p = text; p && *p;) {
        size_t n = message_length(p), line = strcspn(p, "\n");
        bool message = memmem(p, line, ": error: ", 9) ||
                       memmem(p, line, ": warning: ", 11);
        if (!message || is_news(said, p, n))
            fwrite(p, 1, n, stderr);
        p += n;
    }
    free(text);
}

static enum jobs_end end_of(int status, const char *name)
{
    if (WIFSIGNALED(status))
        error("%s: it ended by signal %d", name ? name : "a job",
              WTERMSIG(status));
    if (!WIFEXITED(status) || WEXITSTATUS(status) > JOBS_FAILED)
        return JOBS_OURS;
    return WEXITSTATUS(status) ? JOBS_FAILED : JOBS_DONE;
}

enum jobs_end jobs_run(int at_once, size_t n,
                       bool (*work)(const void *, size_t),
                       const char *(*name)(const void *, size_t),
                       const void *data)
{
    struct jobs jobs = {work, data};
    struct running *running = NULL;
    enum jobs_end all = JOBS_DONE;
    char **said = NULL;
    size_t next = 0;
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
        for (size_t i = 0; i < arrlenu(running); i++)
            if (running[i].pid == pid) {
                size_t job = running[i].job;
                tell(&running[i], &said);
                arrdel(running, i);
                enum jobs_end end =
                    end_of(status, name ? name(data, job) : NULL);
                if (end > all)
                    all = end;
                break;
            }
    }
    return all;
}

int jobs_option(const char *s)
{
    char *end;
    long n = strtol(s, &end, 10);

    if (*end || n < 1 || n > 1024)
        die("-j: `%s' found, expected a number from 1 to 1024", s);
    return (int)n;
}
