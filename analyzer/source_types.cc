/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source_types.cc: which function types of one C file flow into which others.
 *
 * `flow S D`: a pointer to a function of type S may become one to type D. The
 * type `*` stands for all places that do not say what they hold: void *,
 * integers, bytes. What is cast by value flows one way. Where two types lie on
 * the same memory (a union, two structures of which pointers are cast into
 * each other, a pointer to a function pointer that becomes void *), each flows
 * into the other: who writes is not asked.
 *
 * One thing is taken for granted: a pointer to a structure that goes through
 * void *, char * or a union is used with the structure's type again
 * (C11 6.5p7).
 */
#include "source_types.h"

#include <clang/AST/RecordLayout.h>

using namespace clang;

enum {
    MAX_LEAVES = 1000 /* of one type; a larger one is open in all of them */
};

static const char anything[] = "*";

type_flow::type_flow(ASTContext &c)
    : context(c), mangler(ItaniumMangleContext::create(c, c.getDiagnostics()))
{
}

/* As CodeGenModule::CreateMetadataIdentifierForType does it. */
std::string type_flow::name(QualType t)
{
    std::string text;
    llvm::raw_string_ostream out(text);

    t = plain(t);
    if (const auto *f = t->getAs<FunctionProtoType>())
        t = context.getFunctionType(
            f->getReturnType(), f->getParamTypes(),
            f->getExtProtoInfo().withExceptionSpec(EST_None));
    mangler->mangleCanonicalTypeName(t, out, false);
    return text;
}

QualType type_flow::plain(QualType t)
{
    t = context.getCanonicalType(t).getUnqualifiedType();
    if (const auto *a = t->getAs<AtomicType>())
        t = context.getCanonicalType(a->getValueType()).getUnqualifiedType();
    return t;
}

QualType type_flow::element(QualType t)
{
    return plain(context.getBaseElementType(plain(t)));
}

QualType type_flow::function_of(QualType t)
{
    t = plain(t);
    if (t->isFunctionPointerType())
        t = plain(t->getPointeeType());
    return t->isFunctionType() ? t : QualType();
}

/* The function type at the end of pointers to pointers and arrays, or 0. */
QualType type_flow::chain(QualType t)
{
    for (t = element(t); t->isPointerType(); t = element(t->getPointeeType()))
        ;
    return t->isFunctionType() ? t : QualType();
}

void type_flow::line(const std::string &kind, const std::string &a,
                     const std::string &b)
{
    lines.insert(kind + "\t" + a + "\t" + b);
}

void type_flow::print(FILE *out) const
{
    for (const std::string &l : lines)
        fprintf(out, "%s\n", l.c_str());
}

void type_flow::edge(const std::string &from, const std::string &to)
{
    if (from != to)
        line("flow", from, to);
}

/* ---- values ---- */

void type_flow::open(QualType function)
{
    edge(name(function), anything);
    edge(anything, name(function));
}

void type_flow::leave(QualType t)
{
    QualType f = function_of(t), c = chain(t);

    if (!f.isNull())
        edge(name(f), anything);
    else if (!c.isNull())
        open(c);
}

void type_flow::enter(QualType t)
{
    QualType f = function_of(t), c = chain(t);

    if (!f.isNull())
        edge(anything, name(f));
    else if (!c.isNull())
        open(c);
}

/* Who calls it as `to` gives arguments of that, and takes its result. */
void type_flow::flow(QualType from, QualType to)
{
    const auto *f = from->getAs<FunctionProtoType>();
    const auto *t = to->getAs<FunctionProtoType>();

    if (from == to ||
        !flows.insert({from.getAsOpaquePtr(), to.getAsOpaquePtr()}).second)
        return;
    edge(name(from), name(to));
    convert(from->castAs<FunctionType>()->getReturnType(),
            to->castAs<FunctionType>()->getReturnType());
    for (unsigned i = 0; f && i < f->getNumParams(); i++)
        if (t && i < t->getNumParams())
            convert(t->getParamType(i), f->getParamType(i));
        else
            enter(f->getParamType(i));
    for (unsigned i = f ? f->getNumParams() : 0; t && i < t->getNumParams();
         i++)
        leave(t->getParamType(i));
}

