/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * places.c: which fields of structures a pointer points to.
 *
 * A place is a structure and the byte offset in it. An address has one for
 * each structure around it, from the outermost to the innermost, as far as the
 * typed address computation tells; an array's index is not known, so a step
 * into an array forgets them. Clang makes a typed computation for every access
 * of a member, except that those with constant operands become bytes from the
 * start of a variable, which are laid over the variable's type here.
 *
 * `loose` are places that say where a value may come from but not that it comes
 * from nowhere else: a union's members, bytes from a pointer of any type.
 */
#include "analyzer.h"

#include <string.h>

enum {
    MAX_DEPTH = 20,
    MAX_VIEWS = 64,
    POINTER = 8 /* bytes */
};

static bool is_struct(LLVMTypeRef t)
{
    return t && LLVMGetTypeKind(t) == LLVMStructTypeKind;
}

static bool is_array(LLVMTypeRef t)
{
    LLVMTypeKind k = t ? LLVMGetTypeKind(t) : LLVMVoidTypeKind;

    return k == LLVMArrayTypeKind || k == LLVMVectorTypeKind;
}

static bool is_union(LLVMTypeRef t)
{
    const char *name =
        is_struct(t) && !LLVMIsLiteralStruct(t) ? LLVMGetStructName(t) : NULL;

    return name && has_prefix(name, "union.");
}

void place_enter(LLVMTargetDataRef td, LLVMTypeRef t, unsigned field,
                 struct place **places)
{
    unsigned long long at = LLVMOffsetOfElement(td, t, field);
    struct place inner = {t, at};

    for (size_t i = 0; i < arrlenu(*places); i++)
        (*places)[i].at += at;
    arrput(*places, inner);
}

static void enter_field(LLVMTargetDataRef td, struct spot *s, unsigned field)
{
    place_enter(td, s->type, field, &s->places);
    s->type = LLVMStructGetTypeAtIndex(s->type, field);
    s->loose |= is_union(s->type);
    s->whole = false;
    arrsetlen(s->views, 0);
}

/* Where else an element may lie, if the array is read as fields. */
static void add_views(struct spot *s)
{
    LLVMTypeRef of = LLVMGetElementType(s->type);
    unsigned long long n = LLVMGetArrayLength2(s->type);

    arrsetlen(s->views, 0);
    if (LLVMGetTypeKind(of) != LLVMPointerTypeKind || n > MAX_VIEWS)
        return;
    for (size_t i = 0; i < arrlenu(s->places); i++)
        for (unsigned long long k = 0; k < n; k++) {
            struct place any = {NULL, s->places[i].at + k * POINTER};
            arrput(s->views, any);
        }
}

static void enter_array(struct spot *s)
{
    if (LLVMGetTypeKind(s->type) == LLVMArrayTypeKind)
        add_views(s);
    arrsetlen(s->places, 0);
    s->type = LLVMGetElementType(s->type);
    s->loose |= is_union(s->type);
    s->whole = false;
}

/* From the start of what s is at to what its byte `at` is in. */
static void enter_bytes(LLVMTargetDataRef td, struct spot *s,
                        unsigned long long at)
{
    while (s->type && at < LLVMABISizeOfType(td, s->type)) {
        if (is_struct(s->type) && LLVMCountStructElementTypes(s->type)) {
            unsigned field = LLVMElementAtOffset(td, s->type, at);
            at -= LLVMOffsetOfElement(td, s->type, field);
            enter_field(td, s, field);
        } else if (is_array(s->type)) {
            enter_array(s);
            at %= LLVMABISizeOfType(td, s->type);
        } else {
            return;
        }
    }
}

static LLVMTypeRef variable_type(LLVMValueRef v)
{
    if (LLVMIsAAllocaInst(v))
        return LLVMGetAllocatedType(v);
    return LLVMIsAGlobalVariable(v) ? LLVMGlobalGetValueType(v) : NULL;
}

/* A variable of pointers, or of arrays of them: it has no fields. */
static bool is_plain(LLVMTypeRef t)
{
    while (is_array(t))
        t = LLVMGetElementType(t);
    return t && LLVMGetTypeKind(t) == LLVMPointerTypeKind;
}

static bool is_gep(LLVMValueRef p)
{
    return LLVMIsAGetElementPtrInst(p) ||
           (LLVMIsAConstantExpr(p) &&
            LLVMGetConstOpcode(p) == LLVMGetElementPtr);
}

