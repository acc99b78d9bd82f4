/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_stub.c: --faults, which names the faults of an image of another
 * architecture. QEMU's user mode runs it, under the end of it that is made for
 * debuggers: at each signal that says so, has the program's registers, and
 * passes the signal on. The address is that of the fault which this computer's
 * processor had for it, less where QEMU has put the program; to see it, QEMU's
 * process is traced. What the program dies of is reported; what it handles is
 * its own affair.
 *
 * Not done unasked: the connection is a descriptor of the program's process,
 * and a program that closes all that it does not know takes it away, and gives
 * its number to a file. Threads, whose signals come at the same time, do not
 * take turns on it.
 */
#define _GNU_SOURCE
#include "run.h"

#include <elf.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
    PAGE_FAULT = 14
};

/* How an architecture's registers come, by their numbers in the answer. */
static const struct layout {
    const char *arch;
    int size, big, count, sp, pc;
    char name;
} layouts[] = {
    {"aarch64", 8, 0, 31, 31, 32, 'x'}, {"arm", 4, 0, 15, 13, 15, 'r'},
    {"mips", 4, 1, 32, 29, 37, 'r'},    {"mipsel", 4, 0, 32, 29, 37, 'r'},
    {"riscv64", 8, 0, 32, 2, 32, 'x'},
};

/* Signals by the debugger's numbers, and what the processor would have said. */
static const struct kind {
    int theirs, ours, vector;
} kinds[] = {
    {4, SIGILL, 6},   {5, SIGTRAP, 3},           {8, SIGFPE, 0},
    {10, SIGBUS, 17}, {11, SIGSEGV, PAGE_FAULT},
};

struct stub {
    const struct options *o;
    const struct layout *layout;
    pid_t process;
    int fd;
    uint64_t base;           /* QEMU has the program this far above its own */
    struct buf in;           /* what has come and is not read yet */
    char *stopped;           /* by which signal, two digits; NULL: it runs */
    const struct kind *kind; /* of the last stop, if it may be a fault's */
    char *registers;         /* there, as they came */
    struct fault fault;      /* there */
    bool seen;               /* a fault of QEMU's process since that */
    uint64_t seen_at;
};

/* ---- the connection ---- */

char *stub_path(void)
{
    char *folder = xstrdup("/tmp/unicore-run.XXXXXX");

    if (!mkdtemp(folder))
        fail("%s: %s", folder, strerror(errno));
    char *path = path_join(folder, "stub");
    free(folder);
    return path;
}

static void remove_path(const char *path)
{
    char *folder = path_dir(path);

    unlink(path);
    rmdir(folder);
    free(folder);
}

/* QEMU may be gone, which is found out elsewhere. */
static void put(const struct stub *s, const char *bytes)
{
    size_t n = strlen(bytes);

    while (n) {
        ssize_t done = send(s->fd, bytes, n, MSG_NOSIGNAL);
        if (done < 0 && errno != EINTR)
            return;
        bytes += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
    }
}

static void say(struct stub *s, const char *words)
{
    unsigned sum = 0;

    for (const char *p = words; *p; p++)
        sum += (unsigned char)*p;
    char *packet = format("$%s#%02x", words, sum & 255);
    put(s, packet);
    free(packet);
}

/* Fails as long as QEMU does not listen. */
static bool reach(struct stub *s, const char *path)
{
    struct sockaddr_un a = {.sun_family = AF_UNIX};

    snprintf(a.sun_path, sizeof a.sun_path, "%s", path);
    s->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (s->fd >= 0 &&
        connect(s->fd, (const struct sockaddr *)&a, sizeof a) == 0)
        return true;
    close(s->fd);
    s->fd = -1;
    return false;
}

/* ---- QEMU's process ---- */

