/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_stream.c: the console's bytes. Output is watched for a marker and for
 * a fault's line; input is escaped: DLE takes the next byte as it is, EOT is
 * the end, SYN is nothing (it is sent first, twice: see platforms/kvm
 * console.h).
 */
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
    EOT = 4,
    DLE = 16,
    SYN = 22,
    LINE_MAX_BYTES = 4096
};

static void end_line(struct watch *w)
{
    struct fault f;

    if (w->line.n && fault_parse(w->line.p, &f)) {
        free(w->fault_line);
        w->fault_line = xstrdup(w->line.p);
    }
    w->line.n = 0;
}

static void find_marker(struct watch *w, const char *p, size_t n)
{
    size_t keep = w->marker ? strlen(w->marker) : 0;

    if (!keep) {
        w->marker_seen = n > 0;
        return;
    }
    buf_add(&w->recent, p, n);
    for (size_t i = 0; i + keep <= w->recent.n && !w->marker_seen; i++)
        w->marker_seen = !memcmp(w->recent.p + i, w->marker, keep);
    if (w->recent.n > keep) {
        memmove(w->recent.p, w->recent.p + w->recent.n - keep, keep);
        w->recent.n = keep;
    }
}

void watch_add(struct watch *w, const char *p, size_t n)
{
    if (!w->marker_seen)
        find_marker(w, p, n);
    for (size_t i = 0; i < n; i++) {
        if (p[i] == '\n')
            end_line(w);
        else if (w->line.n < LINE_MAX_BYTES && p[i])
            buf_add(&w->line, p + i, 1);
    }
}

bool outputs_are_one(void)
{
    struct stat out, err;

    return fstat(1, &out) == 0 && fstat(2, &err) == 0 &&
           out.st_dev == err.st_dev && out.st_ino == err.st_ino;
}

bool collect(int fd, struct buf *b)
{
    char chunk[PIPE_BUF];
    ssize_t n = read(fd, chunk, sizeof chunk);

    if (n > 0)
        buf_add(b, chunk, (size_t)n);
    return n > 0 || (n < 0 && errno == EINTR);
}

bool outlet_holds(const struct outlet *o)
{
    return o->to >= 0 && o->passed < o->held.n;
}

void outlet_take(struct outlet *o)
{
    o->held.n = o->passed = 0;
    if (!collect(o->from, &o->held))
        o->from = -1;
}

/*
 * Terminals and pipes may take less than they are given, and whoever shares
 * them wants them as they are: they are opened again.
 */
static int without_blocking(int fd)
{
    char *path = format("/proc/self/fd/%d", fd);
    struct stat st;
    int own = -1;

    if (fstat(fd, &st) == 0 && (S_ISCHR(st.st_mode) || S_ISFIFO(st.st_mode)))
        own = open(path, O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    free(path);
    return own < 0 ? fd : own;
}

struct outlet outlet_open(int from, int to)
{
    return (struct outlet){.from = from, .to = without_blocking(to)};
}

bool outlet_pass(struct outlet *o)
{
    size_t left = o->held.n - o->passed;
    ssize_t n =
        write(o->to, o->held.p + o->passed, left < PIPE_BUF ? left : PIPE_BUF);

    if (n > 0)
        o->passed += (size_t)n;
    if (n >= 0 || errno == EINTR || errno == EAGAIN)
        return true;
    o->to = -1;
    return false;
}

bool write_all(int fd, const char *p, size_t n)
{
    while (n) {
        ssize_t done = write(fd, p, n);
        if (done < 0 && errno == EAGAIN)
            poll(&(struct pollfd){.fd = fd, .events = POLLOUT}, 1, -1);
        else if (done < 0 && errno != EINTR)
            return false;
        if (done > 0) {
            p += done;
            n -= (size_t)done;
        }
    }
    return true;
}

void encode_start(struct buf *out)
{
    buf_add(out, (const char[]){SYN, SYN}, 2);
}

void encode_end(struct buf *out)
{
    buf_add(out, &(char){EOT}, 1);
}

void encode_input(struct buf *out, const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (p[i] == EOT || p[i] == DLE || p[i] == SYN)
            buf_add(out, &(char){DLE}, 1);
        buf_add(out, p + i, 1);
    }
}

int64_t run_clock_ms(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}
