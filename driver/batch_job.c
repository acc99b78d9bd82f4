/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch_job.c: one job: corpus/run, under limits of time and memory.
 *
 * This process is the parent of all that the job leaves behind (a subreaper),
 * and gets SIGTERM when its own parent dies: so whatever ends, nothing of the
 * job goes on. Memory is what all its processes have resident, looked at a few
 * times a second.
 */
#define _GNU_SOURCE
#include "batch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    LOOK_NS = 100000000,
    PATIENCE = 20 /* looks between asking to end and ending */
};

static volatile sig_atomic_t stopped;

static void stop(int signal)
{
    (void)signal;
    stopped = 1;
}

/* ---- processes ---- */

static void add_children(pid_t parent, pid_t **all)
{
    char *dir = format("/proc/%d/task", (int)parent);
    char **threads = is_dir(dir) ? dir_list(dir) : NULL;

    for (size_t i = 0; i < arrlenu(threads); i++) {
        char *path = format("%s/%s/children", dir, threads[i]);
        char *text = stream_read(path, NULL), *at = text, *end;
        for (long pid; at && (pid = strtol(at, &end, 10)) > 0; at = end) {
            arrput(*all, (pid_t)pid);
            add_children((pid_t)pid, all);
        }
        free(text);
        free(path);
        free(threads[i]);
    }
    arrfree(threads);
    free(dir);
}

static pid_t *descendants(void)
{
    pid_t *all = NULL;

    add_children(getpid(), &all);
    return all;
}

static long resident_kib(void)
{
    pid_t *all = descendants();
    long pages = 0;

    for (size_t i = 0; i < arrlenu(all); i++) {
        char *path = format("/proc/%d/statm", (int)all[i]);
        char *text = stream_read(path, NULL);
        long size = 0, here = 0, shared = 0;
        if (text && sscanf(text, "%ld %ld %ld", &size, &here, &shared) == 3)
            pages += here - shared;
        free(text);
        free(path);
    }
    arrfree(all);
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

static void look_away(void)
{
    struct timespec t = {0, LOOK_NS};

    nanosleep(&t, NULL);
}

/* Ends all that is left, first politely. */
static void end_all(void)
{
    for (int i = 0;; i++) {
        pid_t *all = descendants();
        for (size_t k = 0; k < arrlenu(all) && (i == 0 || i >= PATIENCE); k++)
            kill(all[k], i ? SIGKILL : SIGTERM);
        bool none = !arrlenu(all);
        arrfree(all);
        while (waitpid(-1, NULL, WNOHANG) > 0)
            ;
        if (none)
            return;
        look_away();
    }
}

/* ---- the job ---- */

_Noreturn static void child(const struct batch_options *o,
                            const struct batch_job *j)
{
    char *run = format("%s/corpus/run", source_root());
    char *images = path_join(o->out, "images");
    char *log = path_join(j->dir, "log"), *tmp = path_join(j->dir, "tmp");
    const char *argv[] = {run, j->app, j->target->name, images, "-j",
                          "1", NULL};
    int in = open("/dev/null", O_RDONLY);
    int out = open(log, O_WRONLY | O_CREAT | O_TRUNC, 0666);

    if (in < 0 || out < 0 || dup2(in, 0) < 0 || dup2(out, 1) < 0 ||
        dup2(out, 2) < 0)
        _exit(126);
    setsid();
    signal(SIGINT, SIG_DFL);
    signal(SIGTERM, SIG_DFL);
    setenv("TMPDIR", tmp, 1);
    setenv("UNICORE_BUILD", path_dir(bin_dir()), 1);
    execv(run, (char **)(uintptr_t)argv);
    dprintf(2, "%s: %s\n", run, strerror(errno));
    _exit(127);
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Waits for pid within the limits; others that end are taken along. */
static void watch(const struct batch_options *o, pid_t pid,
                  struct batch_end *end)
{
    double start = now();
    bool done = false;

    while (!done && !stopped && !end->limit) {
        int status;
        pid_t found;
        while ((found = waitpid(-1, &status, WNOHANG)) > 0)
            if (found == pid) {
                done = true;
                end->status = WIFEXITED(status) ? WEXITSTATUS(status)
                                                : 128 + WTERMSIG(status);
            }
        if (done)
            break;
        long kib = resident_kib();
        if (kib > end->peak_kib)
            end->peak_kib = kib;
        if (kib / 1024 > o->megabytes)
            end->limit = "memory";
        else if (now() - start > o->seconds)
            end->limit = "time";
        else
            look_away();
    }
    end->seconds = now() - start;
}

bool batch_work(const struct batch_options *o, const struct batch_job *j,
                const char *key)
{
    struct sigaction act = {.sa_handler = stop};
    char *tmp = path_join(j->dir, "tmp"),
         *old = path_join(j->dir, "result.json");
    struct batch_end end = {0};
    pid_t pid;

    sigaction(SIGTERM, &act, NULL);
    sigaction(SIGINT, &act, NULL);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    remove_tree(tmp);
    make_dirs(tmp);
    unlink(old);
    fflush(NULL);
    pid = fork();
    if (pid < 0)
        die_ours("fork: %s", strerror(errno));
    if (pid == 0)
        child(o, j);
    watch(o, pid, &end);
    end_all();
    end.cpu_seconds = children_cpu_seconds();
    remove_tree(tmp);
    if (!stopped)
        batch_write(j, o, key, &end);
    free(tmp);
    free(old);
    return !stopped;
}
