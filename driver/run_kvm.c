/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_kvm.c: runs an image under QEMU (run_command.c). Between us and QEMU are
 * pipes only: its standard input and output are the serial line, descriptor 3
 * gets the exit status from the debug console, since QEMU's own status has
 * seven bits. With --count, descriptor 4 is memory shared with the plugin
 * (run_count.c), and descriptor 5 a copy of the console that the plugin looks
 * at. Without, descriptor 6 is the third serial line, on which the image asks
 * for the time. Descriptor 7 is the image, 9 the second serial line, which has
 * the program's standard error.
 *
 * QEMU is in a process group of its own, so that a ^C reaches only us, and is
 * killed by the kernel if we die. It never sees the terminal.
 */
#define _GNU_SOURCE
#include "run.h"
#include "run_count.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    LAST_MS = 1000 /* for who reads to take something of what is left */
};

struct machine {
    pid_t pid;
    int in, status, err;      /* our ends of the pipes; in -1: closed */
    struct outlet out, error; /* error: if it has a pipe of its own */
    int time;    /* our end of the line on which the image asks for it, or -1 */
    int signals; /* signalfd */
    struct buf pending; /* input on its way, from `sent` on */
    size_t sent;
    bool input_ended;
    struct watch watch;
    struct buf messages, status_bytes;
    bool has_error;              /* it is to have one */
    struct count_shared *shared; /* NULL without --count */
    int count_fd, log_fd, image_fd;
    struct xen_end *xen; /* NULL: not a Xen host */
    bool stopped;        /* by us; the reason is `end_status` */
    int end_status;
    int64_t deadline; /* 0: none */
    bool last;        /* it is for what is left to pass on */
};

/* ---- starting it ---- */

/* Pipe with our end closed on exec; [0] is read, [1] written. */
static void make_pipe(int fd[2])
{
    if (pipe2(fd, O_CLOEXEC) != 0)
        fail("pipe: %s", strerror(errno));
}

static void share_count(struct machine *m)
{
    m->count_fd = memfd_create("count", MFD_CLOEXEC);
    m->log_fd = memfd_create("console", MFD_CLOEXEC);
    if (m->count_fd < 0 || m->log_fd < 0 ||
        ftruncate(m->count_fd, sizeof *m->shared) != 0)
        fail("memfd: %s", strerror(errno));
    m->shared = mmap(NULL, sizeof *m->shared, PROT_READ | PROT_WRITE,
                     MAP_SHARED, m->count_fd, 0);
    if (m->shared == MAP_FAILED)
        fail("mmap: %s", strerror(errno));
    m->shared->entry = m->shared->output = -1;
}

/* Moves the descriptors to 0, 1, 2, 3, ... in order; -1: not given. */
_Noreturn static void child(const char **argv, const int fds[CHILD_FDS],
                            pid_t parent, int end)
{
    int high[CHILD_FDS];
    sigset_t none;

    prctl(PR_SET_PDEATHSIG, end);
    if (getppid() != parent)
        _exit(127);
    setpgid(0, 0);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int i = 0; i < CHILD_FDS; i++)
        high[i] = fds[i] < 0 ? -1 : fcntl(fds[i], F_DUPFD, CHILD_FDS + 8);
    for (int i = 0; i < CHILD_FDS; i++)
        if (high[i] >= 0) {
            dup2(high[i], i);
            close(high[i]);
        }
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    dprintf(2, "cannot run %s: %s\n", argv[0], strerror(errno));
    _exit(127);
}

/* What starts a domain on this computer has to end it, too. */
static int end_signal(const struct machine *m)
{
    return m->xen && xen_here() ? SIGTERM : SIGKILL;
}

static int log_fd(const struct machine *m)
{
    if (m->xen)
        return m->xen->log_fd;
    return m->shared ? m->log_fd : -1;
}

static void start(struct machine *m, const char **argv)
{
    int in[2], out[2], err[2], status[2];
    int line[2] = {-1, -1}, second[2] = {-1, -1};
    pid_t parent = getpid();
    sigset_t set;

    make_pipe(in);
    make_pipe(out);
    make_pipe(err);
    make_pipe(status);
    if (m->has_error)
        make_pipe(second);
    if (!m->shared &&
        socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, line) != 0)
        fail("socketpair: %s", strerror(errno));
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigprocmask(SIG_BLOCK, &set, NULL);
    m->signals = signalfd(-1, &set, SFD_CLOEXEC);
    fflush(stdout);
    m->pid = fork();
    if (m->pid < 0)
        fail("fork: %s", strerror(errno));
    if (m->pid == 0)
        child(argv,
              (int[]){in[0], out[1], err[1], status[1],
                      m->shared ? m->count_fd : -1, log_fd(m), line[1],
                      m->image_fd, m->xen ? m->xen->job_fd : -1, second[1]},
              parent, end_signal(m));
    setpgid(m->pid, m->pid);
    close(in[0]);
    close(out[1]);
    close(err[1]);
    close(status[1]);
    if (line[1] >= 0)
        close(line[1]);
    if (second[1] >= 0)
        close(second[1]);
    m->in = in[1];
    m->out = outlet_open(out[0], 1);
    m->err = err[0];
    m->status = status[0];
    m->error = outlet_open(second[0], 2);
    m->time = line[0];
    fcntl(m->in, F_SETFL, O_NONBLOCK);
}

