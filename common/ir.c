/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ir.c: loading and merging of bitcode. Bitcode is untrusted input, and LLVM's
 * reader is not written for that: its complaints come through the context's
 * diagnostic handler, what it does not check is left to the verifier, and
 * while it reads, a fault or abort in it ends the program with the file's name
 * instead of a core (nothing of ours is half-written at that point).
 */
#include "ir.h"

#include <errno.h>
#include <llvm-c/Analysis.h>
#include <llvm-c/BitReader.h>
#include <llvm-c/DebugInfo.h>
#include <llvm-c/ErrorHandling.h>
#include <llvm-c/Linker.h>
#include <llvm-c/Support.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char last_message[400];
static const char *volatile reading; /* the file LLVM is working on */

static void keep_message(const char *s)
{
    size_t n = strcspn(s, "\n");

    snprintf(last_message, sizeof last_message, "%.*s", (int)n, s);
}

const char *ir_message(void)
{
    static char copy[sizeof last_message];

    memcpy(copy, last_message, sizeof copy);
    last_message[0] = 0;
    return copy;
}

static void on_diagnostic(LLVMDiagnosticInfoRef d, void *unused)
{
    (void)unused;
    if (LLVMGetDiagInfoSeverity(d) != LLVMDSError)
        return;
    char *s = LLVMGetDiagInfoDescription(d);
    keep_message(s);
    LLVMDisposeMessage(s);
}

static void on_fatal(const char *reason)
{
    if (reading)
        die("%s: damaged bitcode (%s)", reading, reason);
    die_ours("LLVM: %s", reason);
}

/* Only async-signal-safe calls: LLVM's state is gone. */
static void on_crash(int sig)
{
    const char *parts[] = {prog, ": error: ", reading,
                           ": damaged bitcode (LLVM's reader crashed)\n"};

    if (!reading) {
        signal(sig, SIG_DFL);
        raise(sig);
        return;
    }
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (write(2, parts[i], strlen(parts[i])) < 0)
            break;
    _exit(1);
}

static void guard_against_crashes(void)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGFPE};
    static char stack[65536];
    stack_t alt = {.ss_sp = stack, .ss_size = sizeof stack};
    struct sigaction sa = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK};

    sigaltstack(&alt, NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++)
        sigaction(signals[i], &sa, NULL);
    LLVMInstallFatalErrorHandler(on_fatal);
}

LLVMContextRef ir_context(void)
{
    static bool guarded;
    LLVMContextRef ctx = LLVMContextCreate();

    if (!guarded)
        guard_against_crashes();
    guarded = true;
    LLVMContextSetDiagnosticHandler(ctx, on_diagnostic, NULL);
    LLVMContextSetDiscardValueNames(ctx, 1);
    return ctx;
}

bool ir_verify(LLVMModuleRef m, const char *what)
{
    char *why = NULL;
    bool bad = LLVMVerifyModule(m, LLVMReturnStatusAction, &why);

    if (bad)
        error("%s: damaged bitcode (%.*s)", what, (int)strcspn(why, "\n"), why);
    LLVMDisposeMessage(why);
    return !bad;
}

char *ir_tag(const char *path)
{
    size_t n = strlen(path);

    return xstrndup(path, has_suffix(path, ".bc") ? n - 3 : n);
}

char *ir_app_tag(size_t i)
{
    return i ? format("app.%zu", i + 1) : xstrdup("app");
}

const char *ir_name_tag(const char *name, size_t *plain)
{
    const char *colon = strchr(name, ':');

    if (plain)
        *plain = colon ? (size_t)(colon - name) : strlen(name);
    return colon ? colon + 1 : NULL;
}

static void tag_local(LLVMValueRef v, const char *tag)
{
    size_t n;
    const char *name = LLVMGetValueName2(v, &n);

    if (!ir_is_local(v) || has_prefix(name, "llvm."))
        return;
    char *tagged = format("%s:%s", name, tag);
    LLVMSetValueName2(v, tagged, strlen(tagged));
    free(tagged);
}

static void tag_locals(LLVMModuleRef m, const char *tag)
{
    IR_EACH_FUNCTION (f, m)
        tag_local(f, tag);
    IR_EACH_GLOBAL (g, m)
        tag_local(g, tag);
    IR_EACH_ALIAS (a, m)
        tag_local(a, tag);
}

void ir_own(LLVMModuleRef m, const char *name)
{
    size_t n = strlen(name);
    LLVMValueRef v = LLVMGetNamedFunction(m, name);

    if (!v)
        v = LLVMGetNamedGlobal(m, name);
    if (!v)
        v = LLVMGetNamedGlobalAlias(m, name, n);
    if (!v)
        v = LLVMGetNamedGlobalIFunc(m, name, n);
    if (!v)
        return;
    char *own = format("%s:program", name);
    LLVMSetValueName2(v, own, n + strlen(":program"));
    free(own);
}

/*
 * LLVM's reader verifies modules with debug information, trusted or not, in
 * order to throw that away if it is broken. Once it is told not to, ir_verify
 * does it where it is wanted.
 */
static void reader_setup(void)
{
    static const char *const words[] = {"ir",
                                        "-disable-auto-upgrade-debug-info"};
    static bool done;

    if (!done)
        LLVMParseCommandLineOptions(2, words, NULL);
    done = true;
}

/* How a module is read: all at once, with or without check, or on demand. */
enum reading {
    VERIFIED,
    TRUSTED,
    LAZY
};

