/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * instrument.c: makes the modules of a captured program tell what they do.
 *
 * Each function says its name when it is entered, each indirect call its
 * place, by function and number, and the address that it calls; record.c
 * writes that down. The names are the analyzer's, and the calls are numbered as
 * `unicore-analyze --trace=sites` does. The code is not optimised before.
 *
 * usage: instrument OUT MODULE...      OUT/NNN.bc for each module; prints the
 *                                      names of all functions
 */
#include <llvm-c/BitWriter.h>
#include <stdlib.h>
#include <string.h>

#include "ir.h"

static LLVMBuilderRef builder;

static LLVMTypeRef pointer(LLVMModuleRef m)
{
    return LLVMPointerTypeInContext(LLVMGetModuleContext(m), 0);
}

/* Calls void name(arguments), all of them pointers, at the builder's place. */
static void tell(LLVMModuleRef m, const char *name, LLVMValueRef *arguments,
                 unsigned n)
{
    LLVMTypeRef types[] = {pointer(m), pointer(m)};
    LLVMTypeRef none = LLVMVoidTypeInContext(LLVMGetModuleContext(m));
    LLVMTypeRef t = LLVMFunctionType(none, types, n, 0);
    LLVMValueRef f = LLVMGetNamedFunction(m, name);

    if (!f)
        f = LLVMAddFunction(m, name, t);
    LLVMBuildCall2(builder, t, f, arguments, n, "");
}

/* A byte that becomes 1 when the event is noted, and its text. */
static LLVMValueRef event(LLVMModuleRef m, const char *text)
{
    char *bytes = format("%c%s", 0, text);
    size_t n = strlen(text) + 2;
    LLVMValueRef s =
        LLVMConstStringInContext2(LLVMGetModuleContext(m), bytes, n, 1);
    LLVMValueRef g = LLVMAddGlobal(m, LLVMTypeOf(s), "event");

    LLVMSetInitializer(g, s);
    LLVMSetLinkage(g, LLVMInternalLinkage);
    free(bytes);
    return g;
}

/* As callgraph.c sees it. */
static bool is_indirect(LLVMValueRef call)
{
    LLVMValueRef callee = ir_is_call(call) ? LLVMGetCalledValue(call) : NULL;

    return callee && !LLVMIsAInlineAsm(callee) &&
           !LLVMIsAGlobalValue(callee) &&
           (!LLVMIsConstant(callee) || LLVMIsAConstantExpr(callee));
}

static void instrument_calls(LLVMModuleRef m, LLVMValueRef f)
{
    unsigned number = 0;

    IR_EACH_BLOCK (b, f) {
        IR_EACH_INST (i, b) {
            if (!is_indirect(i))
                continue;
            char *text = format("%s %u", ir_name(f), number++);
            LLVMValueRef arguments[] = {event(m, text), LLVMGetCalledValue(i)};
            LLVMPositionBuilderBefore(builder, i);
            tell(m, "uc_record_call", arguments, 2);
            free(text);
        }
    }
}

static LLVMValueRef first_place(LLVMValueRef f)
{
    LLVMValueRef i = LLVMGetFirstInstruction(LLVMGetEntryBasicBlock(f));

    while (LLVMIsAAllocaInst(i))
        i = LLVMGetNextInstruction(i);
    return i;
}

static void instrument_module(LLVMModuleRef m)
{
    LLVMValueRef *functions = NULL;

    IR_EACH_FUNCTION (f, m)
        if (!LLVMIsDeclaration(f))
            arrput(functions, f);
    for (size_t i = 0; i < arrlenu(functions); i++) {
        LLVMValueRef f = functions[i], e;
        if (LLVMGetLinkage(f) == LLVMAvailableExternallyLinkage)
            LLVMSetLinkage(f, LLVMLinkOnceODRLinkage);
        instrument_calls(m, f);
        e = event(m, ir_name(f));
        puts(ir_name(f));
        LLVMPositionBuilderBefore(builder, first_place(f));
        tell(m, "uc_record_run", &e, 1);
    }
    arrfree(functions);
}

int main(int argc, char **argv)
{
    LLVMContextRef context = ir_context();

    prog = "instrument";
    builder = LLVMCreateBuilderInContext(context);
    for (int i = 2; i < argc; i++) {
        char *tag = ir_app_tag((size_t)i - 2);
        LLVMModuleRef m = ir_load(context, argv[i], tag);
        if (!m)
            return 1;
        ir_strip_type_tests(m);
        instrument_module(m);
        char *to = format("%s/%s", argv[1], path_base(argv[i]));
        if (!ir_verify(m, to) || LLVMWriteBitcodeToFile(m, to) != 0)
            die("%s: cannot be written", to);
        LLVMDisposeModule(m);
    }
    return 0;
}
