/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * scan_run.c: a process for each file, as many at a time as there are jobs;
 * each writes its findings to a file in memory, which is read when it ends.
 */
#define _GNU_SOURCE
#include "scan.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    SECONDS_LIMIT = 60 /* CPU time of one file */
};

struct child {
    pid_t pid;
    int fd;
};

_Noreturn static void child(const struct scan_work *w, size_t i, int fd)
{
    struct rlimit limit = {SECONDS_LIMIT, SECONDS_LIMIT};
    struct rlimit no_core = {0, 0};
    FILE *out = fdopen(fd, "we");
    int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);

    if (quiet < 0 || dup2(quiet, 1) < 0 || dup2(quiet, 2) < 0)
        _exit(2);
    setrlimit(RLIMIT_CPU, &limit);
    setrlimit(RLIMIT_CORE, &no_core);
    if (!out || !w->parse(w->data, i, out))
        _exit(2);
    _exit(fclose(out) == 0 ? 0 : 2);
}

static struct child start(const struct scan_work *w, size_t i)
{
    struct child c = {.fd = memfd_create("scan", MFD_CLOEXEC)};

    fflush(NULL);
    c.pid = c.fd < 0 ? -1 : fork();
    if (c.pid < 0)
        die_ours("cannot start a process: %s", strerror(errno));
    if (c.pid == 0)
        child(w, i, c.fd);
    return c;
}

static void end(const struct scan_work *w, size_t i, struct child c, int status)
{
    char *path = format("/proc/self/fd/%d", c.fd);
    char *text = file_read(path, NULL), *why = NULL;

    if (status != 0)
        why = WIFSIGNALED(status)
                  ? format("the parser died of signal %d", WTERMSIG(status))
                  : xstrdup("the parser could not run");
    w->collect(w->data, i, text, why);
    close(c.fd);
    free(path);
}

void scan_each(const struct scan_work *w, size_t n, int jobs)
{
    struct child *children = xcalloc(n + 1, sizeof *children);
    size_t next = 0, running = 0;
    int status;

    while (next < n || running) {
        if (next < n && running < (size_t)jobs) {
            children[next] = start(w, next);
            next++;
            running++;
            continue;
        }
        pid_t pid = wait(&status);
        if (pid < 0)
            die_ours("wait failed");
        running--;
        for (size_t i = 0; i < next; i++)
            if (children[i].pid == pid)
                end(w, i, children[i], status);
    }
    free(children);
}

/* ---- findings ---- */

struct scan {
    const struct tree *tree;
    const struct options *options;
    struct finding *list;
};

static bool scan_one(void *data, size_t i, FILE *out)
{
    const struct scan *scan = data;
    const struct source_file *f = &scan->tree->files[i];
    struct scan_source source = {f->argv,
                                 path_join(scan->options->sysroot, "include"),
                                 scan_wanted, out};

    if (chdir(f->cwd) != 0)
        return false;
    source_scan(&source);
    return true;
}

static char *relative(const struct tree *t, const char *cwd, const char *name)
{
    static struct name_entry {
        char *key, *value;
    } *known;
    char *path = path_join(cwd, name), *real;
    size_t n = strlen(t->root);
    ptrdiff_t i = shgeti(known, path);

    if (i >= 0) {
        free(path);
        return known[i].value;
    }
    real = realpath(path, NULL);
    if (!real)
        real = xstrdup(path);
    if (has_prefix(real, t->root) && real[n] == '/')
        real += n + 1;
    shput(known, path, real);
    return real;
}

/* One line, cut at its tabs; false if it is not whole. */
static bool parse_line(struct finding *f, char *line, const struct tree *t,
                       const struct source_file *source)
{
    char *field[7];

    for (int i = 0; i < 7; i++)
        field[i] = line ? strsep(&line, "\t") : NULL;
    if (!field[4])
        return false;
    *f = (struct finding){.kind = (enum scan_kind)atoi(field[0]),
                          .line = atoi(field[2]),
                          .name = field[3],
                          .detail = field[4]};
    f->file = relative(t, source->cwd, *field[1] ? field[1] : source->path);
    if (field[5] && *field[5] && field[6]) {
        f->macro_file = relative(t, source->cwd, field[5]);
        f->macro_line = atoi(field[6]);
    }
    return true;
}

static void collect(void *data, size_t i, char *text, char *why)
{
    struct scan *scan = data;
    const struct source_file *source = &scan->tree->files[i];
    struct finding f;
    char *line;

    while (text && (line = strsep(&text, "\n")))
        if (parse_line(&f, line, scan->tree, source))
            arrput(scan->list, f);
    if (!why)
        return;
    f = (struct finding){.kind = SCAN_ERROR, .name = why, .detail = KEY("1")};
    f.file = relative(scan->tree, source->cwd, source->path);
    arrput(scan->list, f);
}

static int by_place(const void *a, const void *b)
{
    const struct finding *x = a, *y = b;
    int d = (int)x->kind - (int)y->kind;

    d = d ? d : strcmp(x->name, y->name);
    d = d ? d : strcmp(x->file, y->file);
    d = d ? d : x->line - y->line;
    return d ? d : strcmp(x->detail, y->detail);
}

static struct finding *sorted(struct finding *list)
{
    size_t n = 0;

    if (!list)
        return NULL;
    qsort(list, arrlenu(list), sizeof *list, by_place);
    for (size_t i = 0; i < arrlenu(list); i++)
        if (!n || by_place(&list[i], &list[n - 1]) != 0)
            list[n++] = list[i];
    arrsetlen(list, n);
    return list;
}

struct finding *run_all(const struct tree *t, const struct options *o)
{
    struct scan scan = {t, o, NULL};
    struct scan_work work = {scan_one, collect, &scan};

    scan_each(&work, arrlenu(t->files), o->jobs);
    scan.list = sorted(scan.list);
    text_add(t, scan.list);
    return scan.list;
}