void type_flow::convert(QualType from, QualType to)
{
    QualType f = function_of(from), t = function_of(to);

    from = plain(from);
    to = plain(to);
    if (!f.isNull() && !t.isNull())
        flow(f, t);
    else if (!f.isNull())
        leave(from);
    else if (!t.isNull())
        enter(to);
    else if (from->isPointerType() && to->isPointerType())
        alias(from->getPointeeType(), to->getPointeeType());
    else if (from->isPointerType())
        leave(from);
    else if (to->isPointerType())
        enter(to);
}

/* ---- memory ---- */

bool type_flow::is_known_record(QualType t)
{
    const RecordDecl *r = t->getAsRecordDecl();

    return r && r->getDefinition() && !r->getDefinition()->isInvalidDecl();
}

/* Of what can be anything by C's rules. */
bool type_flow::is_bytes(QualType t)
{
    return t->isVoidType() || t->isCharType() || t->isFunctionType() ||
           t->isIncompleteType();
}

/* All function pointers in it are open. */
void type_flow::open_all(QualType t)
{
    QualType c = chain(t);

    t = element(t);
    if (!c.isNull())
        open(c);
    else if (is_known_record(t))
        for (const FieldDecl *f :
             t->getAsRecordDecl()->getDefinition()->fields())
            open_all(f->getType());
}

void type_flow::loose(QualType x, QualType other)
{
    if (!chain(x).isNull() || !is_bytes(other))
        open_all(x);
}

/* Memory that holds an x is also seen as a y. */
void type_flow::alias(QualType x, QualType y)
{
    x = element(x);
    y = element(y);
    if (x == y ||
        !aliases.insert({x.getAsOpaquePtr(), y.getAsOpaquePtr()}).second)
        return;
    QualType f = function_of(x), g = function_of(y);
    if (!f.isNull() && !g.isNull()) {
        flow(f, g);
        flow(g, f);
    } else if (is_known_record(x) && is_known_record(y)) {
        overlay(x, y, false);
    } else if (f.isNull() && g.isNull() && x->isPointerType() &&
               y->isPointerType()) {
        alias(x->getPointeeType(), y->getPointeeType());
    } else {
        loose(x, y);
        loose(y, x);
    }
}

void type_flow::share(QualType x, QualType y)
{
    overlay(plain(x), plain(y), true);
}

bool type_flow::has_pointers(QualType t)
{
    t = element(t);
    if (!is_known_record(t))
        return t->isPointerType();
    for (const FieldDecl *f : t->getAsRecordDecl()->getDefinition()->fields())
        if (has_pointers(f->getType()))
            return true;
    return false;
}

bool type_flow::leaves_of_record(QualType t, uint64_t at,
                                 std::vector<leaf> &out)
{
    const RecordDecl *r = t->getAsRecordDecl()->getDefinition();
    const ASTRecordLayout &layout = context.getASTRecordLayout(r);

    for (const FieldDecl *f : r->fields()) {
        uint64_t bits = layout.getFieldOffset(f->getFieldIndex());
        if (!leaves(f->getType(), at + bits / 8, out))
            return false;
    }
    return true;
}

/* What lies where in a t; false: too much to say, or of no known size. */
bool type_flow::leaves(QualType t, uint64_t at, std::vector<leaf> &out)
{
    t = plain(t);
    if (is_known_record(t))
        return leaves_of_record(t, at, out);
    const auto *array = context.getAsConstantArrayType(t);
    if (!has_pointers(t)) {
        if (!t->isIncompleteType() && (array || !t->isArrayType()))
            out.push_back({at, (uint64_t)context.getTypeSize(t) / 8, element(t),
                           t->isArrayType()});
        return true;
    }
    if (!array && t->isArrayType())
        return false;
    if (!array) {
        out.push_back({at, (uint64_t)context.getTypeSize(t) / 8, t, false});
        return out.size() < MAX_LEAVES;
    }
    uint64_t step = context.getTypeSize(array->getElementType()) / 8;
    uint64_t n = array->getSize().getZExtValue();
    for (uint64_t i = 0; i < n; i++)
        if (!leaves(array->getElementType(), at + i * step, out))
            return false;
    return true;
}

