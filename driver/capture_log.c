/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture_log.c: why a build failed, from its log: the first message of the
 * compiler, the linker or configure, and what that means for this program.
 */
#include "build.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_LINES = 10
};

static const char *const messages[] = {
    ": error: ",          ": fatal error: ",
    "configure: error: ", "CMake Error",
    "internal error: ",   "*** ",
    "not found",          NULL,
};

/* The first line of the log that holds one of the messages. */
static char *first_message(char *log)
{
    for (const char *const *m = messages; *m; m++) {
        char *p = strstr(log, *m);

        while (p && p > log && p[-1] != '\n')
            p--;
        if (p)
            return p;
    }
    return NULL;
}

static void print_lines(const char *p)
{
    for (int i = 0; i < MAX_LINES && *p; i++) {
        size_t n = strcspn(p, "\n");

        if (i && (!n || has_prefix(p, "make") || has_prefix(p, "+ ")))
            return;
        evidence("%.*s", (int)n, p);
        p += n + (p[n] == '\n');
    }
}

/* The text between before and after in the log, or NULL. */
static char *between(const char *log, const char *before, const char *after)
{
    const char *p = strstr(log, before), *end;

    if (!p)
        return NULL;
    p += strlen(before);
    end = p + strcspn(p, "\n");
    const char *stop = strstr(p, after);
    return xstrndup(p, (size_t)((stop && stop < end ? stop : end) - p));
}

static void print_cures(const char *log)
{
    char *header = between(log, "fatal error: '", "' file not found");
    char *lib = between(log, "unable to find library -l", "\n");

    if (header)
        note("the header %s is not in the pool: there is no port of the "
             "library that it belongs to",
             header);
    if (lib)
        note("the library %s is not in the pool: there is no port of it", lib);
    if (strstr(log, "undefined symbol: main"))
        note("none of the sources defines main");
    if (strstr(log, "duplicate symbol: main\n"))
        note("main is defined more than once: name the files of one program");
    free(header);
    free(lib);
}

/* The compilers work in TMPDIR and in the cache, and crash when one is full. */
static bool explain_space(const struct build *b, const char *log)
{
    const char *tmp = getenv("TMPDIR"), *full = NULL;

    if (!tmp || !*tmp)
        tmp = "/tmp";
    if (disk_lacks(tmp, DISK_LEAST))
        full = tmp;
    else if (disk_lacks(b->dir, DISK_LEAST))
        full = "the cache";
    if (!full && !(log && strstr(log, NO_SPACE)))
        return false;
    error("%s: it does not build: " NO_SPACE, b->name);
    if (full)
        evidence("%s is full", full);
    return true;
}

void log_explain(const struct build *b)
{
    char *log = file_read(b->log, NULL);
    const char *p = log ? first_message(log) : NULL;
    bool space = explain_space(b, log);

    if (!space)
        error("%s: it does not build", b->name);
    if (p && !space) {
        print_lines(p);
        print_cures(p);
    }
    note("the full log is %s", b->log);
    free(log);
}
