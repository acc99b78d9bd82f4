/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_linuxu.c: runs an image as the Linux process that it is, watched with
 * ptrace: a fault that nothing in the program handles is reported like one of
 * the other platforms, at no cost to the image. With --count, it goes by
 * single steps from its first instruction on, and its standard output is a
 * pipe that is looked at after each.
 *
 * Linux does not tell a debugger the vector and the error code, so they are
 * derived from the signal.
 */
#define _GNU_SOURCE
#include "arch.h"
#include "run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/time.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAGE_FAULT = 14
};

static char *emulator; /* of another architecture, or NULL */
static bool has_stub;  /* it may wait for a debugger */
static char *stub;     /* where it does, or NULL */
static pid_t process;  /* for the signal handlers */
static volatile sig_atomic_t time_is_up;

static void on_signal(int signal)
{
    if (signal == SIGALRM)
        time_is_up = 1;
    kill(process, signal == SIGALRM ? SIGKILL : signal);
}

/* ---- starting it ---- */

static bool can_read(int fd)
{
    char c;

    return read(fd, &c, 1) == 1;
}

/* Of another architecture: as QEMU's user mode runs it. */
_Noreturn static void emulate(const struct options *o, int image,
                              char *const *env)
{
    const char *argv[] = {"-0", o->args[0], format("/proc/self/fd/%d", image),
                          NULL};
    const char **all = NULL;

    arrput(all, emulator);
    if (stub) {
        arrput(all, "-g");
        arrput(all, stub);
    }
    for (const char **p = argv; *p; p++)
        arrput(all, *p);
    for (size_t i = 1; o->args[i]; i++)
        arrput(all, o->args[i]);
    arrput(all, NULL);
    execvpe(emulator, (char *const *)(uintptr_t)all, env);
    dprintf(2, "%s: error: %s: %s; is the package qemu-user installed?\n", prog,
            emulator, strerror(errno));
    _exit(EXIT_OURS);
}

/* Runs in the child, once the parent has attached itself. */
_Noreturn static void child(const struct options *o, int go, int out,
                            pid_t parent)
{
    const char **env = NULL;
    size_t n = arrlenu(o->env);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || !can_read(go))
        _exit(EXIT_OURS);
    if (out >= 0)
        dup2(out, 1);
    disk_open(&o->disk);
    for (size_t i = 0; i < n; i++) /* QEMU turns their order around */
        arrput(env, o->env[emulator ? n - 1 - i : i]);
    arrput(env, NULL);
    net_open_tap(o);
    int image = open(o->image, emulator ? O_RDONLY : O_PATH | O_CLOEXEC);
    disk_enter(&o->share);
    if (emulator)
        emulate(o, image, (char *const *)(uintptr_t)env);
    execveat(image, "", o->args, (char *const *)(uintptr_t)env, AT_EMPTY_PATH);
    dprintf(2, "%s: error: %s: %s\n", prog, o->image, strerror(errno));
    _exit(EXIT_OURS);
}

static void handle_signals(void)
{
    struct sigaction a = {.sa_handler = on_signal, .sa_flags = SA_RESTART};

    sigaction(SIGALRM, &a, NULL);
    sigaction(SIGINT, &a, NULL);
    sigaction(SIGTERM, &a, NULL);
    sigaction(SIGHUP, &a, NULL);
}

/* Returns whether it can be watched: some sandboxes have no ptrace. */
static bool start(const struct options *o, int out)
{
    int go[2];
    pid_t parent = getpid();

    if (pipe2(go, O_CLOEXEC) != 0)
        fail("pipe: %s", strerror(errno));
    process = fork();
    if (process < 0)
        fail("fork: %s", strerror(errno));
    if (process == 0)
        child(o, go[0], out, parent);
    handle_signals();
    if (o->timeout_ms)
        setitimer(
            ITIMER_REAL,
            &(struct itimerval){.it_value = {o->timeout_ms / 1000,
                                             o->timeout_ms % 1000 * 1000}},
            NULL);
    long options = PTRACE_O_EXITKILL | (emulator ? 0 : PTRACE_O_TRACEEXEC);
    bool watched = (!emulator || stub) &&
                   ptrace(PTRACE_SEIZE, process, NULL, options) == 0;
    if (!write_all(go[1], "", 1))
        fail("pipe: %s", strerror(errno));
    close(go[0]);
    close(go[1]);
    return watched;
}

