/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * lto.c: the whole program is optimised for size. The app is, whatever flags
 * it was compiled with; a pool module keeps its own: a component that is
 * built for speed (string routines) stays fast.
 *
 * The passes are fewer than those of `lto<Oz>`, which is made for modules that
 * were optimised before and for speed. Measured on the SQLite shell, text and
 * CPU seconds of passes + code generation on one machine:
 *
 *     default<Oz>                              763,896   8.6 + 5.2
 *     lto<Oz>                                  761,301   5.9 + 4.9
 *     lto<Oz>, code generation as below        739,397   5.7 + 4.5
 *     the same without loop passes             734,091   4.1 + 3.9
 *     the list below (no GVN: its PRE copies)  730,788   3.7 + 4.2
 *     ... without jump threading               743,834   3.7 + 4.6
 */
#include <llvm-c/DebugInfo.h>
#include <llvm-c/Support.h>
#include <llvm-c/Transforms/PassBuilder.h>
#include <string.h>

#include "linker.h"

#define COMBINE                                                                \
    "instcombine<max-iterations=1;no-use-loop-info;no-verify-fixpoint>"
#define SIMPLIFY                                                               \
    "simplifycfg<bonus-inst-threshold=1;forward-switch-cond;"                  \
    "switch-range-to-icmp;switch-to-lookup;no-keep-loops;hoist-common-insts;"  \
    "sink-common-insts;speculate-blocks;simplify-cond-branch>"

/* After the cut stage, which leaves functions in SSA form (cut.c). */
static const char pipeline[] =
    /* what the whole program says about arguments, results and variables */
    "inferattrs,ipsccp,globalopt,deadargelim,cgscc(function-attrs),constmerge,"
    /* again, for those that were called by another name (musl's aliases) */
    "cgscc(inline<only-mandatory>,inline),ipsccp,globalopt,globaldce,"
    "cgscc(argpromotion),"
    /* each function, after what was inlined into it */
    "function(" COMBINE ",jump-threading,sroa<modify-cfg>,tailcallelim),"
    "cgscc(function-attrs),require<globals-aa>,function(invalidate<aa>),"
    "function(early-cse<memssa>,memcpyopt,dse,infer-alignment,"
    "sroa<preserve-cfg>," COMBINE "," SIMPLIFY ",bdce),"
    "function(div-rem-pairs," SIMPLIFY "),globaldce";

/* --without size. */
static const char fast[] = "default<O2>";

/*
 * LLVM-C has no calls for these. In order: inline only what shrinks; loop
 * strength reduction, scheduling and block placement for speed cost bytes;
 * spill code split for size; jump tables (8 bytes an entry) only when large;
 * repeated machine code outlined. Not -enable-ipra, which saves 1 % and keeps
 * x87 values in registers across calls (long double then prints as Inf).
 */
static const char *const settings[] = {
    "unicore-link",
    "-inline-threshold=-20",
    "-disable-lsr",
    "-enable-misched=false",
    "-disable-machine-licm",
    "-disable-machine-cse",
    "-tail-merge-size=2",
    "-disable-block-placement",
    "-disable-phi-elim-edge-splitting",
    "-split-spill-mode=size",
    "-min-jump-table-entries=8",
    "-enable-machine-outliner=always", /* the last: lto_settings */
};

void lto_settings(const struct link *l)
{
    int n = sizeof settings / sizeof *settings;

    if (is_off(l, SWITCH_size))
        return;
    LLVMParseCommandLineOptions(is_off(l, SWITCH_outline) ? n - 1 : n, settings,
                                NULL);
}

bool run_passes(struct link *l, const char *passes)
{
    LLVMPassBuilderOptionsRef o = LLVMCreatePassBuilderOptions();
    LLVMErrorRef e = LLVMRunPasses(l->module, passes, l->machine, o);

    LLVMDisposePassBuilderOptions(o);
    if (!e)
        return true;
    die_ours("%s: %s", passes, LLVMGetErrorMessage(e));
}

static unsigned kind(const char *name)
{
    return LLVMGetEnumAttributeKindForName(name, strlen(name));
}

static void add(LLVMValueRef f, const char *name)
{
    LLVMContextRef ctx = LLVMGetModuleContext(LLVMGetGlobalParent(f));

    LLVMAddAttributeAtIndex(f, LLVMAttributeFunctionIndex,
                            LLVMCreateEnumAttribute(ctx, kind(name), 0));
}

static void add_text(LLVMValueRef f, const char *name)
{
    LLVMContextRef ctx = LLVMGetModuleContext(LLVMGetGlobalParent(f));

    LLVMAddAttributeAtIndex(
        f, LLVMAttributeFunctionIndex,
        LLVMCreateStringAttribute(ctx, name, (unsigned)strlen(name), "", 0));
}

static void drop(LLVMValueRef f, const char *name)
{
    LLVMRemoveEnumAttributeAtIndex(f, LLVMAttributeFunctionIndex, kind(name));
}

static bool has(LLVMValueRef f, const char *name)
{
    return LLVMGetEnumAttributeAtIndex(f, LLVMAttributeFunctionIndex,
                                       kind(name));
}

static void set_attributes(struct link *l, LLVMValueRef f)
{
    const char *component = origin_of(l, ir_name(f));

    if (!l->unwind) {
        drop(f, "uwtable");
        add(f, "nounwind");
    }
    if (is_off(l, SWITCH_size)) {
        drop(f, "minsize");
        drop(f, "optsize");
        return;
    }
    if (component && strcmp(component, "app") != 0 &&
        strcmp(component, "init") != 0) {
        if (!has(f, "minsize")) {
            add_text(f, "nooutline");
            add(f, "inlinehint"); /* -inline-threshold is not for these */
        }
        return;
    }
    if (has(f, "optnone")) {
        drop(f, "optnone");
        drop(f, "noinline");
    }
    add(f, "minsize");
    add(f, "optsize");
}

/* --without seal: for all that the optimiser knows, anyone may call them. */
static void open_up(LLVMValueRef v)
{
    if (LLVMIsDeclaration(v) || LLVMGetLinkage(v) != LLVMInternalLinkage ||
        !*ir_name(v) || has_prefix(ir_name(v), "llvm."))
        return;
    LLVMSetLinkage(v, LLVMExternalLinkage);
    LLVMSetVisibility(v, LLVMHiddenVisibility);
}

static void unseal(LLVMModuleRef m)
{
    IR_EACH_FUNCTION (f, m)
        open_up(f);
    IR_EACH_GLOBAL (g, m)
        open_up(g);
}

bool lto(struct link *l, bool *again)
{
    LLVMStripModuleDebugInfo(l->module);
    IR_EACH_FUNCTION (f, l->module)
        if (!LLVMIsDeclaration(f))
            set_attributes(l, f);
    if (is_off(l, SWITCH_seal))
        unseal(l->module);
    invent_forbid(l);
    return run_passes(l, is_off(l, SWITCH_size) ? fast : pipeline) &&
           invent_check(l, again);
}
