/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * eval_reasons.c: what a program asks of the system, and why, from `facts` and
 * `reached` among its products.
 *
 * A line of `reached` names the line that found it: the chain of a component
 * goes from the first of its functions that was found back to what the program
 * does, or to the platform's entry. A fact's chain is its evidence.
 */
#include "eval_survey.h"

#include <stdlib.h>
#include <string.h>

enum {
    MOST_LINKS = 12
};

struct line {
    char *kind, *part, *name;
    long parent; /* line, or -1 */
};

static struct line *read_lines(char *text)
{
    struct line *all = NULL;
    char *save = NULL;

    for (char *p = text ? strtok_r(text, "\n", &save) : NULL; p;
         p = strtok_r(NULL, "\n", &save)) {
        char *f[6] = {p};
        for (int i = 1; i < 6 && f[i - 1]; i++) {
            f[i] = strchr(f[i - 1], '\t');
            if (f[i])
                *f[i]++ = 0;
        }
        struct line l = {f[0], f[2], f[3], -1};
        if (f[5])
            l.parent = f[5][0] == '-' ? -1 : strtol(f[5], NULL, 10);
        arrput(all, l);
    }
    return all;
}

/* Without the file that a local name carries. */
static char *short_name(const char *name)
{
    return xstrndup(name, strcspn(name, ":"));
}

static char *chain_from(struct line *all, long at)
{
    struct buf b = {0};

    for (int i = 0; at >= 0 && at < (long)arrlenu(all); i++) {
        if (i == MOST_LINKS) {
            buf_str(&b, " < ...");
            break;
        }
        char *name = short_name(all[at].name);
        buf_printf(&b, "%s%s", i ? " < " : "", name);
        bool is_main = !strcmp(name, "main") && !strcmp(all[at].part, "app");
        free(name);
        if (is_main) /* what starts it is the same for all */
            break;
        at = all[at].parent;
    }
    return b.p;
}

static void add_reason(struct program *p, const char *what, char *chain)
{
    struct reason r = {xstrdup(what), chain ? chain : xstrdup("")};

    for (size_t i = 0; i < arrlenu(p->reasons); i++)
        if (!strcmp(p->reasons[i].what, what))
            return;
    arrput(p->reasons, r);
}

/* The functions that are in it; of the program and local ones, not. */
static void read_reached(struct program *p)
{
    char *path = path_join(p->dir, "reached"), *text = file_read(path, NULL);
    struct line *all = read_lines(text);

    for (size_t i = 0; i < arrlenu(all); i++) {
        const struct line *l = &all[i];
        if (!l->name)
            continue;
        if (strchr(l->part, '/'))
            add_reason(p, l->part, chain_from(all, (long)i));
        if (strcmp(l->kind, "function") != 0)
            continue;
        if (has_prefix(l->name, "uc_sys_"))
            arrput(p->syscalls, xstrdup(l->name + strlen("uc_sys_")));
        else if (has_prefix(l->part, "libpool/libc/") &&
                 !strchr(l->name, ':') && !has_prefix(l->name, "__"))
            arrput(p->libc, xstrdup(l->name));
    }
    arrfree(all);
    free(text);
    free(path);
}

/* ---- facts ---- */

struct fact {
    char *key;
    bool value;
};

static const char *class_of(struct fact *facts)
{
    static const char *const all[][2] = {{"sockets", "network"},
                                         {"threads", "threads, processes"},
                                         {"fork", "threads, processes"},
                                         {"exec", "threads, processes"},
                                         {"opens", "files"}};

    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (shgeti(facts, KEY(all[i][0])) >= 0)
            return all[i][1];
    return "console";
}

/* The evidence below a fact's line, to the next fact. */
static char *evidence_of(const char *line)
{
    struct buf b = {0};
    const char *p = strchr(line, '\n');

    for (int i = 0; p && has_prefix(p, "\n>>> ") && i < MOST_LINKS; i++) {
        p += strlen("\n>>> ");
        size_t n = strcspn(p, "\n");
        if (b.n)
            buf_str(&b, "; ");
        buf_add(&b, p, n);
        p = p[n] ? p + n : NULL;
    }
    if (b.n)
        buf_add(&b, "", 1);
    return b.p;
}

/* A name's first line only: a fact may have one for each of its details. */
static void read_facts(struct program *p)
{
    char *path = path_join(p->dir, "facts"), *text = file_read(path, NULL);
    struct fact *facts = NULL;

    sh_new_strdup(facts);
    for (char *line = text, *next; line && *line; line = next) {
        char *end = strchr(line, '\n');
        next = end ? end + 1 : NULL;
        if (line[0] == '>')
            continue;
        char *name = xstrndup(line, strcspn(line, " \n"));
        if (shgeti(facts, name) < 0) {
            shput(facts, name, true);
            arrput(p->asks, xstrdup(name));
            add_reason(p, name, evidence_of(line));
        }
        free(name);
    }
    p->class = class_of(facts);
    p->facts = (double)shlenu(facts);
    shfree(facts);
    free(text);
    free(path);
}

void program_reasons(struct program *p)
{
    read_facts(p);
    read_reached(p);
    p->syscalls_n = (double)arrlenu(p->syscalls);
    p->libc_n = (double)arrlenu(p->libc);
}