/* ---- faults ---- */

/* Nothing in the program takes the signal. */
static bool unhandled(int signal)
{
    char *path = format("/proc/%d/status", (int)process);
    char *text = file_read(path, NULL);
    const char *p = text ? strstr(text, "\nSigCgt:") : NULL;
    uint64_t caught = p ? strtoull(p + strlen("\nSigCgt:"), NULL, 16) : 0;

    free(text);
    free(path);
    return !(caught >> (signal - 1) & 1);
}

static struct fault fault_of(const struct options *o, const siginfo_t *s,
                             const struct user_regs_struct *r)
{
    struct fault f = {.ip = r->rip, .sp = r->rsp};

    switch (s->si_signo) {
    case SIGFPE:
        f.vector =
            s->si_code >= FPE_FLTDIV && s->si_code <= FPE_FLTSUB ? 19 : 0;
        break;
    case SIGILL:
        f.vector = 6;
        break;
    case SIGTRAP:
        f.vector = 3;
        break;
    case SIGBUS:
        f.vector = 17;
        break;
    default:
        f.vector = s->si_code == SI_KERNEL ? 13 : PAGE_FAULT;
    }
    if (f.vector == PAGE_FAULT) {
        f.address = (uint64_t)(uintptr_t)s->si_addr;
        f.error = fault_code(o, &f, s->si_code == SEGV_ACCERR);
    }
    return f;
}

static void print_fault(const struct fault *f, const struct user_regs_struct *r)
{
    fprintf(stderr,
            "unicore: fault %d error=%llx ip=%llx sp=%llx flags=%llx "
            "address=%llx rax=%llx rbx=%llx rcx=%llx rdx=%llx rsi=%llx "
            "rdi=%llx rbp=%llx r8=%llx r9=%llx r10=%llx r11=%llx r12=%llx "
            "r13=%llx r14=%llx r15=%llx\n",
            (int)f->vector, (unsigned long long)f->error, r->rip, r->rsp,
            r->eflags, (unsigned long long)f->address, r->rax, r->rbx, r->rcx,
            r->rdx, r->rsi, r->rdi, r->rbp, r->r8, r->r9, r->r10, r->r11,
            r->r12, r->r13, r->r14, r->r15);
}

static void report(const struct options *o, int signal)
{
    struct user_regs_struct r;
    struct fault f;
    siginfo_t s;

    if (ptrace(PTRACE_GETSIGINFO, process, NULL, &s) != 0 || s.si_code <= 0 ||
        !unhandled(signal) || ptrace(PTRACE_GETREGS, process, NULL, &r) != 0)
        return;
    f = fault_of(o, &s, &r);
    print_fault(&f, &r);
    fault_explain(o, &f);
}

static bool is_fault(int signal)
{
    return signal == SIGSEGV || signal == SIGBUS || signal == SIGILL ||
           signal == SIGFPE || signal == SIGTRAP;
}

/* ---- while it runs ---- */

struct stepping {
    struct counts *counts;
    struct watch watch;
    int64_t steps; /* -1: not yet at the first instruction */
    int out;       /* reading end of its standard output */
};

/* Passes output on; blocks for nothing. */
static void pass_output(struct stepping *s)
{
    char chunk[65536];
    ssize_t n;

    while ((n = read(s->out, chunk, sizeof chunk)) > 0) {
        watch_add(&s->watch, chunk, (size_t)n);
        if (!write_all(1, chunk, (size_t)n))
            kill(process, SIGPIPE);
    }
}

/*
 * Notes the marker at a stop, never between stops: the instruction that wrote
 * it is counted by then, whether its output was read before the stop or after.
 */
static void note_output(struct stepping *s)
{
    pass_output(s);
    if (s->watch.marker_seen && s->counts->entry_to_output < 0)
        s->counts->entry_to_output = s->steps;
}

