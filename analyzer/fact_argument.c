/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fact_argument.c: which constants reach the arguments that choose what a call
 * does: kinds of sockets, commands, flags, clocks, names.
 *
 * A row of the table is one function and the arguments of it that make a line
 * of a fact; consts.c follows them through wrappers. A line has, for each
 * argument, the names of its constants with commas between them, and `?` for
 * what is not known. Names and numbers are Linux's generic ones; where an
 * architecture has its own (MIPS), the number alone is printed.
 */
#include "analyzer.h"

#include <ctype.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>

enum {
    MAX_ARGUMENTS = 3,
    MAX_NAMED = 12 /* more constants than that are counted */
};

struct name {
    long long value;
    const char *text;
};
#define N(x) {x, #x}
static const struct name domains[] = {N(AF_UNSPEC), N(AF_UNIX),    N(AF_INET),
                                      N(AF_INET6),  N(AF_NETLINK), N(AF_PACKET),
                                      {0}};
static const struct name types[] = {N(SOCK_STREAM),
                                    N(SOCK_DGRAM),
                                    N(SOCK_RAW),
                                    N(SOCK_SEQPACKET),
                                    {SOCK_CLOEXEC, "SOCK_CLOEXEC"},
                                    N(SOCK_NONBLOCK),
                                    {0}};
static const struct name protocols[] = {
    N(IPPROTO_ICMP), N(IPPROTO_TCP), N(IPPROTO_UDP), {0}};
static const struct name levels[] = {
    N(SOL_SOCKET), N(IPPROTO_IP), N(IPPROTO_TCP), N(IPPROTO_IPV6), {0}};
static const struct name commands[] = {N(F_DUPFD),
                                       N(F_GETFD),
                                       N(F_SETFD),
                                       N(F_GETFL),
                                       N(F_SETFL),
                                       N(F_GETLK),
                                       N(F_SETLK),
                                       N(F_SETLKW),
                                       N(F_SETOWN),
                                       N(F_GETOWN),
                                       {1030, "F_DUPFD_CLOEXEC"},
                                       {0}};
static const struct name requests[] = {
    N(TCGETS),    N(TCSETS),    N(TCSETSW),    N(TCSETSF),
    N(FIONREAD),  N(FIONBIO),   N(TIOCGWINSZ), N(TIOCSWINSZ),
    N(TIOCSCTTY), N(TIOCGPGRP), N(TIOCSPGRP),  N(TCFLSH),
    {0}};
static const struct name accesses[] = {
    N(PROT_NONE), N(PROT_READ), N(PROT_WRITE), N(PROT_EXEC), {0}};
static const struct name mappings[] = {N(MAP_SHARED),
                                       N(MAP_PRIVATE),
                                       {MAP_FIXED, "MAP_FIXED"},
                                       {MAP_ANONYMOUS, "MAP_ANONYMOUS"},
                                       {MAP_NORESERVE, "MAP_NORESERVE"},
                                       {0}};
static const struct name clocks[] = {N(CLOCK_REALTIME),
                                     N(CLOCK_MONOTONIC),
                                     N(CLOCK_PROCESS_CPUTIME_ID),
                                     N(CLOCK_THREAD_CPUTIME_ID),
                                     {4, "CLOCK_MONOTONIC_RAW"},
                                     {5, "CLOCK_REALTIME_COARSE"},
                                     {6, "CLOCK_MONOTONIC_COARSE"},
                                     {7, "CLOCK_BOOTTIME"},
                                     {0}};
static const struct name opens[] = {N(O_RDONLY),
                                    N(O_WRONLY),
                                    N(O_RDWR),
                                    N(O_CREAT),
                                    N(O_EXCL),
                                    N(O_NOCTTY),
                                    N(O_TRUNC),
                                    N(O_APPEND),
                                    N(O_NONBLOCK),
                                    N(O_DSYNC),
                                    N(O_CLOEXEC),
                                    {0200000, "O_DIRECTORY"},
                                    {0400000, "O_NOFOLLOW"},
                                    {0100000, "O_LARGEFILE"},
                                    {0}};
static const struct name bufferings[] = {N(_IOFBF), N(_IOLBF), N(_IONBF), {0}};
static const struct name categories[] = {
    {0, "LC_CTYPE"},    {1, "LC_NUMERIC"},  {2, "LC_TIME"}, {3, "LC_COLLATE"},
    {4, "LC_MONETARY"}, {5, "LC_MESSAGES"}, {6, "LC_ALL"},  {0}};
#undef N

