/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fact_file.c: which paths are opened and how, which descriptors are read and
 * written, which signals are handled: constants at the calls of libc.
 */
#include "analyzer.h"

#include <stdlib.h>
#include <string.h>

enum { /* O_WRONLY RDWR CREAT TRUNC */
    WRITING = 01 | 02 | 0100 | 01000,
    WRITING_MIPS = 01 | 02 | 0400 | 01000
};

/* ---- opens ---- */

static const struct opener {
    const char *function;
    unsigned path, how;
    bool mode; /* `how` is fopen's string, not flags */
} openers[] = {{"open", 0, 1, false},
               {"openat", 1, 2, false},
               {"fopen", 0, 1, true},
               {"freopen", 0, 1, true}};

/* "rdonly", "write" or "?" */
static const char *how_of(struct analysis *a, const struct opener *o,
                          const struct consts *c)
{
    bool write = false, mips = strncmp(a->options.arch, "mips", 4) == 0;
    unsigned writing = mips ? WRITING_MIPS : WRITING;

    for (size_t i = 0; i < arrlenu(c->values); i++) {
        LLVMValueRef v = c->values[i].value;
        if (o->mode) {
            char *text = const_string(a, v);
            if (!text)
                return "?";
            write |= text[0] != 'r' || strchr(text, '+');
            free(text);
        } else if (LLVMIsAConstantInt(v)) {
            write |= (LLVMConstIntGetZExtValue(v) & writing) != 0;
        } else {
            return "?";
        }
    }
    return c->top ? "?" : write ? "write" : "rdonly";
}

static void add_open(struct facts *f, const char *path, const char *how,
                     const struct call *c)
{
    char *detail = format("%s %s", path, how);

    for (char *p = detail; *p; p++)
        if (*p < ' ')
            *p = '?';
    facts_add(f, FACT_opens, detail, c->from, c->at);
    if (strcmp(how, "rdonly") != 0)
        facts_add(f, FACT_file_write, NULL, c->from, c->at);
    free(detail);
}

static void opened(struct analysis *a, struct facts *f, const struct opener *o,
                   const struct def *d, const struct call *c)
{
    struct consts paths = consts_of_argument(a, c, d, o->path);
    struct consts hows = consts_of_argument(a, c, d, o->how);
    const char *how = how_of(a, o, &hows);

    for (size_t i = 0; i < arrlenu(paths.values); i++) {
        char *path = const_string(a, paths.values[i].value);
        if (path || !LLVMIsNull(paths.values[i].value))
            add_open(f, path ? path : "?", how, c);
        free(path);
    }
    if (paths.top)
        add_open(f, "?", how, c);
    consts_free(&paths);
    consts_free(&hows);
}

static void opens(struct analysis *a, struct facts *f)
{
    struct call any = {0};

    for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
        struct def *d = reached_named(a, openers[i].function);
        if (!d || is_app(d))
            continue;
        for (size_t k = 0; k < arrlenu(d->callers); k++)
            opened(a, f, &openers[i], d, &d->callers[k]);
        any.from = d->taken_by.from;
        if (d->taken_run == a->run.number)
            add_open(f, "?", "?", &any);
    }
}

/* ---- standard streams ---- */

/*
 * Functions that use the descriptor in the numbered argument. What makes a
 * second name for it counts as a use: the name's number is not followed.
 */
#define NAMES_FD "dup:0 dup2:0 dup3:0 fcntl:0 fdopen:0 "
#define READS_FD                                                               \
    NAMES_FD "read:0 readv:0 pread:0 preadv:0 preadv2:0 recv:0 recvfrom:0 "    \
             "recvmsg:0 splice:0 tee:0 copy_file_range:0 sendfile:1"
#define WRITES_FD                                                              \
    NAMES_FD "write:0 writev:0 pwrite:0 pwritev:0 pwritev2:0 send:0 "          \
             "sendto:0 sendmsg:0 dprintf:0 vdprintf:0 splice:2 tee:1 "         \
             "copy_file_range:2 sendfile:0"

static const struct stream {
    enum fact fact;
    const char *objects[2]; /* of musl, of newlib */
    const char *functions;
    int descriptor;
} streams[] = {
    {FACT_stdin, {"__stdin_FILE", "uc_stdin"}, READS_FD, 0},
    {FACT_stdout, {"__stdout_FILE", "uc_stdout"}, WRITES_FD, 1},
    {FACT_stderr, {"__stderr_FILE", "uc_stderr"}, WRITES_FD, 2},
};

static bool may_be(const struct consts *c, int n)
{
    for (size_t i = 0; i < arrlenu(c->values); i++)
        if (!LLVMIsAConstantInt(c->values[i].value) ||
            LLVMConstIntGetSExtValue(c->values[i].value) == n)
            return true;
    return c->top;
}

static void descriptor(struct analysis *a, struct facts *f,
                       const struct stream *s, struct def *d, unsigned k)
{
    if (d->taken_run == a->run.number)
        facts_add(f, s->fact, NULL, d->taken_by.from, d->taken_by.at);
    for (size_t i = 0; i < arrlenu(d->callers) && !f->on[s->fact]; i++) {
        struct consts c = consts_of_argument(a, &d->callers[i], d, k);
        if (may_be(&c, s->descriptor))
            facts_add(f, s->fact, NULL, d->callers[i].from, d->callers[i].at);
        consts_free(&c);
    }
}

static void stream(struct analysis *a, struct facts *f, const struct stream *s)
{
    char *names = xstrdup(s->functions), *rest = names, *name;

    for (int i = 0; i < 2; i++) {
        struct def *object = reached_named(a, s->objects[i]);
        if (object && reached(a, object))
            facts_add(f, s->fact, NULL, object->found.from, object->found.at);
    }
    while ((name = strsep(&rest, " "))) {
        char *number = strchr(name, ':');
        *number++ = 0;
        struct def *d = reached_named(a, name);
        if (d && !is_app(d))
            descriptor(a, f, s, d, (unsigned)atoi(number));
    }
    free(names);
}

/* ---- signals ---- */

static void signals(struct analysis *a, struct facts *f, const char *name)
{
    struct def *d = reached_named(a, name);

    for (size_t i = 0; d && i < arrlenu(d->callers); i++) {
        struct consts c = consts_of_argument(a, &d->callers[i], d, 0);
        for (size_t k = 0; k < arrlenu(c.values); k++) {
            LLVMValueRef v = c.values[k].value;
            if (!LLVMIsAConstantInt(v))
                continue;
            char *n = format("%lld", LLVMConstIntGetSExtValue(v));
            facts_add(f, FACT_signals, n, d->callers[i].from, d->callers[i].at);
            free(n);
        }
        if (c.top)
            facts_add(f, FACT_signals, "?", d->callers[i].from,
                      d->callers[i].at);
        consts_free(&c);
    }
}

void fact_file(struct analysis *a, struct facts *f)
{
    opens(a, f);
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++)
        stream(a, f, &streams[i]);
    signals(a, f, "sigaction");
    signals(a, f, "signal");
}