void type_flow::overlay(QualType x, QualType y, bool is_union)
{
    std::vector<leaf> a, b;

    if (x == y ||
        !overlays.insert({x.getAsOpaquePtr(), y.getAsOpaquePtr()}).second)
        return;
    if (!leaves(x, 0, a) || !leaves(y, 0, b)) {
        open_all(x);
        open_all(y);
        return;
    }
    for (const leaf &l : a)
        for (const leaf &m : b)
            if (l.at < m.at + m.size && m.at < l.at + l.size)
                meet(l, m, is_union);
    if (!is_union)
        begin_alike(a, b);
}

void type_flow::meet(const leaf &x, const leaf &y, bool is_union)
{
    bool is_same_place = x.at == y.at && !x.is_array && !y.is_array;
    QualType f = function_of(x.type), g = function_of(y.type);

    if (!f.isNull() && !g.isNull() && is_same_place)
        alias(x.type, y.type);
    else if (!f.isNull() || !g.isNull()) {
        meet_function(x, y, is_union);
        meet_function(y, x, is_union);
    } else if (!is_same_place || !x.type->isPointerType() ||
               !y.type->isPointerType()) {
        loose(x.type, context.VoidTy);
        loose(y.type, context.VoidTy);
    }
}

/*
 * Two structures that begin alike, as those of objects with tables of
 * functions do: what their pointers there point to is the same memory too.
 */
void type_flow::begin_alike(const std::vector<leaf> &x,
                            const std::vector<leaf> &y)
{
    for (size_t i = 0; i < x.size() && i < y.size(); i++) {
        QualType a = x[i].type, b = y[i].type;
        if (x[i].at != y[i].at || x[i].size != y[i].size ||
            a->isPointerType() != b->isPointerType())
            return;
        if (a->isPointerType())
            alias(a->getPointeeType(), b->getPointeeType());
    }
}

/* A number that is no pointer's size shares a union for its own sake. */
void type_flow::meet_function(const leaf &x, const leaf &y, bool is_union)
{
    QualType f = function_of(x.type);

    if (f.isNull())
        return;
    if (is_union && !y.is_array && x.at == y.at && y.type->isArithmeticType() &&
        (y.type->isRealFloatingType() || y.size != x.size))
        return;
    open(f);
}

/* ---- names ---- */

void type_flow::same(const std::string &as, QualType t)
{
    QualType c = chain(t);

    if (c.isNull())
        return;
    line("name", as, name(c));
    same(as + ">", c->castAs<FunctionType>()->getReturnType());
    if (const auto *p = c->getAs<FunctionProtoType>())
        for (unsigned i = 0; i < p->getNumParams(); i++)
            same(as + "(" + std::to_string(i), p->getParamType(i));
}

std::string type_flow::record(QualType t)
{
    return "record " + plain(t).getAsString();
}

/* Along pointers; what a structure leads to is said where it is defined. */
void type_flow::leads(const std::string &what, QualType t)
{
    for (t = element(t); t->isPointerType(); t = element(t->getPointeeType()))
        ;
    if (t->isFunctionType()) {
        std::string own = name(t);
        line("leads", what, own);
        if (led.insert(t.getAsOpaquePtr()).second)
            shows(own, t);
    } else if (t->isRecordType()) {
        line("leads", what, record(t));
    }
}

/* A function is given its parameters, and gives its result. */
void type_flow::shows(const std::string &what, QualType function)
{
    const auto *f = function->getAs<FunctionType>();

    if (!f) /* one of the compiler's own */
        return;
    leads(what, f->getReturnType());
    if (const auto *p = function->getAs<FunctionProtoType>())
        for (QualType param : p->param_types())
            leads(what, param);
}
