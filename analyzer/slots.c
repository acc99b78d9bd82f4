/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * slots.c: in which fields of structures function pointers are kept.
 *
 * A slot is a byte offset and what lies before it in the structure (its shape);
 * a field of a structure in another has a slot in each. Structures have no
 * names here, because programs cast a structure to another one that begins
 * alike. A function whose address is only ever put into fields can only be
 * called by a call that loads its target from a field at the same offset of
 * one of these; shapes are asked for when a field leaks: its value, or address,
 * is used for anything but a call or a comparison, or it is copied into
 * something of another type. Then what is in it may be anywhere; if it is
 * stored into another field it is also there.
 *
 * A call whose target comes from memory that is neither a field nor a variable
 * of pointers may find any function there. What is stored in a union may be
 * read as another member, so it may be anywhere.
 *
 * Fields are read off typed address computations (places.c), which are intact
 * because nothing but mem2reg has run. The type of an initialiser may be
 * unnamed, and laid out with padding of its own (unions): such a slot is of
 * any shape.
 */
#include "analyzer.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_ELEMENTS = 64, /* of an array, in a shape */
    MAX_VALUES = 200   /* that a callee may be */
};

/* ---- slots ---- */

struct shape {
    LLVMTargetDataRef td;
    unsigned long long stop, hash;
};

static void add_scalar(struct shape *s, LLVMTypeRef t, unsigned long long at)
{
    unsigned long long kind = LLVMGetTypeKind(t);

    if (kind == LLVMIntegerTypeKind)
        kind += 256ULL * LLVMGetIntTypeWidth(t);
    s->hash = (s->hash ^ kind) * 1099511628211ULL;
    s->hash = (s->hash ^ at) * 1099511628211ULL;
}

/* Adds the scalars before s->stop of a t that is at byte `at`. */
static void add_shape(struct shape *s, LLVMTypeRef t, unsigned long long at)
{
    LLVMTypeKind kind = LLVMGetTypeKind(t);

    if (at >= s->stop)
        return;
    if (kind == LLVMStructTypeKind) {
        unsigned n = LLVMCountStructElementTypes(t);
        for (unsigned i = 0; i < n; i++)
            add_shape(s, LLVMStructGetTypeAtIndex(t, i),
                      at + LLVMOffsetOfElement(s->td, t, i));
    } else if (kind == LLVMArrayTypeKind) {
        LLVMTypeRef of = LLVMGetElementType(t);
        unsigned long long n = LLVMGetArrayLength2(t);
        unsigned long long size = LLVMABISizeOfType(s->td, of);
        for (unsigned long long i = 0; i < n && i < MAX_ELEMENTS; i++)
            add_shape(s, of, at + i * size);
    } else {
        add_scalar(s, t, at);
    }
}

/* 0: of any shape. */
static unsigned long long shape_of(LLVMTargetDataRef td, LLVMTypeRef t,
                                   unsigned long long at)
{
    struct shape s = {td, at, 14695981039346656037ULL};

    if (!t || LLVMIsLiteralStruct(t))
        return 0;
    add_shape(&s, t, 0);
    return s.hash | 1;
}

static int slot_number(struct analysis *a, unsigned long long shape,
                       unsigned long long offset)
{
    struct slot_key key = {shape, offset};
    ptrdiff_t i = hmgeti(a->slot_numbers, key);
    struct slot s = {offset, shape == 0};
    int **same, n = (int)arrlen(a->slots);

    if (i >= 0)
        return a->slot_numbers[i].value;
    hmput(a->slot_numbers, key, n);
    arrput(a->slots, s);
    if (hmgeti(a->slots_at, offset) < 0)
        hmput(a->slots_at, offset, NULL);
    same = &hmgetp(a->slots_at, offset)->value;
    arrput(*same, n);
    return n;
}

static int slot_make(struct analysis *a, LLVMTargetDataRef td, LLVMTypeRef type,
                     unsigned long long offset)
{
    struct field_key key = {type, offset};
    ptrdiff_t i = hmgeti(a->fields, key);
    int n;

    if (i >= 0)
        return a->fields[i].value;
    n = slot_number(a, shape_of(td, type, offset), offset);
    hmput(a->fields, key, n);
    return n;
}

