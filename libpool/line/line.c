/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * line.c: the command line, as a shell would read it:
 *
 *     NAME=VALUE ... program argument ...
 *
 * Words end at spaces. A backslash takes the next byte as it is, everywhere;
 * ' and " group. Assignments before the program's name are the environment.
 * The result is the stack of a new Linux process: argc, argv, environment,
 * auxiliary vector.
 */
#include <stddef.h>
#include <uc/config.h>
#include <uc/line.h>
#include <uc/string.h>

#include "words.h"

enum {
    AUX_PAGE_SIZE = 6, /* AT_PAGESZ */
    PAGE = 4096
};

/* Numbers: without uc_plat_word, nothing is kept. */
uintptr_t uc_line_words, uc_line_word_count;

struct words {
    const char *text;
    char *out; /* the words, each ended by NUL */
    size_t count, assignments;
};

/* One word from text to out; true if it has a plain `=`. */
static int take_word(struct words *w)
{
    char quote = 0;
    int assigns = 0;

    for (; *w->text && (quote || *w->text != ' '); w->text++) {
        char c = *w->text;
        if (c == '\\' && w->text[1]) {
            c = *++w->text;
        } else if (c == quote) {
            quote = 0;
            continue;
        } else if (!quote && (c == '"' || c == '\'')) {
            quote = c;
            continue;
        } else if (c == '=') {
            assigns = 1;
        }
        *w->out++ = c;
    }
    *w->out++ = 0;
    return assigns;
}

static void split(struct words *w)
{
    for (;;) {
        while (*w->text == ' ')
            w->text++;
        if (!*w->text)
            return;
        if (take_word(w) && w->assignments == w->count)
            w->assignments++;
        w->count++;
    }
}

/* n pointers to the words at s, then a null; s moves behind them. */
static long *point(long *sp, const char **s, size_t n)
{
    while (n--) {
        *sp++ = (long)*s;
        while (*(*s)++)
            ;
    }
    *sp++ = 0;
    return sp;
}

_Noreturn static void start_with(const char *text)
{
    char *strings = __builtin_alloca(strlen(text) + 2);
    struct words w = {text, strings, 0, 0};

    split(&w);
    uc_plat_line_read();

    const char *environment = strings, *arguments = strings;
    for (size_t i = 0; i < w.assignments; i++)
        while (*arguments++)
            ;
    if (CFG_WORD) {
        uc_line_words = (uintptr_t)strings;
        uc_line_word_count = w.assignments;
    }
    long *start = __builtin_alloca((w.count + 8) * sizeof *start), *sp = start;
    *sp++ = (long)(w.count - w.assignments);
    sp = point(sp, &arguments, w.count - w.assignments);
    sp = point(sp, &environment, CFG_ENV ? w.assignments : 0);
    *sp++ = AUX_PAGE_SIZE;
    *sp++ = PAGE;
    *sp++ = 0;
    *sp++ = 0;
    uc_start(start);
}

_Noreturn void uc_line_start(void)
{
    if (CFG_ARGV || CFG_ENV || CFG_WORD)
        start_with(uc_plat_line());

    long none[8] = {0}; /* no arguments, no environment, the page size */
    none[3] = AUX_PAGE_SIZE;
    none[4] = PAGE;
    uc_start(none);
}