/* ---- while it runs ---- */

static void last_words(struct machine *m)
{
    m->last = true;
    m->deadline = run_clock_ms() + LAST_MS;
}

static void stop(struct machine *m, int status)
{
    if (m->stopped)
        return;
    m->stopped = true;
    m->end_status = status;
    last_words(m);
    kill(m->pid, end_signal(m));
}

static void read_input(struct machine *m)
{
    char chunk[4096];
    ssize_t n = read(0, chunk, sizeof chunk);

    m->pending.n = m->sent = 0;
    if (n > 0) {
        encode_input(&m->pending, chunk, (size_t)n);
    } else if (n == 0 || (errno != EINTR && errno != EAGAIN)) {
        encode_end(&m->pending);
        m->input_ended = true;
    }
}

static void send_input(struct machine *m)
{
    ssize_t n = write(m->in, m->pending.p + m->sent, m->pending.n - m->sent);

    if (n > 0)
        m->sent += (size_t)n;
    else if (errno != EAGAIN && errno != EINTR) {
        close(m->in); /* QEMU is gone */
        m->in = -1;
    }
}

/* Where standard output takes no more: a status as Linux would have. */
static void output_failed(struct machine *m)
{
    bool pipe = errno == EPIPE;

    if (!m->stopped && !pipe)
        error("standard output: %s", strerror(errno));
    stop(m, pipe ? EXIT_SIGNAL + SIGPIPE : EXIT_OURS);
}

static void take_output(struct machine *m)
{
    outlet_take(&m->out);
    if (m->xen && !m->xen->ended && !xen_filter(m->xen, &m->out.held))
        kill(m->pid, SIGKILL);
    if (m->out.held.n)
        watch_add(&m->watch, m->out.held.p, m->out.held.n);
}

/* KVM that gives up leaves QEMU waiting for a debugger. */
static void read_messages(struct machine *m)
{
    if (!collect(m->err, &m->messages))
        m->err = -1;
    if (!m->stopped && m->messages.n &&
        strstr(m->messages.p, "KVM internal error")) {
        stop(m, EXIT_OURS);
        error("KVM of this computer cannot run the image; use --accel tcg");
    }
}

static void take_signal(struct machine *m)
{
    struct signalfd_siginfo s;

    if (read(m->signals, &s, sizeof s) == (ssize_t)sizeof s)
        stop(m, EXIT_SIGNAL + (int)s.ssi_signo);
}

static bool is_running(const struct machine *m)
{
    return m->out.from >= 0 || m->error.from >= 0 || m->err >= 0 ||
           m->status >= 0;
}

/* Milliseconds to wait for whatever comes, -1: for ever. */
static int time_left(struct machine *m)
{
    int64_t left = m->deadline ? m->deadline - run_clock_ms() : -1;

    if (!m->deadline || left > 0)
        return left < INT_MAX ? (int)left : INT_MAX;
    if (!m->last) {
        if (is_running(m))
            stop(m, EXIT_TIMEOUT);
        else
            last_words(m);
        return LAST_MS;
    }
    m->deadline = 0;
    m->out.to = m->error.to = -1;
    return 0;
}

static struct pollfd to_take(const struct outlet *o)
{
    return (struct pollfd){outlet_holds(o) ? -1 : o->from, POLLIN, 0};
}

static struct pollfd to_pass(const struct outlet *o)
{
    return (struct pollfd){outlet_holds(o) ? o->to : -1, POLLOUT, 0};
}

/* Standard error that takes no more is no reason to end: few programs look, and
 * servers whose log is gone live on. */
static void serve_output(struct machine *m, const struct pollfd p[4])
{
    if (p[0].revents)
        take_output(m);
    if (p[1].revents && !outlet_pass(&m->out))
        output_failed(m);
    if (p[2].revents)
        outlet_take(&m->error);
    if (p[3].revents)
        outlet_pass(&m->error);
    if (m->last && m->deadline && (p[1].revents || p[3].revents))
        last_words(m);
}

