/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * run_fault.c: explains a fault line, which both platforms have in one form:
 *
 *     unicore: fault 14 error=2 ip=100a31 sp=3ffffff0 ... address=0 rax=...
 *     >>> in copy+0x31
 *     >>> write at 0x0, where nothing is mapped (a null pointer)
 *
 * Vectors and page fault codes are the processor's. Cut calls have addresses
 * from 0x1000 on (ARCHITECTURE.md).
 */
#include "run.h"

#include <elf.h>
#include <inttypes.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum {
    CUT_START = 0x1000,
    CUT_STEP = 4,
    CUT_END = 0x40000,   /* more numbers than any program has functions */
    STACK_REACH = 65536, /* how far below sp an overflow is still one */
    PAGE_FAULT = 14,
    USER = 4, /* of its error code */
};

/* The reason in `dropped` of what the analysis never reached. */
static const char NOT_REACHED[] = "not reached";

static bool field(const char *line, const char *key, uint64_t *v)
{
    const char *p = strstr(line, key);

    if (!p)
        return false;
    *v = strtoull(p + strlen(key), NULL, 16);
    return true;
}

bool fault_parse(const char *line, struct fault *f)
{
    const char *p = strstr(line, "unicore: fault ");

    if (!p)
        return false;
    f->vector = strtoull(p + strlen("unicore: fault "), NULL, 10);
    return field(p, " error=", &f->error) && field(p, " ip=", &f->ip) &&
           field(p, " sp=", &f->sp) && field(p, " address=", &f->address);
}

int fault_signal(const struct fault *f)
{
    switch (f->vector) {
    case 0:
    case 16:
    case 19:
        return SIGFPE;
    case 1:
    case 3:
        return SIGTRAP;
    case 6:
        return SIGILL;
    case 17:
        return SIGBUS;
    default:
        return SIGSEGV;
    }
}

/* Only where something is mapped does it tell a write from a read. */
uint64_t fault_code(const struct options *o, const struct fault *f, bool mapped)
{
    uint64_t code = USER | (mapped ? FAULT_PRESENT : 0);

    if (f->address == f->ip)
        return code | FAULT_FETCH;
    if (mapped && image_access(o->image, f->address) > 0)
        code |= FAULT_WRITE; /* the image has nothing that cannot be read */
    return code;
}

static const char *vector_text(uint64_t vector)
{
    switch (vector) {
    case 0:
        return "integer division by zero, or its result is too large";
    case 3:
        return "breakpoint";
    case 6:
        return "invalid instruction (a trap of the compiler, or data run "
               "as code)";
    case 8:
        return "fault while another was being handled";
    case 13:
        return "general protection (an address of invalid form, or a "
               "privileged instruction)";
    case 16:
    case 19:
        return "floating-point exception";
    case 17:
        return "misaligned access";
    default:
        return NULL;
    }
}

/* A call of what was cut: true if explained. */
static bool explain_cut(const struct options *o, const struct fault *f)
{
    char *name, *why;

    if (f->address != f->ip || f->ip < CUT_START || f->ip >= CUT_END)
        return false;
    if (!image_cut(o->image, (f->ip - CUT_START) / CUT_STEP, &name, &why)) {
        evidence("call of cut function number %" PRIu64 " (the file "
                 "`dropped` beside the image would name it)",
                 (f->ip - CUT_START) / CUT_STEP);
        return true;
    }
    if (has_prefix(why, "value ")) {
        evidence("call %s returned something else than %s, all that the "
                 "analysis found for it",
                 name, why + strlen("value "));
        note("a function pointer was made in a way that it does not see: "
             "unicore-specialize --without values keeps the code");
        return true;
    }
    bool fact = strcmp(why, NOT_REACHED) != 0;
    if (fact)
        evidence("call of %s, which was cut because this does not hold: %s",
                 name, why);
    else
        evidence("call of %s, which was cut because nothing reached it", name);
    note("the analysis was wrong: see unicore-specialize --explain=%s",
         fact ? why : name);
    return true;
}

static const char *access_text(const struct fault *f)
{
    if (f->error & FAULT_FETCH)
        return "jump to";
    return f->error & FAULT_WRITE ? "write at" : "access at";
}

static bool is_stack_overflow(const struct fault *f)
{
    return !(f->error & (FAULT_PRESENT | FAULT_FETCH)) &&
           f->address < f->sp + 4096 && f->sp < f->address + STACK_REACH;
}

/* Why the access failed, by the segment it went to; -1: none of the image. */
static const char *segment_text(int flags, uint64_t error)
{
    if (flags < 0)
        return error & FAULT_PRESENT ? "memory that does not allow it"
                                     : "nothing is mapped there";
    if (flags & PF_X)
        return "code, which is read-only";
    if (flags & PF_W)
        return "data, which cannot be executed";
    return error & FAULT_FETCH ? "constants, which cannot be executed"
                               : "constants, which are read-only";
}

static void explain_page_fault(const struct options *o, const struct fault *f)
{
    int flags = image_access(o->image, f->address);
    char *name = image_symbol(o->image, f->address);
    char *where = name ? format(" (%s)", name) : xstrdup("");
    const char *what = access_text(f);

    if (f->address < CUT_START)
        evidence("%s 0x%" PRIx64 ", where nothing is mapped: a null pointer",
                 what, f->address);
    else if (flags < 0 && is_stack_overflow(f))
        evidence("stack overflow: %s 0x%" PRIx64 ", below the stack", what,
                 f->address);
    else
        evidence("%s 0x%" PRIx64 "%s: %s", what, f->address, where,
                 segment_text(flags, f->error));
    free(where);
    free(name);
}

void fault_explain(const struct options *o, const struct fault *f)
{
    char *name = image_symbol(o->image, f->ip);
    const char *text = vector_text(f->vector);

    if (name)
        evidence("in %s", name);
    if (text)
        evidence("%s", text);
    else if (f->vector == PAGE_FAULT && !explain_cut(o, f))
        explain_page_fault(o, f);
    free(name);
}
