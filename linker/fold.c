/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fold.c: `extern const int CFG_X` becomes a constant, so that the optimiser
 * removes the side of `if (CFG_X)` that cannot run. A constant without a knob
 * line would be read as whatever the final link put there: an error.
 */
#include <string.h>

#include "linker.h"

static bool fits(LLVMTypeRef type, long long v)
{
    unsigned bits = LLVMGetIntTypeWidth(type);

    return bits >= 64 || (v >= -(1LL << (bits - 1)) && v < (1LL << bits));
}

/* --without: a variable that the optimiser knows nothing of. */
static bool is_open(const struct link *l, const char *knob)
{
    return is_off(l, SWITCH_fold) || is_off(l, SWITCH_knobs) ||
           name_in(l->pick.without, knob);
}

static bool define(struct link *l, LLVMValueRef g)
{
    const char *name = ir_name(g) + strlen("CFG_");
    ptrdiff_t i = shgeti(l->pick.knobs, KEY(name));
    LLVMTypeRef type = LLVMGlobalGetValueType(g);

    if (!LLVMGetFirstUse(g))
        return true;
    if (i < 0) {
        error("CFG_%s: no knob line in %s", name, l->pick_path);
        note("a component's manifest must have `knob %s = ...`", name);
        return false;
    }
    if (LLVMGetTypeKind(type) != LLVMIntegerTypeKind ||
        !fits(type, l->pick.knobs[i].value)) {
        error("CFG_%s: %lld is not a value of its type", name,
              l->pick.knobs[i].value);
        return false;
    }
    LLVMSetInitializer(
        g, LLVMConstInt(type, (unsigned long long)l->pick.knobs[i].value, 1));
    LLVMSetGlobalConstant(g, !is_open(l, name));
    LLVMSetLinkage(g, is_open(l, name) ? LLVMExternalLinkage
                                       : LLVMInternalLinkage);
    if (!is_open(l, name))
        LLVMSetUnnamedAddress(g, LLVMGlobalUnnamedAddr);
    trace(l, "fold", "CFG_%s = %lld%s", name, l->pick.knobs[i].value,
          is_open(l, name) ? ", when it runs" : "");
    return true;
}

bool fold(struct link *l)
{
    bool ok = true;

    IR_EACH_GLOBAL (g, l->module)
        if (LLVMIsDeclaration(g) && has_prefix(ir_name(g), "CFG_"))
            ok &= define(l, g);
    return ok;
}

/*
 * Data that an image has only where a knob says so. Behind a knob that is open
 * the code stays, which does not run; zeros serve it.
 */
void fold_absent(struct link *l)
{
    static const char *const names[] = {"uc_args", "uc_args_count",
                                        "uc_initrd_start", "uc_initrd_end",
                                        "uc_net_address"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        LLVMValueRef g = LLVMGetNamedGlobal(l->module, names[i]);
        if (!g || !LLVMIsDeclaration(g))
            continue;
        LLVMSetInitializer(g, LLVMConstNull(LLVMGlobalGetValueType(g)));
        LLVMSetLinkage(g, LLVMInternalLinkage);
    }
}