/* p + k, in steps of the source type. */
static void step(LLVMTargetDataRef td, struct spot *s, LLVMValueRef gep)
{
    LLVMTypeRef t = LLVMGetGEPSourceElementType(gep);
    LLVMValueRef k = LLVMGetOperand(gep, 1);
    bool constant = LLVMIsAConstantInt(k) && LLVMConstIntGetSExtValue(k) >= 0;
    bool inside = (is_struct(s->type) || is_array(s->type)) && !is_struct(t);
    bool plain = s->plain;
    unsigned long long bytes =
        constant ? LLVMConstIntGetZExtValue(k) * LLVMABISizeOfType(td, t) : 0;

    s->whole = false;
    if (constant && inside && !plain) {
        enter_bytes(td, s, bytes);
        return;
    }
    bool start = !s->type && constant && !is_struct(t);
    spot_free(s);
    *s = (struct spot){.plain = plain};
    if (is_struct(t)) {
        s->type = t;
        s->loose = is_union(t);
    } else if (start && !plain) { /* bytes from the start of something */
        struct place any = {NULL, bytes};
        arrput(s->places, any);
        s->loose = s->bytes = true;
    }
}

/* A constant address of a first member is that of what it is in. */
static void enter_first(LLVMTargetDataRef td, struct spot *s, LLVMTypeRef to)
{
    LLVMTypeRef t = s->type;

    while (is_struct(t) && t != to && LLVMCountStructElementTypes(t))
        t = LLVMStructGetTypeAtIndex(t, 0);
    while (t == to && s->type != to)
        enter_field(td, s, 0);
}

/* A typed path: a member of a member of what base points to. */
static void path(LLVMTargetDataRef td, struct spot *s, LLVMValueRef gep)
{
    LLVMTypeRef t = LLVMGetGEPSourceElementType(gep);
    LLVMValueRef first = LLVMGetOperand(gep, 1);
    int n = LLVMGetNumOperands(gep);

    if (is_struct(t) && LLVMIsLiteralStruct(t) && n == 3 && s->whole) {
        unsigned field =
            (unsigned)LLVMConstIntGetZExtValue(LLVMGetOperand(gep, 2));
        enter_bytes(td, s, LLVMOffsetOfElement(td, t, field));
        return; /* a structure passed in registers */
    }
    if (is_array(t))
        enter_first(td, s, t);
    if (!LLVMIsAConstantInt(first) || LLVMConstIntGetZExtValue(first) != 0 ||
        !s->type)
        arrsetlen(s->places, 0);
    arrsetlen(s->views, 0);
    s->loose |= is_union(s->type) || is_union(t);
    s->type = t;
    s->whole = false;
    for (int i = 2; i < n; i++) {
        LLVMValueRef k = LLVMGetOperand(gep, (unsigned)i);
        if (is_struct(s->type))
            enter_field(td, s, (unsigned)LLVMConstIntGetZExtValue(k));
        else
            enter_array(s);
    }
}

static struct spot spot_at(LLVMTargetDataRef td, LLVMValueRef p, int depth)
{
    LLVMTypeRef t = variable_type(p);
    struct spot s = {0};
    struct place first = {NULL, 0};

    if (t) {
        s.type = t;
        s.whole = true;
        s.plain = is_plain(t);
        s.loose = is_union(t);
    } else if (is_gep(p) && depth < MAX_DEPTH) {
        s = spot_at(td, LLVMGetOperand(p, 0), depth + 1);
        if (LLVMGetNumOperands(p) == 2)
            step(td, &s, p);
        else
            path(td, &s, p);
    } else if (LLVMIsAArgument(p) || LLVMIsALoadInst(p) || ir_is_call(p)) {
        arrput(s.views, first); /* of some structure, if not by its address */
    }
    return s;
}

/* Into the first field, and its first, down to what can be loaded. */
static void descend(LLVMTargetDataRef td, struct spot *s)
{
    for (;;) {
        if (is_struct(s->type) && LLVMCountStructElementTypes(s->type))
            enter_field(td, s, 0);
        else if (is_array(s->type))
            enter_array(s);
        else
            return;
    }
}

struct spot spot_of(LLVMTargetDataRef td, LLVMValueRef p)
{
    return spot_at(td, p, 0);
}

struct spot spot_of_access(LLVMTargetDataRef td, LLVMValueRef p)
{
    struct spot s = spot_at(td, p, 0);

    descend(td, &s);
    return s;
}

void spot_free(struct spot *s)
{
    arrfree(s->places);
    arrfree(s->views);
}
