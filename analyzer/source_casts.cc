/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source_casts.cc: one C file through clang's parser, for what happens to
 * function pointers in it: where one becomes another, or something else.
 *
 * Nothing may be missed here, so headers count like the file itself, and so
 * does what is never executed. What is not understood makes the file unknown:
 * an error of the parser, a function pointer in assembly, types that are not
 * those of the bitcode that was made of the same file.
 */
#include "source_casts.h"
#include "source_types.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Basic/FileManager.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Tooling/Tooling.h>
#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Metadata.h>
#include <llvm/IR/Module.h>
#include <llvm/IRReader/IRReader.h>
#include <llvm/Support/SourceMgr.h>

#include <map>

using namespace clang;

namespace
{

struct visitor : RecursiveASTVisitor<visitor> {
    ASTContext &context;
    type_flow flow;
    std::map<std::string, std::string> defined; /* functions: their types */
    std::set<const Expr *> called, compared;
    std::string unknown;

    explicit visitor(ASTContext &c) : context(c), flow(c)
    {
    }

    bool VisitCastExpr(CastExpr *e)
    {
        switch (e->getCastKind()) {
        case CK_ToVoid:
        case CK_ToUnion:
        case CK_NullToPointer:
        case CK_PointerToBoolean:
        case CK_LValueToRValue:
        case CK_ArrayToPointerDecay:
        case CK_FunctionToPointerDecay:
        case CK_BuiltinFnToFnPtr:
            return true;
        default:
            break;
        }
        if (!compared.count(e) && !is_fixed(e->getSubExpr()))
            flow.convert(e->getSubExpr()->getType(), e->getType());
        return true;
    }

    /* What is only compared goes nowhere. */
    bool VisitBinaryOperator(BinaryOperator *b)
    {
        if (b->isComparisonOp()) {
            compare(b->getLHS());
            compare(b->getRHS());
        }
        return true;
    }

    bool VisitCallExpr(CallExpr *e)
    {
        const Expr *callee = e->getCallee()->IgnoreParenImpCasts();
        QualType type = callee->getType();

        called.insert(callee);
        if (type->isPointerType())
            type = type->getPointeeType();
        const auto *proto = type->getAs<FunctionProtoType>();
        const FunctionDecl *f = e->getDirectCallee();
        std::string to = f ? symbol(f) : ""; /* "": anybody */
        for (unsigned i = proto ? proto->getNumParams() : 0;
             i < e->getNumArgs(); i++) {
            flow.leave(e->getArg(i)->getType());
            flow.leads(to, e->getArg(i)->getType());
        }
        return true;
    }

    bool VisitVAArgExpr(VAArgExpr *e)
    {
        flow.enter(e->getType());
        return true;
    }

    bool VisitGCCAsmStmt(GCCAsmStmt *s)
    {
        for (const Stmt *child : s->children())
            if (const auto *e = dyn_cast_or_null<Expr>(child))
                if (!flow.function_of(e->getType()).isNull())
                    unknown = "a function pointer in assembly";
        return true;
    }

    bool VisitDeclRefExpr(DeclRefExpr *e)
    {
        if (const auto *f = dyn_cast<FunctionDecl>(e->getDecl()))
            function_ref(e, f);
        else if (const auto *v = dyn_cast<VarDecl>(e->getDecl()))
            variable(v);
        return true;
    }

    bool VisitVarDecl(VarDecl *v)
    {
        if (v->isThisDeclarationADefinition() != VarDecl::DeclarationOnly)
            variable(v);
        if (v->hasAttr<SectionAttr>()) /* who walks it? */
            flow.leads("", v->getType());
        return true;
    }

    bool VisitFunctionDecl(FunctionDecl *f)
    {
        if (const auto *a = f->getAttr<AliasAttr>())
            flow.line("decl", a->getAliasee().str(), flow.name(f->getType()));
        if (!f->doesThisDeclarationHaveABody())
            return true;
        defined[symbol(f)] = flow.name(f->getType());
        flow.line("function", symbol(f));
        if (f->isExternallyVisible())
            flow.same(symbol(f), f->getType());
        if (!f->hasWrittenPrototype())
            for (const ParmVarDecl *p : f->parameters())
                flow.enter(p->getType());
        return true;
    }

    bool VisitRecordDecl(RecordDecl *r)
    {
        std::string name = record_name(r);

        if (!r->isThisDeclarationADefinition() || r->isInvalidDecl())
            return true;
        std::string self = flow.record(context.getRecordType(r));
        for (const FieldDecl *f : r->fields()) {
            flow.leads(self, f->getType());
            if (!name.empty())
                flow.same(name + "." + f->getName().str(), f->getType());
            for (const FieldDecl *g : r->fields())
                if (r->isUnion() && f->getFieldIndex() < g->getFieldIndex())
                    flow.share(f->getType(), g->getType());
        }
        return true;
    }

  private:
    /* The name that the linker sees. */
    std::string symbol(const NamedDecl *d)
    {
        const auto *label = d->getAttr<AsmLabelAttr>();

        if (label)
            return label->getLabel().ltrim('\1').str();
        return d->getIdentifier() ? d->getName().str() : "";
    }