enum form {
    NONE,
    A_NUMBER, /* one of the names */
    A_FLAGS,  /* or-ed names; those inside of `field` are values of that */
    A_STRING
};
struct argument {
    enum form form;
    unsigned index;
    const struct name *names;
    long long field;
};
#define NUMBER(i, names) {A_NUMBER, i, names, 0}
#define FLAGS(i, names, field) {A_FLAGS, i, names, field}
#define STRING(i) {A_STRING, i, NULL, 0}
static const struct row {
    enum fact fact;
    const char *function;
    struct argument arguments[MAX_ARGUMENTS]; /* none: the function's name */
} rows[] = {
    {FACT_socket,
     "socket",
     {NUMBER(0, domains), FLAGS(1, types, 15), NUMBER(2, protocols)}},
    {FACT_socket,
     "socketpair",
     {NUMBER(0, domains), FLAGS(1, types, 15), NUMBER(2, protocols)}},
    {FACT_socket_option, "setsockopt", {NUMBER(1, levels), NUMBER(2, NULL)}},
    {FACT_socket_option, "getsockopt", {NUMBER(1, levels), NUMBER(2, NULL)}},
    {FACT_fcntl, "uc_sys_fcntl", {NUMBER(1, commands)}},
    {FACT_fcntl, "uc_sys_fcntl64", {NUMBER(1, commands)}},
    {FACT_ioctl, "uc_sys_ioctl", {NUMBER(1, requests)}},
    {FACT_map, "uc_sys_mmap", {FLAGS(2, accesses, 0), FLAGS(3, mappings, 15)}},
    {FACT_map, "uc_sys_mmap2", {FLAGS(2, accesses, 0), FLAGS(3, mappings, 15)}},
    {FACT_clock_id, "uc_sys_clock_gettime", {NUMBER(0, clocks)}},
    {FACT_clock_id, "uc_sys_clock_gettime64", {NUMBER(0, clocks)}},
    {FACT_clock_id, "uc_sys_clock_nanosleep", {NUMBER(0, clocks)}},
    {FACT_clock_id, "uc_sys_clock_nanosleep_time64", {NUMBER(0, clocks)}},
    {FACT_clock_id, "uc_sys_clock_getres", {NUMBER(0, clocks)}},
    {FACT_clock_id, "uc_sys_clock_getres_time64", {NUMBER(0, clocks)}},
    {FACT_clock_id, "uc_sys_timer_create", {NUMBER(0, clocks)}},
    {FACT_open_flags, "open", {FLAGS(1, opens, 3)}},
    {FACT_open_flags, "openat", {FLAGS(2, opens, 3)}},
    {FACT_stream_mode, "fopen", {STRING(1)}},
    {FACT_stream_mode, "freopen", {STRING(1)}},
    {FACT_stream_mode, "fdopen", {STRING(1)}},
    {FACT_buffering, "setvbuf", {NUMBER(2, bufferings)}},
    {FACT_variable, "getenv", {STRING(0)}},
    {FACT_variable, "secure_getenv", {STRING(0)}},
    {FACT_locale_name, "setlocale", {NUMBER(0, categories), STRING(1)}},
    {FACT_signal_number, "kill", {NUMBER(1, NULL)}},
    {FACT_signal_number, "raise", {NUMBER(0, NULL)}},
    {FACT_signal_number, "pthread_kill", {NUMBER(1, NULL)}},
    {FACT_stack_size, "pthread_attr_setstacksize", {NUMBER(1, NULL)}},
    {FACT_mutex_type, "pthread_mutexattr_settype", {NUMBER(1, NULL)}},
    {FACT_heap_size, "malloc", {NUMBER(0, NULL)}},
    {FACT_heap_size, "realloc", {NUMBER(1, NULL)}},
    {FACT_exit, "exit", {{0}}},
    {FACT_exit, "_exit", {{0}}},
    {FACT_exit, "_Exit", {{0}}},
    {FACT_exit, "quick_exit", {{0}}},
    {FACT_exit, "abort", {{0}}},
};

/* Which has numbers of its own. */
static bool is_mips(const struct analysis *a)
{
    return strncmp(a->options.arch, "mips", 4) == 0;
}

/* ---- one constant as text ---- */

static void put_number(struct buf *b, const struct name *names, long long v)
{
    for (; names && names->text; names++)
        if (names->value == v) {
            buf_str(b, names->text);
            return;
        }
    buf_printf(b, "%lld", v);
}