static LLVMTargetDataRef layout_of(const struct def *d)
{
    return LLVMGetModuleDataLayout(d->module->ir);
}

int *slots_of_places(struct analysis *a, const struct def *d,
                     struct place *places)
{
    int *out = NULL;

    for (size_t i = 0; i < arrlenu(places); i++)
        arrput(out, slot_make(a, layout_of(d), places[i].type, places[i].at));
    return out;
}

void slots_enter(const struct def *d, LLVMTypeRef t, unsigned field,
                 struct place **places)
{
    place_enter(layout_of(d), t, field, places);
}

/* The fields that a value at p may come from; *s says more. */
static int *fields(struct analysis *a, const struct def *d, LLVMValueRef p,
                   struct spot *s)
{
    int *out;

    *s = spot_of_access(layout_of(d), p);
    out = slots_of_places(a, d, s->places);
    spot_free(s);
    return out;
}

/* NULL: what is stored may be read by anything. */
int *slots_of_store(struct analysis *a, const struct def *d, LLVMValueRef store)
{
    struct spot s;
    int *out = fields(a, d, LLVMGetOperand(store, 1), &s);

    if (s.loose)
        arrfree(out);
    return out;
}

/* ---- calls ---- */

static void add_load(struct analysis *a, const struct def *d, LLVMValueRef load,
                     struct site *site)
{
    struct spot s = spot_of_access(layout_of(d), LLVMGetOperand(load, 0));
    struct place *from = arrlenu(s.places) ? s.places : s.views;
    int *slots = slots_of_places(a, d, s.plain ? s.places : from);

    site->anywhere |= s.bytes || (!arrlenu(slots) && !s.plain);
    for (size_t i = 0; i < arrlenu(slots); i++)
        arrput(site->slots, slots[i]);
    arrfree(slots);
    spot_free(&s);
}

static void add_value(LLVMValueRef v, LLVMValueRef **values)
{
    for (size_t i = 0; i < arrlenu(*values); i++)
        if ((*values)[i] == v)
            return;
    arrput(*values, v);
}

/*
 * The loads among the values that the callee may be. Functions that come by
 * any other way are free, and match whatever the slots are.
 */
void slots_of_callee(struct analysis *a, const struct def *d,
                     LLVMValueRef callee, struct site *site)
{
    LLVMValueRef *values = NULL;

    arrput(values, callee);
    for (size_t i = 0; i < arrlenu(values) && i < MAX_VALUES; i++) {
        LLVMValueRef v = values[i];
        unsigned n = LLVMIsAPHINode(v) ? LLVMCountIncoming(v) : 0;
        for (unsigned k = 0; k < n; k++)
            add_value(LLVMGetIncomingValue(v, k), &values);
        if (LLVMIsALoadInst(v))
            add_load(a, d, v, site);
        if (!LLVMIsASelectInst(v))
            continue;
        add_value(LLVMGetOperand(v, 1), &values);
        add_value(LLVMGetOperand(v, 2), &values);
    }
    site->anywhere |= arrlenu(values) > MAX_VALUES;
    if (site->anywhere)
        arrfree(site->slots);
    arrfree(values);
}

