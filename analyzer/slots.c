/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slots.c: in which fields of structures function pointers are kept.
 *
 * A slot is a field: the structure's name and the byte offset in it. A function
 * whose address is only ever put into fields can only be called by a call that
 * loads its target from a field at the same offset, whatever the structure is
 * called there: programs do cast a structure to another one that begins alike,
 * which leaves offsets as they are. So names are not asked for when a call
 * is matched. They are when a field leaks: its value, or address, is used for
 * anything but a call or a comparison. Then what is in it may be anywhere; if
 * it is stored into another field it is also there.
 *
 * Fields are read off typed address computations, which clang makes for every
 * access, and which are intact because nothing but mem2reg has run. The type
 * of an initialiser may be unnamed (unions, padding): such a slot has no name,
 * and counts for the offsets in every structure around it.
 */
#include "analyzer.h"

#include <ctype.h>
#include <llvm-c/Target.h>
#include <stdlib.h>
#include <string.h>

/* The number LLVM appends to a name that two modules use is not part of it. */
static size_t name_length(const char *name)
{
    size_t n = strlen(name), k = n;

    while (k && isdigit((unsigned char)name[k - 1]))
        k--;
    return k && k < n && name[k - 1] == '.' ? k - 1 : n;
}

static int slot_named(struct analysis *a, LLVMTypeRef type,
                      unsigned long long offset)
{
    const char *name =
        LLVMIsLiteralStruct(type) ? NULL : LLVMGetStructName(type);
    char *key = format("%.*s+%llu", name ? (int)name_length(name) : 0,
                       name ? name : "", offset);
    ptrdiff_t i;

    if (!a->slot_numbers)
        sh_new_strdup(a->slot_numbers);
    i = shgeti(a->slot_numbers, key);
    if (i < 0) {
        struct slot s = {(unsigned)offset, name == NULL};
        arrput(a->slots, s);
        i = (ptrdiff_t)arrlen(a->slots) - 1;
        shput(a->slot_numbers, key, (int)i);
        if (!name)
            arrput(a->unnamed_slots, (int)i);
    } else {
        i = a->slot_numbers[i].value;
    }
    free(key);
    return (int)i;
}

static int slot_make(struct analysis *a, LLVMTypeRef type,
                     unsigned long long offset)
{
    struct field_key key = {type, offset};
    ptrdiff_t i = hmgeti(a->fields, key);
    int n;

    if (i >= 0)
        return a->fields[i].value;
    n = slot_named(a, type, offset);
    hmput(a->fields, key, n);
    return n;
}

static bool is_struct(LLVMTypeRef t)
{
    return LLVMGetTypeKind(t) == LLVMStructTypeKind;
}

/* The fields at the start of t, if it is a structure. */
static LLVMTypeRef descend(struct analysis *a, LLVMTypeRef t, int **out)
{
    while (is_struct(t) && LLVMCountStructElementTypes(t) > 0) {
        arrput(*out, slot_make(a, t, 0));
        t = LLVMStructGetTypeAtIndex(t, 0);
    }
    return t;
}

/* Fields of every structure around byte `at` of a variable of type t. */
static void fields_at(struct analysis *a, LLVMTargetDataRef td, LLVMTypeRef t,
                      unsigned long long at, int **out)
{
    while (is_struct(t) && at < LLVMABISizeOfType(td, t)) {
        unsigned field = LLVMElementAtOffset(td, t, at);
        unsigned long long start = LLVMOffsetOfElement(td, t, field);
        arrput(*out, slot_make(a, t, start));
        t = LLVMStructGetTypeAtIndex(t, field);
        at -= start;
    }
}

static LLVMTypeRef variable_type(LLVMValueRef v)
{
    if (LLVMIsAAllocaInst(v))
        return LLVMGetAllocatedType(v);
    return LLVMIsAGlobalVariable(v) ? LLVMGlobalGetValueType(v) : NULL;
}

