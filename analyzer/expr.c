/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * expr.c: expressions over facts, for `when`, `knob` and `cut`.
 *
 *     threads && !(fork || exec)
 *     threads ? 16 : 1
 *
 * C's operators and their precedence: ?: || && == != < <= > >= + - * ! and
 * parentheses, over whole numbers and names of facts (1 or 0). A name that is
 * not in facts.def is an error. Recursive descent into an array of nodes;
 * nesting is bounded, since manifests may be hostile. Arithmetic wraps.
 */
#include "facts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_NESTING = 50
};
enum op {
    NUMBER,
    NAME,
    NOT,
    NEGATE,
    CHOOSE,
    OR,
    AND,
    EQ,
    NE,
    LE,
    GE,
    LT,
    GT,
    ADD,
    SUB,
    MUL
};

struct node {
    enum op op;
    long value;  /* NUMBER, NAME */
    int x, y, z; /* operands */
};
struct expr {
    char *text;
    struct node *nodes;
    int root;
};
struct parser {
    struct expr *e;
    const char *p, *where;
    int nesting;
    bool bad;
};

static int fail(struct parser *s, const char *what)
{
    if (!s->bad)
        error("%s: `%s`: %s at `%.20s`", s->where, s->e->text, what, s->p);
    s->bad = true;
    return 0;
}

static int node(struct parser *s, enum op op, int x, int y, int z)
{
    struct node n = {.op = op, .x = x, .y = y, .z = z};

    arrput(s->e->nodes, n);
    return (int)arrlen(s->e->nodes) - 1;
}

static int leaf(struct parser *s, enum op op, long value)
{
    int i = node(s, op, 0, 0, 0);

    s->e->nodes[i].value = value;
    return i;
}

static void blanks(struct parser *s)
{
    while (isspace((unsigned char)*s->p))
        s->p++;
}

/* Takes the token if it is next. `<` must not take the start of `<=`. */
static bool take(struct parser *s, const char *token)
{
    size_t n = strlen(token);

    blanks(s);
    if (strncmp(s->p, token, n) != 0)
        return false;
    if (n == 1 && strchr("<>!", token[0]) && s->p[1] == '=')
        return false;
    s->p += n;
    return true;
}

static int choice(struct parser *s);

static int number(struct parser *s)
{
    long value = 0;

    while (isdigit((unsigned char)*s->p)) {
        value = value * 10 + (*s->p++ - '0');
        if (value > 1000000000)
            return fail(s, "number too large");
    }
    return leaf(s, NUMBER, value);
}

static int name(struct parser *s)
{
    size_t n = 0;
    int fact;

    while (isalnum((unsigned char)s->p[n]) || s->p[n] == '_')
        n++;
    fact = fact_find(s->p, n);
    if (fact < 0)
        return fail(s, "not a fact of facts.def");
    s->p += n;
    return leaf(s, NAME, fact);
}

static int primary(struct parser *s)
{
    int x;

    blanks(s);
    if (s->nesting++ > MAX_NESTING)
        return fail(s, "nested too deeply");
    if (take(s, "(")) {
        x = choice(s);
        if (!s->bad && !take(s, ")"))
            return fail(s, "expected `)`");
    } else if (take(s, "!")) {
        x = primary(s);
        x = node(s, NOT, x, 0, 0);
    } else if (take(s, "-")) {
        x = primary(s);
        x = node(s, NEGATE, x, 0, 0);
    } else if (isdigit((unsigned char)*s->p)) {
        x = number(s);
    } else if (isalpha((unsigned char)*s->p) || *s->p == '_') {
        x = name(s);
    } else {
        return fail(s, "expected a fact, a number or `(`");
    }
    s->nesting--;
    return x;
}

static const struct {
    const char *token;
    enum op op;
    int level;
} binary[] = {{"||", OR, 0}, {"&&", AND, 1}, {"==", EQ, 2}, {"!=", NE, 2},
              {"<=", LE, 3}, {">=", GE, 3},  {"<", LT, 3},  {">", GT, 3},
              {"+", ADD, 4}, {"-", SUB, 4},  {"*", MUL, 5}};
enum {
    LEVELS = 6
};

static int level(struct parser *s, int l)
{
    int x = l == LEVELS ? primary(s) : level(s, l + 1);
    bool more = l < LEVELS;

    while (more && !s->bad) {
        more = false;
        for (size_t i = 0; i < sizeof binary / sizeof *binary; i++) {
            if (binary[i].level != l || !take(s, binary[i].token))
                continue;
            int y = level(s, l + 1);
            x = node(s, binary[i].op, x, y, 0);
            more = true;
            break;
        }
    }
    return x;
}

static int choice(struct parser *s)
{
    int x = level(s, 0), y, z;

    if (s->bad || !take(s, "?"))
        return x;
    if (s->nesting++ > MAX_NESTING)
        return fail(s, "nested too deeply");
    y = choice(s);
    if (!s->bad && !take(s, ":"))
        return fail(s, "expected `:`");
    z = choice(s);
    s->nesting--;
    return node(s, CHOOSE, x, y, z);
}

struct expr *expr_parse(const char *where, const char *text)
{
    struct expr *e = xcalloc(1, sizeof *e);
    struct parser s = {.e = e, .where = where};

    e->text = xstrdup(text);
    s.p = e->text;
    e->root = choice(&s);
    blanks(&s);
    if (!s.bad && *s.p)
        fail(&s, "unexpected text");
    if (s.bad) {
        expr_free(e);
        return NULL;
    }
    return e;
}

static long value(const struct expr *e, int i, const struct facts *f)
{
    const struct node *n = &e->nodes[i];
    long x, y;

    if (n->op == NUMBER)
        return n->value;
    if (n->op == NAME)
        return f->on[n->value];
    x = value(e, n->x, f);
    if (n->op == NOT)
        return !x;
    if (n->op == NEGATE)
        return (long)-(unsigned long)x;
    if (n->op == CHOOSE)
        return value(e, x ? n->y : n->z, f);
    y = value(e, n->y, f);
    switch (n->op) {
    case OR:
        return x || y;
    case AND:
        return x && y;
    case EQ:
        return x == y;
    case NE:
        return x != y;
    case LE:
        return x <= y;
    case GE:
        return x >= y;
    case LT:
        return x < y;
    case GT:
        return x > y;
    case ADD:
        return (long)((unsigned long)x + (unsigned long)y);
    case SUB:
        return (long)((unsigned long)x - (unsigned long)y);
    default:
        return (long)((unsigned long)x * (unsigned long)y);
    }
}

long expr_value(const struct expr *e, const struct facts *f)
{
    return value(e, e->root, f);
}

const char *expr_text(const struct expr *e)
{
    return e->text;
}

bool expr_uses(const struct expr *e, enum fact fact)
{
    for (size_t i = 0; i < arrlenu(e->nodes); i++)
        if (e->nodes[i].op == NAME && e->nodes[i].value == (long)fact)
            return true;
    return false;
}

void expr_free(struct expr *e)
{
    if (!e)
        return;
    arrfree(e->nodes);
    free(e->text);
    free(e);
}
