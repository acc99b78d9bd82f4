/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * assembly.c: the names in assembly of C modules, which LLVM does not see.
 * What it defines is not undefined; what it names must keep its name.
 */
#include <stdlib.h>
#include <string.h>

#include "linker.h"

void assembly_read(struct link *l, LLVMModuleRef m, const char *component)
{
    size_t n;
    const char *text = LLVMGetModuleInlineAsm(m, &n);
    struct ir_asm_word *words = ir_asm_words(text, n);
    bool own = !strcmp(component, "app");

    for (size_t i = 0; i < arrlenu(words); i++) {
        char *name = xstrndup(words[i].name, words[i].length);
        if (words[i].defines) {
            name_add(&l->native_defs, name, "assembly");
            name_add(&l->origins, name, component);
            if (own)
                name_add(ir_asm_is_weak(words, name) ? &l->own_weak
                                                     : &l->own_defs,
                         name, "assembly");
        }
        free(name);
    }
    arrfree(words);
}

static void add_refs(struct link *l, const char *text, size_t n)
{
    struct ir_asm_word *words = ir_asm_words(text, n);

    for (size_t i = 0; i < arrlenu(words); i++) {
        char *name = xstrndup(words[i].name, words[i].length);
        name_add(&l->asm_refs, name, "");
        free(name);
    }
    arrfree(words);
}

void assembly_refs(struct link *l)
{
    size_t n;
    const char *text = LLVMGetModuleInlineAsm(l->module, &n);

    add_refs(l, text, n);
    IR_EACH_FUNCTION (f, l->module)
        IR_EACH_BLOCK (b, f)
            IR_EACH_INST (i, b) {
                LLVMValueRef called =
                    ir_is_call(i) ? LLVMGetCalledValue(i) : NULL;
                if (!called || !LLVMIsAInlineAsm(called))
                    continue;
                text = LLVMGetInlineAsmAsmString(called, &n);
                add_refs(l, text, n);
            }
}
