/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * batch_run.c: runs the jobs that are due: some at a time here, or all by an
 * engine that knows other machines: an array job of Slurm, GNU Parallel over
 * ssh. Those run `unicore-batch --nth N` for line N of OUT/list, and see the
 * same files as this machine.
 */
#define _GNU_SOURCE
#include "batch.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t interrupted;

static void interrupt(int signal)
{
    interrupted = signal;
}

struct worker {
    pid_t pid;
    struct batch_job *job;
};

/* ---- here ---- */

static struct worker start(const struct batch_options *o, struct batch_job *j)
{
    struct worker w = {.job = j};
    pid_t parent = getpid();

    fflush(NULL);
    w.pid = fork();
    if (w.pid < 0)
        die_ours("fork: %s", strerror(errno));
    if (w.pid)
        return w;
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    if (getppid() != parent)
        _exit(1);
    _exit(batch_work(o, j, j->last.key) ? 0 : 1);
}

static void show(struct worker *workers)
{
    struct batch_job **running = NULL;

    for (size_t i = 0; i < arrlenu(workers); i++)
        arrput(running, workers[i].job);
    batch_show_running(running, arrlenu(running));
    arrfree(running);
}

static void ended(const struct batch_options *o, struct batch_job *j)
{
    batch_read(j);
    batch_show_end(o, j);
}

static void run_here(const struct batch_options *o, struct batch_job **due)
{
    struct worker *workers = NULL;
    size_t next = 0;

    while (arrlenu(workers) || (next < arrlenu(due) && !interrupted)) {
        if (next < arrlenu(due) && !interrupted &&
            arrlenu(workers) < (size_t)o->jobs) {
            struct worker w = start(o, due[next++]);
            arrput(workers, w);
            continue;
        }
        show(workers);
        pid_t pid = wait(NULL);
        for (size_t i = 0; pid < 0 && i < arrlenu(workers); i++)
            kill(workers[i].pid, SIGTERM); /* interrupted */
        for (size_t i = 0; i < arrlenu(workers); i++)
            if (workers[i].pid == pid) {
                if (!interrupted)
                    ended(o, workers[i].job);
                arrdelswap(workers, i);
                break;
            }
    }
    arrfree(workers);
}

/* ---- elsewhere ---- */

static void write_list(const struct batch_options *o, struct batch_job **due)
{
    char *path = path_join(o->out, "list"), *jobs = path_join(o->out, "jobs");
    struct buf b = {0};

    for (size_t i = 0; i < arrlenu(due); i++)
        buf_printf(&b, "%s %s\n", due[i]->app, due[i]->target->name);
    make_dirs(jobs); /* for the logs of the engine */
    free(jobs);
    file_write(path, b.p, b.n);
    buf_free(&b);
    free(path);
}

/* `unicore-batch --nth ` with the same limits, for a shell. */
static char *one_command(const struct batch_options *o)
{
    return format("exec '%s/unicore-batch' -o '%s' --time %d --memory %d --nth",
                  bin_dir(), o->out, o->seconds, o->megabytes);
}

static const char **engine(const struct batch_options *o, size_t n)
{
    const char **argv = NULL;
    char *one = one_command(o);

    if (o->ssh) {
        arrput(argv, "parallel");
        arrput(argv, "--will-cite");
        arrput(argv, format("-j%d", o->jobs));
        arrput(argv, "--sshlogin");
        arrput(argv, o->ssh);
        arrput(argv, "-a");
        arrput(argv, path_join(o->out, "list"));
        arrput(argv, format("%s {#}", one));
    } else {
        char *words = xstrdup(o->slurm), *save = NULL;
        arrput(argv, "sbatch");
        arrput(argv, "--wait");
        arrput(argv, format("--array=1-%zu", n));
        arrput(argv, format("--time=%d", o->seconds / 60 + 2));
        arrput(argv, format("--output=%s/jobs/slurm-%%a.log", o->out));
        for (char *p = strtok_r(words, " ", &save); p;
             p = strtok_r(NULL, " ", &save))
            arrput(argv, p);
        arrput(argv, "--wrap");
        arrput(argv, format("%s $SLURM_ARRAY_TASK_ID", one));
    }
    arrput(argv, NULL);
    return argv;
}

/* Shows those of the jobs that have ended since; how many have not. */
static size_t look(const struct batch_options *o, struct batch_job **due,
                   bool *seen)
{
    size_t left = 0;

    for (size_t i = 0; i < arrlenu(due); i++) {
        char *path = path_join(due[i]->dir, "result.json");
        if (!seen[i] && file_exists(path)) {
            seen[i] = true;
            ended(o, due[i]);
        }
        left += !seen[i];
        free(path);
    }
    return left;
}

/* Slurm's own job goes with it; Parallel ends what it started. */
static void run_elsewhere(const struct batch_options *o, struct batch_job **due)
{
    const char **argv = engine(o, arrlenu(due));
    bool *seen = xcalloc(arrlenu(due) + 1, sizeof *seen);
    int status;

    write_list(o, due);
    for (size_t i = 0; i < arrlenu(due); i++) {
        char *path = path_join(due[i]->dir, "result.json");
        unlink(path);
        free(path);
    }
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        dup2(2, 1);
        execvp(argv[0], (char **)(uintptr_t)argv);
        dprintf(2, "%s: error: %s: %s\n", prog, argv[0], strerror(errno));
        _exit(127);
    }
    if (pid < 0)
        die_ours("fork: %s", strerror(errno));
    while (!interrupted && waitpid(pid, &status, WNOHANG) == 0) {
        struct timespec second = {1, 0};
        look(o, due, seen);
        batch_show_running(NULL, 0);
        nanosleep(&second, NULL);
    }
    if (interrupted) {
        kill(pid, SIGTERM);
        waitpid(pid, &status, 0);
    } else if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        die("%s is not there: install %s", argv[0],
            o->ssh ? "parallel" : "slurm-client");
    } else if (look(o, due, seen)) {
        error("%s ended without all results: see %s/jobs", argv[0], o->out);
    }
    free(seen);
    arrfree(argv);
}

bool batch_run(const struct batch_options *o, struct batch_job **due)
{
    struct sigaction act = {.sa_handler = interrupt};

    sigaction(SIGINT, &act, NULL);
    sigaction(SIGTERM, &act, NULL);
    batch_show_start(o, due);
    if (o->ssh || o->slurm)
        run_elsewhere(o, due);
    else
        run_here(o, due);
    progress_end();
    return !interrupted;
}