static void on_stop(struct stub *s, int raw)
{
    int signal = WSTOPSIG(raw), event = raw >> 16;
    siginfo_t info;

    if (event == PTRACE_EVENT_STOP && signal != SIGTRAP) {
        ptrace(PTRACE_LISTEN, s->process, NULL, NULL);
        return;
    }
    if (event)
        signal = 0;
    if (signal == SIGSEGV &&
        ptrace(PTRACE_GETSIGINFO, s->process, NULL, &info) == 0 &&
        info.si_code > 0) {
        s->seen = true;
        s->seen_at = (uint64_t)(uintptr_t)info.si_addr;
    }
    ptrace(PTRACE_CONT, s->process, NULL, (long)signal);
}

/* Whatever has happened to it; false: it has ended, as `raw` says. */
static bool look(struct stub *s, int *raw)
{
    for (;;) {
        pid_t pid = waitpid(s->process, raw, WNOHANG | __WALL);
        if (pid < 0 && errno != EINTR)
            fail("waitpid: %s", strerror(errno));
        if (pid == 0)
            return true;
        if (pid == s->process && !WIFSTOPPED(*raw))
            return false;
        if (pid == s->process)
            on_stop(s, *raw);
    }
}

/* QEMU's memory, as /proc has it; caller frees. */
static char *maps_of(const struct stub *s)
{
    char *path = format("/proc/%d/maps", (int)s->process);
    char *text = file_read(path, NULL);

    free(path);
    return text ? text : xstrdup("");
}

/* How far above the program's own addresses QEMU has it: by its first page. */
static uint64_t base_of(const struct stub *s)
{
    char *text = maps_of(s), *image = realpath(s->o->image, NULL);
    uint64_t base = 0;

    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        unsigned long long start, offset;
        if (!image || !has_suffix(line, image) ||
            sscanf(line, "%llx-%*x %*s %llx", &start, &offset) != 2 || offset)
            continue;
        base = start - image_start(s->o->image);
        break;
    }
    free(image);
    free(text);
    return base;
}

/* What is set aside and may not be touched is what the program has not got. */
static bool is_mapped(const struct stub *s, uint64_t address)
{
    char *text = maps_of(s);
    bool is = false;

    for (char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n")) {
        unsigned long long start, end;
        char access[5];
        if (sscanf(line, "%llx-%llx %4s", &start, &end, access) == 3)
            is |= address + s->base >= start && address + s->base < end &&
                  !has_prefix(access, "---");
    }
    free(text);
    return is;
}

/* ---- what it says ---- */

/* Register n, by its digits, of which each byte has two. */
static uint64_t value(const struct stub *s, int n)
{
    const struct layout *l = s->layout;
    size_t at = (size_t)(n * l->size) * 2;
    uint64_t v = 0;

    if (at + (size_t)l->size * 2 > strlen(s->registers))
        return 0;
    for (int i = 0; i < l->size; i++) {
        int byte = l->big ? i : l->size - 1 - i;
        char digits[3] = {s->registers[at + (size_t)byte * 2],
                          s->registers[at + (size_t)byte * 2 + 1], 0};
        v = v << 8 | strtoul(digits, NULL, 16);
    }
    return v;
}

/*
 * The registers are there. Where no code is, none was fetched, for which QEMU
 * looks into its own tables. Code that has met no fault has sent itself the
 * signal, which is no vector of the processor's.
 */
static void note_fault(struct stub *s)
{
    struct fault f = {.vector = (uint64_t)s->kind->vector,
                      .ip = value(s, s->layout->pc),
                      .sp = value(s, s->layout->sp)};
    int at = image_access(s->o->image, f.ip);
    bool fetch = at < 0 || !(at & PF_X);

    if (f.vector == PAGE_FAULT) {
        f.address = fetch ? f.ip : s->seen_at - s->base;
        f.error = fault_code(s->o, &f, is_mapped(s, f.address));
        if (!fetch && !s->seen)
            s->kind = NULL;
    }
    s->fault = f;
}

static void go_on(struct stub *s)
{
    char *words = format("C%s", s->stopped);

    free(s->stopped);
    s->stopped = NULL;
    s->seen = false;
    say(s, words);
    free(words);
}