static LLVMModuleRef parse(LLVMContextRef ctx, const char *p, size_t n,
                           const char *path, const char *tag, enum reading how)
{
    bool lazy = how == LAZY;
    LLVMModuleRef m = NULL;
    LLVMMemoryBufferRef b;

    if (n < 4 || memcmp(p, "BC\xc0\xde", 4) != 0) {
        error("%s: not LLVM bitcode, expected it to start with BC 0xC0DE",
              path);
        return NULL;
    }
    reading = path;
    ir_message();
    reader_setup();
    b = LLVMCreateMemoryBufferWithMemoryRangeCopy(p, n, path);
    bool bad = lazy ? LLVMGetBitcodeModuleInContext2(ctx, b, &m)
                    : LLVMParseBitcodeInContext2(ctx, b, &m);
    if (!lazy)
        LLVMDisposeMemoryBuffer(b);
    if (bad) {
        error("%s: damaged bitcode (%s)", path, ir_message());
        m = NULL;
    } else if (how == VERIFIED && !ir_verify(m, path)) {
        LLVMDisposeModule(m);
        m = NULL;
    }
    reading = NULL;
    if (m && ir_lacks_wide_atomics(m)) {
        if (lazy) { /* what is changed must be there */
            LLVMDisposeModule(m);
            return parse(ctx, p, n, path, tag, TRUSTED);
        }
        ir_wide_atomics(m);
    }
    if (m && tag) {
        tag_locals(m, tag);
        ir_asm_rename(m, tag);
    }
    return m;
}

LLVMModuleRef ir_parse(LLVMContextRef ctx, const char *p, size_t n,
                       const char *path, const char *tag)
{
    return parse(ctx, p, n, path, tag, VERIFIED);
}

static LLVMModuleRef load(LLVMContextRef ctx, const char *path, const char *tag,
                          enum reading how)
{
    LLVMModuleRef m;
    size_t n;
    char *p = file_read(path, &n);

    if (!p) {
        error("%s: %s", path, file_why(path));
        return NULL;
    }
    m = parse(ctx, p, n, path, tag, how);
    free(p);
    return m;
}

LLVMModuleRef ir_load(LLVMContextRef ctx, const char *path, const char *tag)
{
    return load(ctx, path, tag, VERIFIED);
}

LLVMModuleRef ir_load_pool(LLVMContextRef ctx, const char *path,
                           const char *tag)
{
    return load(ctx, path, tag, LAZY);
}

LLVMModuleRef ir_load_trusted(LLVMContextRef ctx, const char *path,
                              const char *tag)
{
    return load(ctx, path, tag, TRUSTED);
}

/* ---- merging ---- */

struct definition {
    char *key;
    LLVMModuleRef value;
};

static bool is_strong(LLVMValueRef v)
{
    return !LLVMIsDeclaration(v) && LLVMGetLinkage(v) == LLVMExternalLinkage;
}

static const char *module_name(LLVMModuleRef m)
{
    size_t n;

    return LLVMGetModuleIdentifier(m, &n);
}

/*
 * Records v as the definition of its name; a second one yields to that of the
 * module `first`, or is wrong.
 */
static bool claim(struct definition **seen, LLVMModuleRef m, LLVMValueRef v,
                  LLVMModuleRef first)
{
    if (!is_strong(v))
        return true;
    ptrdiff_t i = shgeti(*seen, ir_name(v));
    if (i < 0) {
        shput(*seen, ir_name(v), m);
        return true;
    }
    if ((*seen)[i].value == first) {
        LLVMSetLinkage(v, LLVMWeakAnyLinkage);
        return true;
    }
    error("%s is defined twice", ir_name(v));
    evidence("first in %s", module_name((*seen)[i].value));
    evidence("again in %s", module_name(m));
    return false;
}

static bool settle_clashes(LLVMModuleRef *mods, size_t n, LLVMModuleRef first)
{
    struct definition *seen = NULL;
    bool ok = true;

    sh_new_arena(seen);
    for (size_t i = 0; i < n; i++) {
        IR_EACH_FUNCTION (f, mods[i])
            ok &= claim(&seen, mods[i], f, first);
        IR_EACH_GLOBAL (g, mods[i])
            ok &= claim(&seen, mods[i], g, first);
        IR_EACH_ALIAS (a, mods[i])
            ok &= claim(&seen, mods[i], a, first);
    }
    shfree(seen);
    return ok;
}

static bool same_target(LLVMModuleRef *mods, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        if (strcmp(LLVMGetDataLayoutStr(mods[i]),
                   LLVMGetDataLayoutStr(mods[0])) != 0) {
            error("%s: compiled for %s, but %s for %s", module_name(mods[i]),
                  LLVMGetTarget(mods[i]), module_name(mods[0]),
                  LLVMGetTarget(mods[0]));
            return false;
        }
        LLVMSetTarget(mods[i], LLVMGetTarget(mods[0]));
    }
    return true;
}

LLVMModuleRef ir_merge(LLVMModuleRef *mods, size_t n, bool first_wins)
{
    if (n == 0 || !same_target(mods, n) ||
        !settle_clashes(mods, n, first_wins ? mods[0] : NULL))
        return NULL;
    ir_message();
    for (size_t step = 1; step < n; step *= 2) {
        for (size_t i = 0; i + step < n; i += 2 * step) {
            reading = "merge of modules";
            bool bad = LLVMLinkModules2(mods[i], mods[i + step]);
            reading = NULL;
            if (!bad)
                continue;
            error("%s: cannot be merged (%s)", module_name(mods[i]),
                  ir_message());
            return NULL;
        }
    }
    return mods[0];
}
