/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * capture_log.c: why a build failed, from its log: the first message of the
 * compiler, the linker or configure, and what that means for this program.
 */
#include "build.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_LINES = 10,
    MAX_PLACES = 3
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

/* ---- undefined symbols: lld's lines, without its temporary objects ---- */

/* `/tmp/unicore-cc.X/0-zip.o:(main)`: " in main"; "" if it is no function. */
static char *function_of(const char *line, size_t n)
{
    const char *open = memchr(line, '(', n);
    const char *close = open ? memchr(open, ')', n - (size_t)(open - line)) : 0;

    if (!close || open[1] == '.')
        return xstrdup("");
    return format(" in %.*s", (int)(close - open - 1), open + 1);
}

/* The source, `zip.c:88`; of an object path, the object's name. */
static char *source_of(const char *place, size_t n)
{
    size_t length = strcspn(place, " (\n");
    char *path = xstrndup(place, length < n ? length : n), *name;
    const char *base = path_base(path);

    if (has_prefix(path, "/") && isdigit((unsigned char)*base))
        base += strspn(base, "0123456789-"); /* unicore-cc numbers them */
    name = xstrndup(base, strcspn(base, ":"));
    if (path_base(path) == path || !strchr(base, ':')) {
        free(name);
        name = xstrdup(path);
    }
    free(path);
    return name;
}

/* The `>>>` lines at p, two to a reference; returns what follows. */
static const char *print_references(const char *p)
{
    static const char by[] = ">>> referenced by ";

    for (int shown = 0; has_prefix(p, ">>>"); shown++) {
        const char *next = p + strcspn(p, "\n");
        const char *place = has_prefix(p, by) ? p + strlen(by) : p + 3;
        char *source = source_of(place, (size_t)(next - place)), *function;

        next += *next == '\n';
        if (has_prefix(next, ">>>") && !has_prefix(next, by)) {
            function = function_of(next, strcspn(next, "\n"));
            next += strcspn(next, "\n");
            next += *next == '\n';
        } else {
            function = function_of(p, strcspn(p, "\n"));
        }
        if (shown < MAX_PLACES)
            evidence("referenced by %s%s", source, function);
        free(source);
        free(function);
        p = next;
    }
    return p;
}

/* A build may link more than once: is the name new? */
static bool is_new(char ***names, const char *p, size_t n)
{
    for (size_t i = 0; i < arrlenu(*names); i++)
        if (strlen((*names)[i]) == n && !memcmp((*names)[i], p, n))
            return false;
    arrput(*names, xstrndup(p, n));
    return true;
}

/* True if the link failed for want of definitions; prints which. */
static bool print_undefined(const char *log)
{
    static const char what[] = "error: undefined symbol: ";
    const char *p = log;
    char **names = NULL;

    while ((p = strstr(p, what))) {
        p += strlen(what);
        size_t n = strcspn(p, "\n");
        if (!is_new(&names, p, n) || arrlenu(names) > MAX_LINES)
            continue;
        evidence("undefined symbol: %.*s", (int)n, p);
        p = print_references(p + n + (p[n] == '\n'));
    }
    if (arrlenu(names) > MAX_LINES)
        evidence("and %zu more undefined symbols", arrlenu(names) - MAX_LINES);
    if (names && !strstr(log, "undefined symbol: main\n"))
        note("no source of the program and no library in the pool defines %s: "
             "there is no port of the library; build its sources into the "
             "program",
             arrlenu(names) > 1 ? "these" : "it");
    return names != NULL;
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
        if (!print_undefined(log))
            print_lines(p);
        print_cures(p);
    }
    note("the full log is %s", b->log);
    free(log);
}
