/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * record.c: what an instrumented program writes down, over all its runs and
 * processes, each thing once, as lines of the file LOG (a macro):
 *
 *     run NAME                 the function was entered
 *     call FUNCTION N ADDRESS  its indirect call N went there
 *     printf FORMAT            reached vfprintf; so wprintf, scanf, wscanf
 *     open HOW PATH            reached open or fopen (`rdonly` or `write`)
 *     signal N                 got a handler
 *
 * What was seen is in a table that all processes map, LOG.seen: hashes of the
 * lines. Only system calls of its own, no libc: it runs inside of anything, and
 * leaves errno alone. A process that may not open the files is not recorded;
 * one that may is never disturbed: no descriptor stays open.
 */
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <wchar.h>

enum {
    SLOTS = 1 << 20,
    LINE = 4096
};

static uint64_t *table;
static int state; /* 1: table is usable, -1: it will never be */

static long call(long n, long a, long b, long c, long d, long e, long f)
{
    register long r10 __asm__("r10") = d, r8 __asm__("r8") = e,
                      r9 __asm__("r9") = f;
    long r;

    __asm__ volatile("syscall"
                     : "=a"(r)
                     : "0"(n), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8),
                       "r"(r9)
                     : "rcx", "r11", "memory");
    return r;
}

static int set_up(void)
{
    long fd, p;

    if (state)
        return state > 0;
    state = -1;
    fd = call(SYS_open, (long)LOG ".seen", O_RDWR, 0, 0, 0, 0);
    if (fd < 0)
        return 0;
    p = call(SYS_mmap, 0, SLOTS * sizeof *table, PROT_READ | PROT_WRITE,
             MAP_SHARED, fd, 0);
    call(SYS_close, fd, 0, 0, 0, 0, 0);
    if (p < 0 && p > -4096)
        return 0;
    table = (uint64_t *)p;
    state = 1;
    return 1;
}

/* Is this the first time, for all processes? */
static int is_new(uint64_t hash)
{
    hash |= 1;
    for (uint64_t i = hash >> 20, n = 0; n < SLOTS; i++, n++) {
        uint64_t *slot = &table[i % SLOTS], found = 0;
        if (__atomic_compare_exchange_n(slot, &found, hash, 0, __ATOMIC_RELAXED,
                                        __ATOMIC_RELAXED))
            return 1;
        if (found == hash)
            return 0;
    }
    return 0;
}

static uint64_t mix(uint64_t h, uint64_t x)
{
    h = (h ^ x) * 0x9e3779b97f4a7c15u;
    return h ^ h >> 29;
}

static uint64_t hash_text(uint64_t h, const char *s)
{
    while (*s)
        h = mix(h, (unsigned char)*s++);
    return h;
}

static char *put(char *p, const char *end, const char *s)
{
    for (; *s && p < end; s++)
        *p++ = *s == '\n' ? '\r' : *s;
    return p;
}

static void write_line(const char *a, const char *b, const char *c)
{
    char line[LINE], *p = line, *end = line + sizeof line - 1;
    long fd = call(SYS_open, (long)LOG, O_WRONLY | O_APPEND, 0, 0, 0, 0);

    p = put(p, end, a);
    p = put(p, end, " ");
    p = put(p, end, b);
    p = put(p, end, c);
    *p++ = '\n';
    call(SYS_write, fd, (long)line, p - line, 0, 0, 0);
    call(SYS_close, fd, 0, 0, 0, 0, 0);
}

static void note(const char *kind, const char *a, const char *b)
{
    if (set_up() &&
        is_new(hash_text(mix(hash_text(hash_text(1, kind), a), ' '), b)))
        write_line(kind, a, b);
}

static char *hex(char buffer[20], uintptr_t n)
{
    char *p = buffer + 19;

    *p = 0;
    do {
        *--p = "0123456789abcdef"[n % 16];
    } while (n /= 16);
    *--p = ' ';
    return p;
}

void uc_record_run(char *event)
{
    if (*event)
        return;
    *event = 1;
    note("run", event + 1, "");
}

void uc_record_call(char *event, void *to)
{
    char buffer[20];

    if (set_up() && is_new(mix(mix(2, (uintptr_t)event), (uintptr_t)to)))
        write_line("call", event + 1, hex(buffer, (uintptr_t)to));
}

/* ---- formats ---- */

int __real_vfprintf(FILE *, const char *, va_list);
int __real_vfscanf(FILE *, const char *, va_list);
int __real_vfwprintf(FILE *, const wchar_t *, va_list);
int __real_vfwscanf(FILE *, const wchar_t *, va_list);

int __wrap_vfprintf(FILE *f, const char *s, va_list ap)
{
    note("printf", s, "");
    return __real_vfprintf(f, s, ap);
}

int __wrap_vfscanf(FILE *f, const char *s, va_list ap)
{
    note("scanf", s, "");
    return __real_vfscanf(f, s, ap);
}

static void note_wide(const char *kind, const wchar_t *s)
{
    char text[LINE], *p = text;

    for (; *s && p < text + sizeof text - 1; s++)
        *p++ = *s < 128 ? (char)*s : '?';
    *p = 0;
    note(kind, text, "");
}

int __wrap_vfwprintf(FILE *f, const wchar_t *s, va_list ap)
{
    note_wide("printf", s);
    return __real_vfwprintf(f, s, ap);
}

int __wrap_vfwscanf(FILE *f, const wchar_t *s, va_list ap)
{
    note_wide("scanf", s);
    return __real_vfwscanf(f, s, ap);
}

/* ---- files ---- */

int __real_open(const char *, int, mode_t);
int __real_openat(int, const char *, int, mode_t);
FILE *__real_fopen(const char *, const char *);
FILE *__real_freopen(const char *, const char *, FILE *);

static void note_open(const char *path, int writes)
{
    note("open", writes ? "write " : "rdonly ", path ? path : "");
}

static int mode_writes(const char *mode)
{
    for (const char *p = mode; *p; p++)
        if (*p == '+' || *p == 'w' || *p == 'a')
            return 1;
    return 0;
}

int __wrap_open(const char *path, int flags, mode_t mode)
{
    note_open(path, flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC));
    return __real_open(path, flags, mode);
}

int __wrap_openat(int fd, const char *path, int flags, mode_t mode)
{
    note_open(path, flags & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC));
    return __real_openat(fd, path, flags, mode);
}

FILE *__wrap_fopen(const char *path, const char *mode)
{
    note_open(path, mode_writes(mode));
    return __real_fopen(path, mode);
}

FILE *__wrap_freopen(const char *path, const char *mode, FILE *f)
{
    if (path)
        note_open(path, mode_writes(mode));
    return __real_freopen(path, mode, f);
}

/* ---- signals ---- */

int __real_sigaction(int, const struct sigaction *, struct sigaction *);
void (*__real_signal(int, void (*)(int)))(int);

static void note_signal(int n)
{
    char text[4] = {(char)('0' + n / 10), (char)('0' + n % 10), 0};

    note("signal", n < 10 ? text + 1 : text, "");
}

int __wrap_sigaction(int n, const struct sigaction *new, struct sigaction *old)
{
    note_signal(n);
    return __real_sigaction(n, new, old);
}

void (*__wrap_signal(int n, void (*handler)(int)))(int)
{
    note_signal(n);
    return __real_signal(n, handler);
}
