/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ir.h: bitcode for the analyzer and the linker: loading that survives hostile
 * input, one merge (so both give every symbol the same name), exact types.
 *
 * Names. A local symbol (static function, string, table) of a module that was
 * loaded with a tag is `name:tag`, always, so its name does not depend on what
 * else is linked. Tags: the path in the pool without its suffix
 * (`fmt_fp:libpool/libc/musl/src/stdio/vfprintf`), `init`, and for the app's
 * modules in the order of the command line `app`, `app.2`, `app.3`, ...
 * External symbols keep their names, but a function of the app with the name of
 * one of the pool's is `name:program` (ir_own). So a name also says its origin.
 */
#ifndef UC_IR_H
#define UC_IR_H

#include <llvm-c/Core.h>

#include "common.h"

/* A context whose messages ir.c keeps; one per process is enough. */
LLVMContextRef ir_context(void);
/* The last LLVM message, one line; "" if none. Reading it clears it. */
const char *ir_message(void);

/*
 * Reads and verifies one module; tag NULL leaves local names alone. NULL after
 * an `error: path: ...` line when it is not sound bitcode; a crash of LLVM's
 * reader ends the program with that line and exit 1.
 */
LLVMModuleRef ir_load(LLVMContextRef ctx, const char *path, const char *tag);
/* The same for a file of our own cache: not verified, bodies read on demand. */
LLVMModuleRef ir_load_pool(LLVMContextRef ctx, const char *path,
                           const char *tag);
/* As ir_load_pool, but with all bodies, for those who look into them. */
LLVMModuleRef ir_load_trusted(LLVMContextRef ctx, const char *path,
                              const char *tag);
/* As ir_load, from memory that stays the caller's; `path` for messages. */
LLVMModuleRef ir_parse(LLVMContextRef ctx, const char *p, size_t n,
                       const char *path, const char *tag);
/*
 * Has the module's processor no atomic accesses of 64 bits? Every module that
 * is read has calls of __atomic_NAME_8 in their place then.
 */
bool ir_lacks_wide_atomics(LLVMModuleRef m);
void ir_wide_atomics(LLVMModuleRef m);
/* `libpool/x/y.bc` → `libpool/x/y` (caller frees). */
char *ir_tag(const char *path);
/* The tag of the app's module i, from 0: `app`, `app.2`, ... */
char *ir_app_tag(size_t i);
/* The tag in a symbol's name, or NULL; *plain is the length before it. */
const char *ir_name_tag(const char *name, size_t *plain);

/* Renames the global called name, if the app's module m has it. */
void ir_own(LLVMModuleRef m, const char *name);

/*
 * Links all into one by merging neighbours pairwise (a loop would be
 * quadratic); mods[0..n) are consumed. A weak definition yields to any strong
 * one, whatever the order. Two strong ones are an error that names both
 * modules, but those of mods[0] serve everyone when `first_wins`. NULL after
 * an error line.
 */
LLVMModuleRef ir_merge(LLVMModuleRef *mods, size_t n, bool first_wins);
/* Verifies a whole module; false after `error: what: ...`. */
bool ir_verify(LLVMModuleRef m, const char *what);

/* ---- walking: the first argument is the name to declare ---- */

/* NOLINTBEGIN(bugprone-macro-parentheses) */
#define IR_EACH_FUNCTION(f, m)                                                 \
    for (LLVMValueRef f = LLVMGetFirstFunction(m); f;                          \
         f = LLVMGetNextFunction(f))
#define IR_EACH_GLOBAL(g, m)                                                   \
    for (LLVMValueRef g = LLVMGetFirstGlobal(m); g; g = LLVMGetNextGlobal(g))
#define IR_EACH_ALIAS(a, m)                                                    \
    for (LLVMValueRef a = LLVMGetFirstGlobalAlias(m); a;                       \
         a = LLVMGetNextGlobalAlias(a))
#define IR_EACH_BLOCK(b, f)                                                    \
    for (LLVMBasicBlockRef b = LLVMGetFirstBasicBlock(f); b;                   \
         b = LLVMGetNextBasicBlock(b))
#define IR_EACH_INST(i, b)                                                     \
    for (LLVMValueRef i = LLVMGetFirstInstruction(b); i;                       \
         i = LLVMGetNextInstruction(i))
#define IR_EACH_USE(u, v)                                                      \
    for (LLVMUseRef u = LLVMGetFirstUse(v); u; u = LLVMGetNextUse(u))
/* NOLINTEND(bugprone-macro-parentheses) */

char *ir_name(LLVMValueRef v); /* "" if none; read only (stb_ds keys) */
bool ir_is_local(LLVMValueRef global);
bool ir_asks_guard(LLVMValueRef f); /* compiled with a stack protector? */
/* Was f compiled with a stack protector, and has it an array to protect? */
bool ir_is_guarded(LLVMValueRef f, LLVMValueRef *array);
bool ir_is_call(LLVMValueRef v); /* call, invoke or callbr */
/* Is it counted where calls of a function have numbers? Intrinsics are not. */
bool ir_is_numbered_call(LLVMValueRef v);
/* What a call calls when that is a function, seen through aliases; or NULL. */
LLVMValueRef ir_callee(LLVMValueRef call);
/* v without constant casts, aliases and zero offsets. */
LLVMValueRef ir_strip(LLVMValueRef v);
/* `file.c:12` of an instruction or function (caller frees), or NULL. */
char *ir_where(LLVMValueRef v);

/* ---- ir_asm.c: names in the assembly of C modules ---- */

struct ir_asm_word {
    const char *name; /* not ended by NUL; without quotes */
    size_t length;
    size_t start, stop; /* the word in the text, quotes included */
    bool defines;       /* a label, or given a value */
    bool weak;          /* declared weak */
    bool section;       /* the name of a section */
};
/* Words that may be symbols (stb_ds array; names point into text). */
struct ir_asm_word *ir_asm_words(const char *text, size_t n);
/* Does a `.weak` line among them name it? */
bool ir_asm_is_weak(struct ir_asm_word *words, const char *name);
/* After locals got their tags: names them so in m's assembly too. */
void ir_asm_rename(LLVMModuleRef m, const char *tag);

/* ---- exact C types (`_ZTSFiiE`), from clang's cfi strings ---- */

const char *ir_function_type(LLVMValueRef f); /* NULL: none known */
/*
 * The type an indirect call was written with: that of the llvm.type.test of
 * the called pointer that is met on every way back from the call. NULL when
 * there is none, or the ways disagree: an unknown, to be kept open.
 */
const char *ir_call_type(LLVMValueRef call);
/* Makes every type test true and drops the types; dead traps stay for cfg. */
void ir_strip_type_tests(LLVMModuleRef m);

#endif
