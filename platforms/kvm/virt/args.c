/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * args.c: the command line, as a shell would read it:
 *
 *     NAME=VALUE ... program argument ...
 *
 * Words end at spaces. A backslash takes the next byte as it is, everywhere;
 * ' and " group. Assignments before the program's name are the environment.
 * The result is the stack of a new Linux process: argc, argv, environment,
 * auxiliary vector.
 */
#include <uc/config.h>
#include <uc/string.h>

#include "boot.h"

/* Numbers: without uc_plat_word, nothing is kept. */
uintptr_t uc_boot_words, uc_boot_word_count;

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

_Noreturn void uc_boot_args(const char *text)
{
    size_t length = strlen(text);
    char *strings = __builtin_alloca(length + 2);
    struct words w = {text, strings, 0, 0};

    split(&w);
    const char *environment = strings, *arguments = strings;
    for (size_t i = 0; i < w.assignments; i++)
        while (*arguments++)
            ;
    if (CFG_WORD) {
        uc_boot_words = (uintptr_t)strings;
        uc_boot_word_count = w.assignments;
    }
    long *start = __builtin_alloca((w.count + 8) * sizeof *start), *sp = start;
    *sp++ = (long)(w.count - w.assignments);
    sp = point(sp, &arguments, w.count - w.assignments);
    sp = point(sp, &environment, CFG_ENV ? w.assignments : 0);
    *sp++ = AUX_PAGE_SIZE;
    *sp++ = 4096;
    *sp++ = 0;
    *sp++ = 0;
    uc_start(start);
}
