/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * config.c: the configuration, to read and to compile.
 *
 * unicore.config has Kconfig's syntax, config.h the same as C constants, each
 * with the expression that set it. init.c calls the start-up steps of the
 * components that are in use, in order, by name, so that dead-code elimination
 * sees every edge; so does uc_poll() with what is to be done while waiting
 * (uc/sched.h).
 */
#include "analyzer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static int by_name(const void *x, const void *y)
{
    return strcmp((*(const struct knob *const *)x)->name,
                  (*(const struct knob *const *)y)->name);
}

const struct knob **knobs_sorted(struct analysis *a)
{
    const struct knob **list = NULL;

    for (size_t i = 0; i < shlenu(a->program.names); i++)
        if (has_prefix(a->program.names[i].key, "CFG_"))
            pool_knob(&a->pool, a->program.names[i].key + strlen("CFG_"));
    for (size_t i = 0; i < arrlenu(a->pool.implied); i++)
        arrput(list, a->pool.implied[i]);

    for (size_t i = 0; i < arrlenu(a->pool.components); i++) {
        const struct component *c = a->pool.components[i];
        for (size_t k = 0; c->fits && k < arrlenu(c->knobs); k++)
            if (pool_knob(&a->pool, c->knobs[k].name) == &c->knobs[k])
                arrput(list, &c->knobs[k]);
    }
    if (list)
        qsort(list, arrlenu(list), sizeof *list, by_name);
    return list;
}

void config_write(struct analysis *a)
{
    const struct knob **knobs = knobs_sorted(a);
    struct buf config = {0}, header = {0};

    buf_printf(&config, "# unicore.config for %s, made by unicore-analyze\n",
               a->options.target);
    buf_str(&header, "/* config.h: the knobs, made by unicore-analyze */\n");
    for (size_t i = 0; i < arrlenu(knobs); i++) {
        const char *name = knobs[i]->name, *why = expr_text(knobs[i]->value);
        long value = expr_value(knobs[i]->value, &a->facts);

        buf_printf(&config, "\n# %s\n", why);
        if (value == 0)
            buf_printf(&config, "# CONFIG_%s is not set\n", name);
        else if (value == 1)
            buf_printf(&config, "CONFIG_%s=y\n", name);
        else
            buf_printf(&config, "CONFIG_%s=%ld\n", name, value);
        buf_printf(&header, "#define CFG_%s %ld /* %s */\n", name, value, why);
    }
    arrfree(knobs);
    product_write(a, "unicore.config", &config);
    product_write(a, "config.h", &header);
}

/* ---- init.c ---- */

static int by_order(const void *x, const void *y)
{
    const struct init_use *a = x, *b = y;

    if (a->step->order != b->step->order)
        return a->step->order < b->step->order ? -1 : 1;
    int order = strcmp(a->component->path, b->component->path);
    return order ? order : strcmp(a->step->function, b->step->function);
}

/* A C string literal; the arguments may hold any byte. */
static void put_string(struct buf *b, const char *s, size_t n)
{
    buf_str(b, "\"");
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)s[i];
        if (isalnum(c) || strchr(" -_=/.,+@%", c))
            buf_add(b, &s[i], 1);
        else
            buf_printf(b, "\\%03o", c);
    }
    buf_str(b, "\"");
}

/* Words of --args: separated by blanks, quotes as in a shell, `\` escapes. */
static char **split_args(const char *s)
{
    char **words = NULL;
    struct buf w = {0};
    char quote = 0;
    bool open = false;

    for (; *s; s++) {
        if (!quote && (*s == '"' || *s == '\'')) {
            quote = *s;
            open = true;
        } else if (quote && *s == quote) {
            quote = 0;
        } else if (!quote && isspace((unsigned char)*s)) {
            if (open)
                arrput(words, xstrndup(w.p ? w.p : "", w.n));
            buf_free(&w);
            open = false;
        } else {
            if (*s == '\\' && quote != '\'' && s[1])
                s++;
            buf_add(&w, s, 1);
            open = true;
        }
    }
    if (open)
        arrput(words, xstrndup(w.p ? w.p : "", w.n));
    buf_free(&w);
    return words;
}

/*
 * argv for uc_start, where CFG_ARGS is 1: writable as C wants it, NULL-ended;
 * the program's name, uc_args[0], is for uc_start to fill in.
 */
static void put_args(const struct analysis *a, struct buf *b)
{
    char **words = split_args(a->options.args);
    size_t n = arrlenu(words);

    buf_str(b, "\n");
    for (size_t i = 0; i < n; i++) {
        buf_printf(b, "static char arg%zu[] = ", i + 1);
        put_string(b, words[i], strlen(words[i]));
        buf_str(b, ";\n");
        free(words[i]);
    }
    buf_printf(b, "const int uc_args_count = %zu;\nchar *uc_args[] = {0, ",
               n + 1);
    for (size_t i = 0; i < n; i++)
        buf_printf(b, "arg%zu, ", i + 1);
    buf_str(b, "0};\n");
    arrfree(words);
}

/* What has to be looked after while everything waits: see uc/sched.h. */
static void put_poll(struct init_use *uses, struct buf *b)
{
    size_t steps = 0;

    buf_str(b, "\nunsigned long uc_poll(void)\n{\n"
               "    unsigned long first = -1UL;\n");
    for (size_t i = 0; i < arrlenu(uses); i++) {
        if (uses[i].step->order != POLL)
            continue;
        buf_printf(b,
                   "    unsigned long t%zu = %s(); /* %s */\n"
                   "    first = t%zu < first ? t%zu : first;\n",
                   i, uses[i].step->function, uses[i].component->path, i, i);
        steps++;
    }
    buf_printf(b, "    return first;\n}\nconst int uc_poll_steps = %zu;\n",
               steps);
}

void init_write(struct analysis *a)
{
    struct init_use *uses = a->run.inits;
    struct buf b = {0};

    if (uses)
        qsort(uses, arrlenu(uses), sizeof *uses, by_order);
    buf_str(&b, "/* init.c: start-up, made by unicore-analyze */\n");
    for (size_t i = 0; i < arrlenu(uses); i++)
        buf_printf(&b, "%s %s(void);\n",
                   uses[i].step->order == POLL ? "unsigned long" : "void",
                   uses[i].step->function);
    buf_str(&b, "void uc_init(void);\nunsigned long uc_poll(void);\n"
                "extern const int uc_poll_steps;\n");
    if (a->options.args)
        put_args(a, &b);
    if (a->options.ip) {
        buf_str(&b, "\nconst char uc_net_address[] = ");
        put_string(&b, a->options.ip, strlen(a->options.ip));
        buf_str(&b, ";\n");
    }
    buf_str(&b, "\nvoid uc_init(void)\n{\n");
    for (size_t i = 0; i < arrlenu(uses); i++)
        if (uses[i].step->order != POLL)
            buf_printf(&b, "    %s(); /* %d: %s */\n", uses[i].step->function,
                       uses[i].step->order, uses[i].component->path);
    buf_str(&b, "}\n");
    put_poll(uses, &b);
    product_write(a, "init.c", &b);
}