    /* struct x, typedef struct { } x, and what stands in them; "" if local. */
    std::string record_name(const RecordDecl *r)
    {
        const DeclContext *in = r->getLexicalDeclContext();
        const TypedefNameDecl *t = r->getTypedefNameForAnonDecl();

        if (in->isFunctionOrMethod())
            return "";
        if (r->getIdentifier())
            return ("struct " + r->getName()).str();
        if (t)
            return ("type " + t->getName()).str();
        const auto *outer = dyn_cast<RecordDecl>(in);
        std::string name = outer ? record_name(outer) : "";
        return name.empty() ? "" : name + ".";
    }

    /* An integer that is no address: SIG_IGN, SQLITE_TRANSIENT, null. */
    bool is_fixed(const Expr *e)
    {
        Expr::EvalResult r;

        if (e->isNullPointerConstant(context, Expr::NPC_ValueDependentIsNull))
            return true;
        if (!e->EvaluateAsRValue(r, context) || r.HasSideEffects)
            return false;
        return r.Val.isInt() || (r.Val.isLValue() && !r.Val.getLValueBase());
    }

    void compare(const Expr *e)
    {
        const CastExpr *c;

        while ((c = dyn_cast<CastExpr>(e->IgnoreParens()))) {
            compared.insert(c);
            e = c->getSubExpr();
        }
    }

    /* An address has the type of the declaration that it was taken through. */
    void function_ref(const DeclRefExpr *e, const FunctionDecl *f)
    {
        const FunctionDecl *body = f->getDefinition();

        if (f->isExternallyVisible() && !f->getBuiltinID())
            flow.same(symbol(f), e->getType());
        if (f->isExternallyVisible())
            flow.shows(symbol(f), e->getType());
        if (called.count(e))
            return;
        if (f->isExternallyVisible())
            flow.line("decl", symbol(f), flow.name(e->getType()));
        if (body)
            flow.convert(context.getPointerType(body->getType()),
                         context.getPointerType(e->getType()));
    }

    /* A variable that no file of the program has may be anything. */
    void variable(const VarDecl *v)
    {
        if (!v->hasExternalFormalLinkage())
            return;
        flow.same(symbol(v), v->getType());
        flow.leads(symbol(v), v->getType());
        flow.line(v->hasDefinition() ? "variable" : "extern", symbol(v));
    }
};

/* The types of the functions of a module of bitcode. */
std::string compare(const char *path, visitor &v)
{
    llvm::LLVMContext context;
    llvm::SMDiagnostic error;
    auto module = llvm::parseIRFile(path, error, context);

    if (!module)
        return "its bitcode cannot be read";
    for (const llvm::Function &f : *module) {
        SmallVector<llvm::MDNode *, 4> types;
        std::string name = f.getName().str();
        if (f.isDeclaration())
            continue;
        f.getMetadata("type", types);
        for (const llvm::MDNode *node : types) {
            auto *s = dyn_cast<llvm::MDString>(node->getOperand(1));
            if (!s || s->getString().ends_with(".generalized"))
                continue;
            if (v.defined[name] != s->getString())
                return "its " + name + " is not that of the bitcode";
        }
    }
    return "";
}

/* Keeps the first error. */
class errors : public DiagnosticConsumer
{
  public:
    void HandleDiagnostic(DiagnosticsEngine::Level level,
                          const Diagnostic &d) override
    {
        SmallString<128> text;

        DiagnosticConsumer::HandleDiagnostic(level, d);
        if (level < DiagnosticsEngine::Error || !first.empty())
            return;
        d.FormatDiagnostic(text);
        first = text.str().str();
    }

    std::string first;
};

class consumer : public ASTConsumer
{
  public:
    explicit consumer(const casts_source &s) : source(s)
    {
    }

    void HandleTranslationUnit(ASTContext &context) override
    {
        visitor v(context);

        if (context.getDiagnostics().hasErrorOccurred())
            return;
        v.TraverseDecl(context.getTranslationUnitDecl());
        if (v.unknown.empty())
            v.unknown = compare(source.bitcode, v);
        if (v.unknown.empty())
            v.flow.line("done", "");
        else
            v.flow.line("unknown", v.unknown);
        v.flow.print(source.out);
    }

  private:
    const casts_source &source;
};

class action : public ASTFrontendAction
{
  public:
    explicit action(const casts_source &s) : source(s)
    {
    }

    std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &,
                                                   StringRef) override
    {
        return std::make_unique<consumer>(source);
    }

  private:
    const casts_source &source;
};

} // namespace

void source_casts(const struct casts_source *source)
{
    std::vector<std::string> args;
    IntrusiveRefCntPtr<FileManager> files(new FileManager(FileSystemOptions()));
    errors found;

    for (const char *const *a = source->argv; *a; a++)
        args.push_back(*a);
    tooling::ToolInvocation run(args, std::make_unique<action>(*source),
                                files.get());
    run.setDiagnosticConsumer(&found);
    run.run();
    if (!found.first.empty())
        fprintf(source->out, "unknown\t%s\t\n", found.first.c_str());
}