/* Along the indices of an address; the last structure's field is the slot. */
static LLVMTypeRef along(struct analysis *a, LLVMTargetDataRef td,
                         LLVMValueRef gep, int **out)
{
    LLVMTypeRef t = LLVMGetGEPSourceElementType(gep), whole;
    bool unnamed = is_struct(t) && LLVMIsLiteralStruct(t);
    int n = LLVMGetNumOperands(gep);
    unsigned long long at = 0;

    for (int i = 2; i < n; i++) {
        LLVMValueRef k = LLVMGetOperand(gep, (unsigned)i);
        arrsetlen(*out, 0);
        if (!is_struct(t)) {
            t = LLVMGetElementType(t);
            continue;
        }
        unsigned field = (unsigned)LLVMConstIntGetZExtValue(k);
        at = LLVMOffsetOfElement(td, t, field);
        arrput(*out, slot_make(a, t, at));
        t = LLVMStructGetTypeAtIndex(t, field);
    }
    whole = variable_type(LLVMGetOperand(gep, 0));
    if (unnamed && n == 3 && whole) { /* a structure passed in registers */
        arrsetlen(*out, 0);
        fields_at(a, td, whole, at, out);
    }
    return t;
}

/*
 * The slots that p points to (usually one), and whether what is there can be
 * a pointer. None: not a field.
 */
static int *slots_of_pointer(struct analysis *a, LLVMTargetDataRef td,
                             LLVMValueRef p, bool *leaf)
{
    bool gep =
        LLVMIsAGetElementPtrInst(p) ||
        (LLVMIsAConstantExpr(p) && LLVMGetConstOpcode(p) == LLVMGetElementPtr);
    int n = gep ? LLVMGetNumOperands(p) : 0;
    LLVMTypeRef t = variable_type(p);
    int *out = NULL;

    *leaf = true;
    if (n == 2) { /* bytes from the start of a variable? */
        LLVMValueRef base = LLVMGetOperand(p, 0), k = LLVMGetOperand(p, 1);
        t = variable_type(base);
        if (t && LLVMIsAConstantInt(k))
            fields_at(a, td, t,
                      LLVMConstIntGetZExtValue(k) *
                          LLVMABISizeOfType(td, LLVMGetGEPSourceElementType(p)),
                      &out);
        return out;
    }
    if (n > 2)
        t = along(a, td, p, &out);
    else if (!t)
        return NULL;
    t = descend(a, t, &out);
    *leaf = LLVMGetTypeKind(t) == LLVMPointerTypeKind;
    return out;
}

static LLVMTargetDataRef layout_of(const struct def *d)
{
    return LLVMGetModuleDataLayout(d->module->ir);
}

static int *fields(struct analysis *a, const struct def *d, LLVMValueRef p,
                   bool *leaf)
{
    return slots_of_pointer(a, layout_of(d), p, leaf);
}

int *slots_of_store(struct analysis *a, const struct def *d, LLVMValueRef store)
{
    bool leaf;

    return fields(a, d, LLVMGetOperand(store, 1), &leaf);
}

/* ---- calls ---- */

static bool add_callee(struct analysis *a, const struct def *d, LLVMValueRef v,
                       int depth, int **out)
{
    bool leaf, ok = true;
    int n = 0;

    if (LLVMIsConstant(v))
        return true; /* null, or a function that is free by standing here */
    if (LLVMIsALoadInst(v)) {
        int *slots = fields(a, d, LLVMGetOperand(v, 0), &leaf);
        for (size_t i = 0; i < arrlenu(slots); i++)
            arrput(*out, slots[i]);
        ok = arrlenu(slots) > 0;
        arrfree(slots);
        return ok;
    }
    if (depth > 4)
        return false;
    if (LLVMIsAPHINode(v))
        n = (int)LLVMCountIncoming(v);
    else if (!LLVMIsASelectInst(v))
        return false;
    for (int i = 0; ok && i < n; i++)
        ok = add_callee(a, d, LLVMGetIncomingValue(v, (unsigned)i), depth + 1,
                        out);
    for (unsigned i = 1; ok && n == 0 && i < 3; i++)
        ok = add_callee(a, d, LLVMGetOperand(v, i), depth + 1, out);
    return ok;
}

int *slots_of_callee(struct analysis *a, const struct def *d,
                     LLVMValueRef callee)
{
    int *out = NULL;

    if (!add_callee(a, d, callee, 0, &out))
        arrsetlen(out, 0);
    return out;
}

