/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ir_asm.c: the names in assembly of C modules, at top level or in functions.
 *
 * Statement by statement, without knowing the instructions: a label, and what
 * `.set`, `.comm` or `=` gives a value, is defined; any other word but the
 * mnemonic may be a symbol that is wanted. Taking too many words is harmless,
 * as only known names count. Macros of the assembler are not expanded.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "ir.h"

struct scan {
    const char *text;
    size_t at, end;
    struct ir_asm_word *words;
};

static bool is_word(int c)
{
    return isalnum(c) || c == '_' || c == '.' || c == '$';
}

static bool is_at(const struct scan *s, const char *what)
{
    size_t n = strlen(what);

    return s->end - s->at >= n && !memcmp(s->text + s->at, what, n);
}

static void skip_until(struct scan *s, const char *what)
{
    while (s->at < s->end && !is_at(s, what))
        s->at++;
}

/* A word or a name in quotes at s->at; false, and one byte on, if none. */
static bool take_word(struct scan *s, struct ir_asm_word *w)
{
    const char *p = s->text;
    size_t from = s->at;

    *w = (struct ir_asm_word){.start = from};
    if (p[from] == '"') {
        for (s->at++; s->at < s->end && !strchr("\"\n", p[s->at]);)
            s->at++;
        w->name = p + from + 1;
        w->length = s->at - from - 1;
        s->at += s->at < s->end && p[s->at] == '"';
    } else if (is_word((unsigned char)p[from])) {
        while (s->at < s->end && is_word((unsigned char)p[s->at]))
            s->at++;
        from += p[from] == '$'; /* an immediate */
        w->start = from;
        w->name = p + from;
        w->length = s->at - from;
    } else {
        s->at++;
    }
    w->stop = s->at;
    return w->length > 0;
}

static bool is_any(const struct ir_asm_word *w, const char *const *list)
{
    for (; *list; list++)
        if (strlen(*list) == w->length && !memcmp(w->name, *list, w->length))
            return true;
    return false;
}

/* What comes after the first word of a statement, blanks skipped. */
static char after(const struct scan *s)
{
    size_t i = s->at;

    while (i < s->end && strchr(" \t", s->text[i]))
        i++;
    if (i + 1 < s->end && s->text[i] == '=' && s->text[i + 1] == '=')
        return 0;
    return i < s->end ? s->text[i] : 0;
}

static bool is_label(const struct ir_asm_word *w)
{
    return !isdigit((unsigned char)w->name[0]) &&
           !(w->length > 1 && w->name[0] == '.' && w->name[1] == 'L');
}

/* One statement, up to its end or its label's colon. */
static void scan_statement(struct scan *s)
{
    static const char *const setting[] = {".set",  ".equ",   ".equiv",
                                          ".comm", ".lcomm", NULL};
    static const char *const weak[] = {".weak", NULL};
    static const char *const section[] = {".section", ".pushsection", NULL};
    struct ir_asm_word w;
    bool first = true, sets = false, weakens = false, places = false;

    while (s->at < s->end && !strchr("\n;", s->text[s->at])) {
        char c = s->text[s->at];
        if (c == '#' || is_at(s, "//")) {
            skip_until(s, "\n");
        } else if (is_at(s, "/*")) {
            skip_until(s, "*/");
        } else if (c == '%' || c == '@') { /* a register, a type */
            s->at++;
            take_word(s, &w);
        } else if (take_word(s, &w)) {
            char next = first ? after(s) : 0;
            w.defines = sets || (next == ':' && is_label(&w)) || next == '=';
            w.weak = weakens;
            w.section = places;
            sets = first && is_any(&w, setting);
            places = first && is_any(&w, section);
            weakens = weakens || (first && is_any(&w, weak));
            if (!first || w.defines)
                arrput(s->words, w);
            first = next == ':';
        }
    }
    s->at++;
}

struct ir_asm_word *ir_asm_words(const char *text, size_t n)
{
    struct scan s = {.text = text, .end = n};

    while (s.at < s.end)
        scan_statement(&s);
    return s.words;
}

bool ir_asm_is_weak(struct ir_asm_word *words, const char *name)
{
    for (size_t i = 0; i < arrlenu(words); i++)
        if (words[i].weak && strlen(name) == words[i].length &&
            !memcmp(words[i].name, name, words[i].length))
            return true;
    return false;
}

/* ---- local names ---- */

static LLVMValueRef local_named(LLVMModuleRef m, const char *name)
{
    LLVMValueRef v = LLVMGetNamedFunction(m, name);

    if (!v)
        v = LLVMGetNamedGlobal(m, name);
    if (!v)
        v = LLVMGetNamedGlobalAlias(m, name, strlen(name));
    return v && ir_is_local(v) ? v : NULL;
}

/* The text with the new names of m's locals, or NULL if it names none. */
static char *renamed(LLVMModuleRef m, const char *text, size_t n,
                     const char *tag, size_t *length)
{
    struct ir_asm_word *words = ir_asm_words(text, n);
    struct buf b = {0};
    size_t done = 0;

    for (size_t i = 0; i < arrlenu(words); i++) {
        const struct ir_asm_word *w = &words[i];
        char *name = format("%.*s:%s", (int)w->length, w->name, tag);
        if (local_named(m, name)) {
            buf_add(&b, text + done, w->start - done);
            buf_printf(&b, "\"%s\"", name);
            done = w->stop;
        }
        free(name);
    }
    if (b.p)
        buf_add(&b, text + done, n - done);
    arrfree(words);
    *length = b.n;
    return b.p;
}

static void rename_call(LLVMModuleRef m, LLVMValueRef call, const char *tag)
{
    LLVMValueRef old = LLVMGetCalledValue(call);
    size_t n, length, constraints;
    const char *text = LLVMGetInlineAsmAsmString(old, &n);
    char *now = renamed(m, text, n, tag, &length);

    if (!now)
        return;
    text = LLVMGetInlineAsmConstraintString(old, &constraints);
    LLVMSetOperand(call, (unsigned)LLVMGetNumOperands(call) - 1,
                   LLVMGetInlineAsm(LLVMGetInlineAsmFunctionType(old), now,
                                    length, text, constraints,
                                    LLVMGetInlineAsmHasSideEffects(old),
                                    LLVMGetInlineAsmNeedsAlignedStack(old),
                                    LLVMGetInlineAsmDialect(old),
                                    LLVMGetInlineAsmCanUnwind(old)));
    free(now);
}

void ir_asm_rename(LLVMModuleRef m, const char *tag)
{
    size_t n, length;
    const char *text = LLVMGetModuleInlineAsm(m, &n);
    char *now = n ? renamed(m, text, n, tag, &length) : NULL;

    if (now)
        LLVMSetModuleInlineAsm2(m, now, length);
    free(now);
    IR_EACH_FUNCTION (f, m)
        IR_EACH_BLOCK (b, f)
            IR_EACH_INST (i, b)
                if (ir_is_call(i) && LLVMIsAInlineAsm(LLVMGetCalledValue(i)))
                    rename_call(m, i, tag);
}