static void put_flags(struct buf *b, const struct argument *g, long long v)
{
    long long rest = v;
    size_t start = b->n;

    for (const struct name *n = g->names; n->text; n++) {
        bool low = !(n->value & ~g->field);
        long long here = low ? (g->field ? v & g->field : v) : rest;
        if (low ? here != n->value : !(here & n->value))
            continue;
        buf_printf(b, "%s%s", b->n > start ? "|" : "", n->text);
        rest &= ~n->value;
    }
    if (rest)
        buf_printf(b, "%s0x%llx", b->n > start ? "|" : "", rest);
}

static void put_string(struct analysis *a, struct buf *b, LLVMValueRef v)
{
    char *text = const_string(a, v);

    if (!text)
        buf_str(b, LLVMIsNull(v) ? "null" : "?");
    else
        buf_printf(b, "\"%s\"", text);
    free(text);
}

static int by_number(const void *x, const void *y)
{
    const struct const_at *a = x, *b = y;
    long long u = LLVMConstIntGetSExtValue(a->value);
    long long v = LLVMConstIntGetSExtValue(b->value);

    return (u > v) - (u < v);
}

/* ---- one argument ---- */

/* Many numbers, sorted: the least and the greatest. */
static void put_range(struct buf *b, struct const_at *values)
{
    size_t n = arrlenu(values);

    buf_printf(b, "%lld..%lld", LLVMConstIntGetSExtValue(values[0].value),
               LLVMConstIntGetSExtValue(values[n - 1].value));
}

static void put_argument(struct analysis *a, struct buf *b,
                         const struct argument *g, struct consts *c)
{
    const struct name *names = is_mips(a) ? NULL : g->names;
    bool numbers = g->form != A_STRING, first = true;

    for (size_t i = 0; i < arrlenu(c->values); i++)
        numbers &= LLVMIsAConstantInt(c->values[i].value) != NULL;
    if (g->form != A_STRING && !numbers)
        c->top = true;
    if (numbers && c->values)
        qsort(c->values, arrlenu(c->values), sizeof *c->values, by_number);
    if (numbers && arrlenu(c->values) > MAX_NAMED) {
        put_range(b, c->values);
        first = false;
    }
    for (size_t i = 0; first && i < arrlenu(c->values); i++) {
        LLVMValueRef v = c->values[i].value;
        if (g->form != A_STRING && !LLVMIsAConstantInt(v))
            continue;
        if (i)
            buf_str(b, ",");
        if (g->form == A_STRING)
            put_string(a, b, v);
        else if (g->form == A_FLAGS && names)
            put_flags(b, g, LLVMConstIntGetSExtValue(v));
        else
            put_number(b, names, LLVMConstIntGetSExtValue(v));
    }
    if (c->top)
        buf_str(b, arrlenu(c->values) ? ",?" : "?");
}

/* ---- calls ---- */

static void one_call(struct analysis *a, struct facts *f, const struct row *r,
                     const struct def *d, const struct call *at)
{
    struct buf b = {0};

    buf_str(&b, "");
    for (int i = 0; i < MAX_ARGUMENTS && r->arguments[i].form != NONE; i++) {
        const struct argument *g = &r->arguments[i];
        struct consts c = consts_of_argument(a, at, d, g->index);
        if (i)
            buf_str(&b, " ");
        put_argument(a, &b, g, &c);
        consts_free(&c);
    }
    if (!b.n)
        buf_str(&b, r->function);
    for (char *p = b.p; *p; p++)
        if (iscntrl((unsigned char)*p))
            *p = '?';
    facts_add(f, r->fact, b.p, at->from, at->at);
    buf_free(&b);
}

/* The flags of mmap decide about the code for files and fixed places. */
static void mappings_used(struct analysis *a, struct facts *f,
                          const struct def *d, const struct call *at)
{
    struct consts c = consts_of_argument(a, at, d, 3);

    c.top |= is_mips(a);
    for (size_t i = 0; i < arrlenu(c.values); i++) {
        LLVMValueRef v = c.values[i].value;
        bool number = LLVMIsAConstantInt(v) != NULL;
        unsigned long long flags = number ? LLVMConstIntGetZExtValue(v) : 0;
        if (!number || !(flags & MAP_ANONYMOUS))
            facts_add(f, FACT_map_file, NULL, at->from, at->at);
        if (!number || (flags & MAP_SHARED && !(flags & MAP_ANONYMOUS)))
            facts_add(f, FACT_map_shared, NULL, at->from, at->at);
        if (!number || flags & (MAP_FIXED | 0x100000))
            facts_add(f, FACT_map_fixed, NULL, at->from, at->at);
    }
    if (c.top) {
        facts_add(f, FACT_map_file, NULL, at->from, at->at);
        facts_add(f, FACT_map_shared, NULL, at->from, at->at);
        facts_add(f, FACT_map_fixed, NULL, at->from, at->at);
    }
    consts_free(&c);
}