/* waitpid, which for a stepped process also keeps its pipe from filling. */
static int wait_status(struct stepping *s)
{
    int raw = 0;

    for (;;) {
        pid_t pid = waitpid(process, &raw, s ? WNOHANG | __WALL : __WALL);
        if (pid == process)
            return raw;
        if (pid < 0 && errno != EINTR)
            fail("waitpid: %s", strerror(errno));
        if (s)
            pass_output(s);
    }
}

/* Lets it go on after a stop. */
static void resume(struct stepping *s, bool stepped, int raw,
                   const struct options *o)
{
    int signal = WSTOPSIG(raw), event = raw >> 16;
    bool step = s && s->steps >= 0;

    if (event == PTRACE_EVENT_EXEC && s) {
        s->steps = 0;
        step = true;
    } else if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) {
        ptrace(PTRACE_LISTEN, process, NULL, NULL);
        return;
    }
    if (event || stepped)
        signal = 0;
    else if (is_fault(signal))
        report(o, signal);
    ptrace(step ? PTRACE_SINGLESTEP : PTRACE_CONT, process, NULL, (long)signal);
}

/* The trap after a step, and not a breakpoint of the program's own. */
static bool is_step(struct stepping *s, int raw)
{
    siginfo_t info;

    return s && s->steps >= 0 && raw >> 16 == 0 && WSTOPSIG(raw) == SIGTRAP &&
           ptrace(PTRACE_GETSIGINFO, process, NULL, &info) == 0 &&
           (info.si_code == TRAP_TRACE || info.si_code == TRAP_BRKPT ||
            info.si_code == SIGTRAP);
}

static int supervise(const struct options *o, struct stepping *s)
{
    for (;;) {
        int raw = wait_status(s);
        if (WIFSTOPPED(raw)) {
            bool stepped = is_step(s, raw);
            if (stepped) {
                s->steps++;
                note_output(s);
            }
            resume(s, stepped, raw, o);
            continue;
        }
        if (s && s->steps >= 0) {
            s->counts->entry_to_exit = s->steps + WIFEXITED(raw);
            note_output(s);
        }
        if (has_stub && WIFSIGNALED(raw) && is_fault(WTERMSIG(raw)))
            note("unicore-run --faults says where it was, and of what");
        return WIFEXITED(raw) ? WEXITSTATUS(raw) : EXIT_SIGNAL + WTERMSIG(raw);
    }
}

/* Ends with an error if that cannot be. */
static void listen_to_stub(const struct options *o, const struct image *image)
{
    if (image->threads)
        fail("--faults: not of a program with threads on linuxu-%s",
             image->arch);
    if (o->share.path)
        fail("--faults: not with --share on linuxu-%s", image->arch);
    stub = stub_path();
}

int run_linuxu(const struct options *o, const struct image *image,
               struct counts *counts)
{
    struct stepping s = {
        .counts = counts, .watch = {.marker = o->marker}, .steps = -1};
    int out[2] = {-1, -1};

    if (strcmp(image->arch, arch_at(0)->name) != 0)
        emulator = format("qemu-%s", image->arch);
    if (counts && emulator)
        fail("--count: not of linuxu-%s", image->arch);
    has_stub = emulator && !image->threads && !o->share.path;
    if (o->faults && emulator)
        listen_to_stub(o, image);
    if (counts && pipe2(out, O_CLOEXEC | O_NONBLOCK) != 0)
        fail("pipe: %s", strerror(errno));
    if (counts) /* the program's end blocks as usual */
        fcntl(out[1], F_SETFL, 0);
    bool watched = start(o, out[1]);
    close(out[1]);
    s.out = out[0];
    if (!watched && counts)
        fail("--count: ptrace is not permitted here");
    if (stub && !watched)
        fail("--faults: ptrace is not permitted here");
    int status = stub ? stub_supervise(o, image, process, stub)
                      : supervise(o, counts ? &s : NULL);
    return time_is_up ? EXIT_TIMEOUT : status;
}