static bool add_object(struct analysis *a, const struct def *d, LLVMValueRef v,
                       int depth, int **out)
{
    LLVMTypeRef t;
    bool ok = true;

    while (LLVMIsAPtrToIntInst(v))
        v = LLVMGetOperand(v, 0);
    if (LLVMIsConstant(v) && LLVMIsNull(v))
        return true;
    if (LLVMIsAPHINode(v) && depth < 4) {
        unsigned n = LLVMCountIncoming(v);
        for (unsigned i = 0; i < n; i++)
            ok &= add_object(a, d, LLVMGetIncomingValue(v, i), depth + 1, out);
        return ok;
    }
    t = variable_type(v);
    if (!t || !is_struct(t))
        return false;
    unsigned fields_count = LLVMCountStructElementTypes(t);
    for (unsigned i = 0; i < fields_count; i++)
        if (LLVMGetTypeKind(LLVMStructGetTypeAtIndex(t, i)) ==
            LLVMPointerTypeKind)
            slots_of_field(a, d, t, i, out);
    return ok;
}

/* The pointer fields of the structure that v is the address of. */
int *slots_of_object(struct analysis *a, const struct def *d, LLVMValueRef v)
{
    int *out = NULL;

    if (!add_object(a, d, v, 0, &out))
        arrsetlen(out, 0);
    return out;
}

/* ---- what else happens to fields ---- */

struct user {
    struct analysis *a;
    const struct def *d;
    struct body *body;
    int block;
};

static void add_moves(struct user *u, int *from, int to)
{
    for (size_t i = 0; i < arrlenu(from); i++) {
        struct move m = {from[i], to, u->block};
        arrput(u->body->moves, m);
    }
}

static bool is_type_test(LLVMValueRef v)
{
    LLVMValueRef f = LLVMIsACallInst(v) ? LLVMGetCalledValue(v) : NULL;

    return f && LLVMIsAFunction(f) && !strcmp(ir_name(f), "llvm.type.test");
}

/* One use of a field's value: called, compared, copied to a field, or free. */
static void value_use(struct user *u, int *from, LLVMValueRef v,
                      LLVMValueRef user, int depth);

static void value_uses(struct user *u, int *from, LLVMValueRef v, int depth)
{
    IR_EACH_USE (use, v)
        value_use(u, from, v, LLVMGetUser(use), depth);
}

static void value_use(struct user *u, int *from, LLVMValueRef v,
                      LLVMValueRef user, int depth)
{
    int *to;

    if (LLVMIsAICmpInst(user) || is_type_test(user))
        return;
    if (ir_is_call(user) && LLVMGetCalledValue(user) == v) {
        unsigned n = LLVMGetNumArgOperands(user);
        bool passed = false;
        for (unsigned i = 0; i < n; i++)
            passed |= LLVMGetOperand(user, i) == v;
        if (!passed)
            return;
    }
    if ((LLVMIsAPHINode(user) || LLVMIsASelectInst(user)) && depth < 4) {
        value_uses(u, from, user, depth + 1);
        return;
    }
    if (LLVMIsAStoreInst(user) && LLVMGetOperand(user, 1) != v) {
        to = slots_of_store(u->a, u->d, user);
        for (size_t i = 0; i < arrlenu(to); i++)
            add_moves(u, from, SLOT(to[i]));
        bool field = arrlenu(to) > 0;
        arrfree(to);
        if (field)
            return;
    }
    add_moves(u, from, SLOT_ANY);
}

void slots_of_load(struct analysis *a, const struct def *d, struct body *b,
                   LLVMValueRef load, int block)
{
    struct user u = {a, d, b, block};
    bool leaf;
    int *from;

    if (LLVMGetTypeKind(LLVMTypeOf(load)) != LLVMPointerTypeKind)
        return;
    from = fields(a, d, LLVMGetOperand(load, 0), &leaf);
    if (from)
        value_uses(&u, from, load, 0);
    arrfree(from);
}

/* A field's address that is kept or passed on: its value may go anywhere. */
void slots_of_address(struct analysis *a, const struct def *d, struct body *b,
                      LLVMValueRef p, LLVMValueRef user, int block)
{
    struct user u = {a, d, b, block};
    bool leaf = false;
    int *from;

    if (user && (LLVMIsALoadInst(user) || LLVMIsAICmpInst(user) ||
                 LLVMIsAGetElementPtrInst(user) ||
                 (LLVMIsAStoreInst(user) && LLVMGetOperand(user, 0) != p)))
        return;
    from = fields(a, d, p, &leaf);
    if (leaf)
        add_moves(&u, from, SLOT_ANY);
    arrfree(from);
}

/* ---- initialisers ---- */

void slots_of_field(struct analysis *a, const struct def *d, LLVMTypeRef t,
                    unsigned field, int **levels)
{
    unsigned long long at = LLVMOffsetOfElement(layout_of(d), t, field);

    arrput(*levels, slot_make(a, t, at));
}