static void add_field(struct analysis *a, const struct def *d, LLVMTypeRef t,
                      unsigned field, int **out)
{
    LLVMTargetDataRef td = layout_of(d);

    arrput(*out, slot_make(a, td, t, LLVMOffsetOfElement(td, t, field)));
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
    t = LLVMIsAAllocaInst(v) || LLVMIsAGlobalVariable(v)
            ? spot_of(layout_of(d), v).type
            : NULL;
    if (!t || LLVMGetTypeKind(t) != LLVMStructTypeKind)
        return false;
    unsigned fields_count = LLVMCountStructElementTypes(t);
    for (unsigned i = 0; i < fields_count; i++)
        if (LLVMGetTypeKind(LLVMStructGetTypeAtIndex(t, i)) ==
            LLVMPointerTypeKind)
            add_field(a, d, t, i, out);
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

/* Can a value of this type hold a whole pointer? */
static bool holds_pointer(LLVMTypeRef t)
{
    LLVMTypeKind k = t ? LLVMGetTypeKind(t) : LLVMVoidTypeKind;

    return k == LLVMPointerTypeKind ||
           (k == LLVMIntegerTypeKind && LLVMGetIntTypeWidth(t) >= 64);
}

void slots_of_load(struct analysis *a, const struct def *d, struct body *b,
                   LLVMValueRef load, int block)
{
    struct user u = {a, d, b, block};
    bool pointer = LLVMGetTypeKind(LLVMTypeOf(load)) == LLVMPointerTypeKind;
    struct spot s;
    int *from;

    if (!holds_pointer(LLVMTypeOf(load)))
        return;
    from = fields(a, d, LLVMGetOperand(load, 0), &s);
    if (from && pointer)
        value_uses(&u, from, load, 0);
    else if (from && !s.bytes)
        add_moves(&u, from, SLOT_ANY);
    arrfree(from);
}

/* Is user another step from p, whose own uses tell what it is for? */
static bool goes_on(LLVMValueRef user)
{
    return LLVMIsAGetElementPtrInst(user) && LLVMGetNumOperands(user) > 2;
}

/* A field's address that is kept or passed on: its value may go anywhere. */
void slots_of_address(struct analysis *a, const struct def *d, struct body *b,
                      LLVMValueRef p, LLVMValueRef user, int block)
{
    struct user u = {a, d, b, block};
    struct spot s;
    int *from;

    if (user &&
        (LLVMIsALoadInst(user) || LLVMIsAICmpInst(user) || goes_on(user) ||
         (LLVMIsAStoreInst(user) && LLVMGetOperand(user, 0) != p)))
        return;
    from = fields(a, d, p, &s);
    if (holds_pointer(s.type))
        add_moves(&u, from, SLOT_ANY);
    arrfree(from);
}

/* ---- copies ---- */

static void leak_all(struct user *u, struct place *around, LLVMTypeRef t)
{
    LLVMTargetDataRef td = layout_of(u->d);
    LLVMTypeKind kind = LLVMGetTypeKind(t);

    if (kind == LLVMArrayTypeKind) {
        leak_all(u, NULL, LLVMGetElementType(t));
    } else if (kind == LLVMStructTypeKind) {
        unsigned n = LLVMCountStructElementTypes(t);
        for (unsigned i = 0; i < n; i++) {
            struct place *inside = NULL;
            for (size_t k = 0; k < arrlenu(around); k++)
                arrput(inside, around[k]);
            place_enter(td, t, i, &inside);
            leak_all(u, inside, LLVMStructGetTypeAtIndex(t, i));
            arrfree(inside);
        }
    } else if (holds_pointer(t)) {
        int *from = slots_of_places(u->a, u->d, around);
        add_moves(u, from, SLOT_ANY);
        arrfree(from);
    }
}

/* The number LLVM appends to a name that two modules use is not part of it. */
static size_t name_length(const char *name)
{
    size_t n = strlen(name), k = n;

    while (k && isdigit((unsigned char)name[k - 1]))
        k--;
    return k && k < n && name[k - 1] == '.' ? k - 1 : n;
}

static bool same_type(LLVMTypeRef x, LLVMTypeRef y)
{
    const char *a, *b;

    if (x == y || LLVMGetTypeKind(x) != LLVMStructTypeKind ||
        LLVMGetTypeKind(y) != LLVMStructTypeKind)
        return x == y;
    a = LLVMIsLiteralStruct(x) ? "" : LLVMGetStructName(x);
    b = LLVMIsLiteralStruct(y) ? "" : LLVMGetStructName(y);
    return *a && name_length(a) == name_length(b) &&
           strncmp(a, b, name_length(a)) == 0;
}

/* Memory copied to what is known to have another type leaks. */
void slots_of_copy(struct analysis *a, const struct def *d, struct body *b,
                   LLVMValueRef to, LLVMValueRef from, int block)
{
    struct user u = {a, d, b, block};
    LLVMTargetDataRef td = layout_of(d);
    struct spot t = spot_of(td, to), f = spot_of(td, from);

    if (t.type && f.type && !same_type(t.type, f.type))
        leak_all(&u, f.places, f.type);
    spot_free(&t);
    spot_free(&f);
}