/* poll() ignores negative descriptors: what is at its end becomes -1. */
static void serve(struct machine *m)
{
    while (is_running(m) || outlet_holds(&m->out) || outlet_holds(&m->error)) {
        int left = time_left(m);
        bool sending = m->sent < m->pending.n;
        struct pollfd p[] = {
            to_take(&m->out),
            to_pass(&m->out),
            to_take(&m->error),
            to_pass(&m->error),
            {m->err, POLLIN, 0},
            {m->status, POLLIN, 0},
            {m->signals, POLLIN, 0},
            {m->in >= 0 && !sending && !m->input_ended ? 0 : -1, POLLIN, 0},
            {sending ? m->in : -1, POLLOUT, 0},
            {m->time, POLLIN, 0},
        };
        if (poll(p, sizeof p / sizeof *p, left) <= 0)
            continue;
        serve_output(m, p);
        if (p[4].revents)
            read_messages(m);
        if (p[5].revents && !collect(m->status, &m->status_bytes))
            m->status = -1;
        if (p[6].revents)
            take_signal(m);
        if (p[7].revents)
            read_input(m);
        if (p[8].revents)
            send_input(m);
        if (p[9].revents && !time_tell(m->time))
            m->time = -1;
    }
}

/* ---- afterwards ---- */

/* QEMU's first line that matters, without its own name. */
static void explain_failure(const struct options *o, const struct image *image,
                            struct machine *m, int raw)
{
    const char *qemu = qemu_name(image);
    char *line;

    buf_add(&m->messages, "", 0);
    line = strtok(m->messages.p, "\n");
    while (line && (strstr(line, "warning: ") || strstr(line, "CPU does not")))
        line = strtok(NULL, "\n");
    if (WIFEXITED(raw) && WEXITSTATUS(raw) == 127)
        fail("%s; install the package %s", line ? line : qemu,
             qemu_package(image));
    if (line && has_prefix(line, qemu) && has_prefix(line + strlen(qemu), ": "))
        line += strlen(qemu) + 2;
    if (line || !WIFEXITED(raw) || WEXITSTATUS(raw))
        fail("%s: %s: %s", o->image, qemu, line ? line : "it crashed");
    error("%s: the machine was reset without an exit status", o->image);
}

static int program_status(const struct options *o, const struct image *image,
                          struct machine *m, int raw)
{
    struct fault f;

    if (m->stopped)
        return m->end_status;
    if (m->xen && m->xen->ended)
        buf_add(&m->status_bytes, &(char){(char)xen_status(o, m->xen)}, 1);
    if (!m->status_bytes.n) {
        explain_failure(o, image, m, raw);
        return EXIT_SIGNAL + SIGSEGV;
    }
    int status = (unsigned char)m->status_bytes.p[m->status_bytes.n - 1];
    if (status != EXIT_SIGNAL + SIGSEGV || !m->watch.fault_line ||
        !fault_parse(m->watch.fault_line, &f))
        return status;
    fault_explain(o, &f);
    return EXIT_SIGNAL + fault_signal(&f);
}

static void read_counts(const struct machine *m, struct counts *counts)
{
    const struct count_shared *s = m->shared;

    if (s->entry < 0)
        return;
    if (s->output >= 0)
        counts->entry_to_output = s->output - s->entry;
    if (m->status_bytes.n)
        counts->entry_to_exit = s->now - s->entry;
}

int run_kvm(const struct options *o, const struct image *image,
            struct counts *counts)
{
    struct machine m = {.watch = {.marker = o->marker}};
    struct xen_end xen = {0};
    int raw = 0;

    if (is_xen(image)) {
        m.xen = &xen;
        xen_start(o, image, qemu_line(o), &xen);
    }
    const char **argv = qemu_command(o, image);
    if (o->print_command) {
        qemu_print(argv);
        return 0;
    }
    if (o->timeout_ms)
        m.deadline = run_clock_ms() + o->timeout_ms;
    if (counts)
        share_count(&m);
    if (!m.xen)
        qemu_check_memory(o, image);
    m.image_fd = open(o->image, O_RDONLY | O_CLOEXEC);
    if (m.image_fd < 0)
        fail("%s: %s", o->image, strerror(errno));
    signal(SIGPIPE, SIG_IGN);
    encode_start(&m.pending);
    m.has_error = qemu_has_stderr(o, image) && !outputs_are_one();
    start(&m, argv);
    if (m.xen)
        write_all(m.time, "go", 2);
    serve(&m);
    while (waitpid(m.pid, &raw, 0) < 0 && errno == EINTR)
        ;
    if (counts)
        read_counts(&m, counts);
    return program_status(o, image, &m, raw);
}