static void on_packet(struct stub *s, const char *p)
{
    put(s, "+");
    if (s->stopped) { /* the answer to `g` */
        free(s->registers);
        s->registers = xstrdup(p);
        note_fault(s);
        go_on(s);
        return;
    }
    if ((*p != 'T' && *p != 'S') || strlen(p) < 3)
        return;
    s->stopped = xstrndup(p + 1, 2);
    s->kind = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strtol(s->stopped, NULL, 16) == kinds[i].theirs)
            s->kind = &kinds[i];
    if (s->kind)
        say(s, "g");
    else
        go_on(s);
}

/* `$words#xx`, as often as that is there; acknowledgements are passed over. */
static void read_packets(struct stub *s)
{
    for (;;) {
        char *from = memchr(s->in.p, '$', s->in.n);
        size_t left = from ? s->in.n - (size_t)(from - s->in.p) : 0;
        char *to = from ? memchr(from, '#', left) : NULL;
        if (!to || (size_t)(to - from) + 3 > left)
            return;
        char *words = xstrndup(from + 1, (size_t)(to - from) - 1);
        size_t end = (size_t)(to - s->in.p) + 3;
        memmove(s->in.p, s->in.p + end, s->in.n - end);
        s->in.n -= end;
        on_packet(s, words);
        free(words);
    }
}

/* Returns false at the connection's end. */
static bool receive(struct stub *s)
{
    char chunk[4096];
    ssize_t n = read(s->fd, chunk, sizeof chunk);

    if (n < 0 && errno == EINTR)
        return true;
    if (n <= 0)
        return false;
    buf_add(&s->in, chunk, (size_t)n);
    read_packets(s);
    return true;
}

/* ---- the report ---- */

static void report(const struct stub *s)
{
    const struct layout *l = s->layout;
    const struct fault *f = &s->fault;

    fprintf(stderr, "unicore: fault %d error=%llx ip=%llx sp=%llx address=%llx",
            (int)f->vector, (unsigned long long)f->error,
            (unsigned long long)f->ip, (unsigned long long)f->sp,
            (unsigned long long)f->address);
    for (int i = 0; i < l->count; i++)
        fprintf(stderr, " %c%d=%llx", l->name, i,
                (unsigned long long)value(s, i));
    fputc('\n', stderr);
    fault_explain(s->o, f);
}

static int ended(const struct stub *s, int raw)
{
    if (WIFEXITED(raw))
        return WEXITSTATUS(raw);
    if (s->kind && s->registers && s->kind->ours == WTERMSIG(raw))
        report(s);
    return EXIT_SIGNAL + WTERMSIG(raw);
}

/* ---- while it runs ---- */

static void nothing(int signal)
{
    (void)signal;
}

int stub_supervise(const struct options *o, const struct image *image,
                   pid_t process, const char *path)
{
    struct stub s = {.o = o, .process = process, .fd = -1};
    struct sigaction a = {.sa_handler = nothing};
    sigset_t children, before;
    int raw = 0;

    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (!strcmp(image->arch, layouts[i].arch))
            s.layout = &layouts[i];
    sigaction(SIGCHLD, &a, NULL);
    sigemptyset(&children);
    sigaddset(&children, SIGCHLD);
    sigprocmask(SIG_BLOCK, &children, &before);
    while (look(&s, &raw)) {
        if (s.fd < 0 && path && reach(&s, path)) {
            remove_path(path);
            s.base = base_of(&s);
            say(&s, "c");
        }
        struct pollfd p = {.fd = s.fd, .events = POLLIN};
        struct timespec soon = {.tv_nsec = 5000000};
        bool come = ppoll(&p, 1, s.fd < 0 && path ? &soon : NULL, &before) > 0;
        if (come && !receive(&s)) {
            close(s.fd);
            s.fd = -1;
            path = NULL; /* there is no other */
        }
    }
    if (path && s.fd < 0) /* it has never listened */
        remove_path(path);
    return ended(&s, raw);
}