/* One of n values may reach the argument. */
static bool may_be(const struct consts *c, const unsigned long long *values,
                   size_t n, unsigned long long mask)
{
    for (size_t i = 0; i < arrlenu(c->values); i++) {
        LLVMValueRef v = c->values[i].value;
        unsigned long long is =
            LLVMIsAConstantInt(v) ? LLVMConstIntGetZExtValue(v) & mask : 0;
        for (size_t k = 0; k < n; k++)
            if (!LLVMIsAConstantInt(v) || is == values[k])
                return true;
    }
    return c->top;
}

static bool may_be_one(const struct consts *c, unsigned long long value,
                       unsigned long long mask)
{
    return may_be(c, &value, 1, mask);
}

/* The domains and types of sockets, each of which is code of its own. */
static void domains_used(struct analysis *a, struct facts *f,
                         const struct def *d, const struct call *at, bool pair)
{
    static const struct {
        unsigned long long domain;
        enum fact fact;
    } known[] = {{AF_UNIX, FACT_socket_unix},
                 {AF_INET, FACT_socket_inet},
                 {AF_INET6, FACT_socket_inet6},
                 {AF_NETLINK, FACT_socket_netlink},
                 {AF_PACKET, FACT_socket_packet}};
    const unsigned long long all = 0xffffffff, type = 15;
    const unsigned long long stream = is_mips(a) ? 2 : SOCK_STREAM;
    const unsigned long long datagram = is_mips(a) ? 1 : SOCK_DGRAM;
    struct consts c = consts_of_argument(a, at, d, 0);
    struct consts t = consts_of_argument(a, at, d, 1);
    bool net = false;

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if ((pair && i) || !may_be_one(&c, known[i].domain, all))
            continue;
        facts_add(f, known[i].fact, NULL, at->from, at->at);
        net |= known[i].fact == FACT_socket_inet ||
               known[i].fact == FACT_socket_inet6;
    }
    if (net && may_be_one(&t, stream, type))
        facts_add(f, FACT_socket_stream, NULL, at->from, at->at);
    if (net && may_be_one(&t, datagram, type))
        facts_add(f, FACT_socket_datagram, NULL, at->from, at->at);
    consts_free(&t);
    consts_free(&c);
}

/* Options of IP and IPv6 about groups, by Linux's numbers. */
static void groups_used(struct analysis *a, struct facts *f,
                        const struct def *d, const struct call *at)
{
    static const unsigned long long v4[] = {32, 33, 34, 35, 36, 37, 38, 39, 40,
                                            41, 42, 43, 44, 45, 46, 47, 48, 49};
    static const unsigned long long v6[] = {17, 18, 19, 20, 21, 27, 28, 29,
                                            42, 43, 44, 45, 46, 47, 48};
    const unsigned long long all = 0xffffffff;
    struct consts level = consts_of_argument(a, at, d, 1);
    struct consts name = consts_of_argument(a, at, d, 2);

    if ((may_be_one(&level, IPPROTO_IP, all) &&
         may_be(&name, v4, sizeof v4 / sizeof *v4, all)) ||
        (may_be_one(&level, IPPROTO_IPV6, all) &&
         may_be(&name, v6, sizeof v6 / sizeof *v6, all)))
        facts_add(f, FACT_socket_group, NULL, at->from, at->at);
    consts_free(&name);
    consts_free(&level);
}

static void one_use(struct analysis *a, struct facts *f, const struct row *r,
                    const struct def *d, const struct call *at)
{
    one_call(a, f, r, d, at);
    if (r->fact == FACT_map)
        mappings_used(a, f, d, at);
    if (r->fact == FACT_socket)
        domains_used(a, f, d, at, !strcmp(r->function, "socketpair"));
    if (r->fact == FACT_socket_option && !strcmp(r->function, "setsockopt"))
        groups_used(a, f, d, at);
}

static void one_function(struct analysis *a, struct facts *f,
                         const struct row *r)
{
    struct def *d = reached_named(a, r->function);
    struct call pointer = {0};

    if (!d || is_app(d))
        return;
    for (size_t i = 0; i < arrlenu(d->callers); i++)
        one_use(a, f, r, d, &d->callers[i]);
    if (d->taken_run != a->run.number)
        return;
    pointer.from = d->taken_by.from;
    one_use(a, f, r, d, &pointer);
}

void fact_argument(struct analysis *a, struct facts *f)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        one_function(a, f, &rows[i]);
}
