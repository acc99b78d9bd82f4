/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source_scan.cc: one C file through clang's parser, for what bitcode has
 * lost: headers not found, conditions, casts, format attributes, text.
 *
 * C++, since libTooling has no C interface. It knows no pool and
 * no classes of calls: `wanted` decides, and lines of text go out; which
 * condition a line stands under is for scan_text.c. Whoever calls this gives
 * each file a process of its own: one ClangTool over several folders has died
 * with SIGBUS, and a source that kills the parser takes no other with it.
 * Branches that are not compiled are not seen.
 */
#include "source_scan.h"

#include <clang/AST/ASTConsumer.h>
#include <clang/AST/RecursiveASTVisitor.h>
#include <clang/Basic/FileManager.h>
#include <clang/Frontend/CompilerInstance.h>
#include <clang/Frontend/FrontendAction.h>
#include <clang/Lex/PPCallbacks.h>
#include <clang/Lex/Preprocessor.h>
#include <clang/Tooling/Tooling.h>

#include <csignal>
#include <cstring>

using namespace clang;

namespace
{

/* Writes findings; knows which files are the program's. */
struct recorder {
    const scan_source &source;
    SourceManager &files;

    StringRef name_of(SourceLocation at)
    {
        FileID id = files.getFileID(files.getExpansionLoc(at));
        OptionalFileEntryRef entry = files.getFileEntryRefForID(id);
        return entry ? entry->getName() : "";
    }

    /* The program's name of the file of a location; "" if it is not its. */
    StringRef file_of(SourceLocation at)
    {
        StringRef name = name_of(at);
        bool is_system =
            name.starts_with(source.system) || name.starts_with(LLVM_LIB);
        return is_system ? "" : name;
    }

    /* sys/socket.h, for what a header of libc declares; else "". */
    std::string header_of(SourceLocation at)
    {
        StringRef name = name_of(at);
        return name.consume_front(source.system) ? name.ltrim('/').str() : "";
    }

    void add(scan_kind kind, SourceLocation at, StringRef name,
             StringRef detail = "")
    {
        SourceLocation macro = files.getSpellingLoc(at);
        StringRef file = file_of(at);

        if (!file.empty())
            write({std::to_string(kind), file.str(), line_of(at), name.str(),
                   detail.str(), file_of(macro).str(), line_of(macro)});
    }

    void write(std::vector<std::string> fields)
    {
        for (std::string &field : fields) {
            for (char &c : field)
                if ((unsigned char)c < ' ')
                    c = ' ';
            fprintf(source.out, "%s\t", field.c_str());
        }
        fputc('\n', source.out);
    }

    std::string line_of(SourceLocation at)
    {
        return std::to_string(files.getExpansionLineNumber(at));
    }
};

/* Writes the conditions, the headers not found, and the build's macros. */
class preprocessing : public PPCallbacks
{
  public:
    explicit preprocessing(recorder recorder) : out(recorder)
    {
    }

    void InclusionDirective(SourceLocation hash, const Token &, StringRef name,
                            bool angled, CharSourceRange,
                            OptionalFileEntryRef file, StringRef, StringRef,
                            const Module *, bool,
                            SrcMgr::CharacteristicKind) override
    {
        if (!file)
            out.add(SCAN_HEADER, hash, name, angled ? "<" : "\"");
    }

    void MacroDefined(const Token &name, const MacroDirective *d) override
    {
        SourceLocation at = d->getLocation();
        StringRef macro = name.getIdentifierInfo()->getName();
        StringRef base = llvm::sys::path::filename(out.file_of(at));

        if (out.files.isWrittenInCommandLineFile(at))
            out.write({std::to_string(SCAN_MACRO), "", "0", macro.str(), "-D"});
        else if (base.contains("config") && base.ends_with(".h"))
            out.add(SCAN_MACRO, at, macro, base);
    }

    void If(SourceLocation at, SourceRange range, ConditionValueKind) override
    {
        stack.push_back({at, text(range)});
    }
    void Ifdef(SourceLocation at, const Token &name,
               const MacroDefinition &) override
    {
        stack.push_back({at, "defined(" + text(name) + ")"});
    }
    void Ifndef(SourceLocation at, const Token &name,
                const MacroDefinition &) override
    {
        stack.push_back({at, "!defined(" + text(name) + ")"});
    }
    void Elif(SourceLocation at, SourceRange range, ConditionValueKind,
              SourceLocation) override
    {
        end(at);
        stack.back() = {at, text(range)};
    }
    void Else(SourceLocation at, SourceLocation) override
    {
        end(at);
        stack.back() = {at, "!(" + stack.back().condition + ")"};
    }
    void Endif(SourceLocation at, SourceLocation) override
    {
        end(at);
        stack.pop_back();
    }

  private:
    struct branch {
        SourceLocation at;
        std::string condition;
    };

    std::string text(const Token &name)
    {
        return name.getIdentifierInfo()->getName().str();
    }

    /* To the end of the line: the range may lack the last token. */
    std::string text(SourceRange range)
    {
        auto at = out.files.getDecomposedExpansionLoc(range.getBegin());
        StringRef all = out.files.getBufferData(at.first).substr(at.second);
        size_t end = all.find('\n');

        while (end != StringRef::npos && end && all[end - 1] == '\\')
            end = all.find('\n', end + 1);
        return all.substr(0, end).str();
    }

    void end(SourceLocation at)
    {
        if (stack.empty()) /* after a broken #if */
            stack.push_back({at, ""});
        const branch &b = stack.back();
        out.add(SCAN_BRANCH, b.at, b.condition, out.line_of(at));
    }

    recorder out;
    std::vector<branch> stack;
};

bool is_function_pointer(QualType t)
{
    return t->isFunctionPointerType() || t->isFunctionType();
}

struct visitor : RecursiveASTVisitor<visitor> {
    recorder out;
    ASTContext &context;
    unsigned functions = 0;

    bool VisitFunctionDecl(FunctionDecl *f)
    {
        for (const FormatAttr *a : f->specific_attrs<FormatAttr>())
            if (!a->isImplicit() && !a->isInherited())
                out.add(SCAN_WRAPPER, f->getLocation(), f->getName(),
                        (a->getType()->getName() + " " +
                         Twine(a->getFormatIdx()) + " " +
                         Twine(a->getFirstArg()))
                            .str());
        if (!f->doesThisDeclarationHaveABody())
            return true;
        functions++;
        if (f->isExternallyVisible() && wanted(f, ""))
            out.add(SCAN_DEFINES, f->getLocation(), f->getName());
        return true;
    }

    bool VisitDeclRefExpr(DeclRefExpr *e)
    {
        auto *f = dyn_cast<FunctionDecl>(e->getDecl());

        if (!f || !f->getIdentifier() || f->isDefined())
            return true;
        std::string header = out.header_of(f->getFirstDecl()->getLocation());
        if (wanted(f, header.c_str()))
            out.add(SCAN_CALL, e->getLocation(), f->getName(), header);
        return true;
    }

    bool VisitCallExpr(CallExpr *e)
    {
        FunctionDecl *f = e->getDirectCallee();

        if (f && f->getIdentifier()) {
            numbers(e, f);
            formats(e, f);
        }
        arguments(e, f);
        return true;
    }

    bool VisitCastExpr(CastExpr *e)
    {
        QualType from = e->getSubExpr()->IgnoreParenImpCasts()->getType();
        QualType to = e->getType();
        bool is_explicit = isa<ExplicitCastExpr>(e);

        if (!is_explicit && e->getCastKind() != CK_BitCast)
            return true;
        if (is_function_pointer(from)
                ? !same(from, to) && !to->isVoidType()
                : is_function_pointer(to) && !is_constant(e->getSubExpr()))
            out.add(SCAN_CAST, e->getExprLoc(),
                    from.getAsString() + " -> " + to.getAsString());
        return true;
    }

    bool VisitVAArgExpr(VAArgExpr *e)
    {
        if (is_function_pointer(e->getType()))
            out.add(SCAN_VARARG, e->getExprLoc(), e->getType().getAsString());
        return true;
    }

    bool VisitGCCAsmStmt(GCCAsmStmt *s)
    {
        assembly(s->getAsmLoc(), s->getAsmString()->getString());
        return true;
    }

    bool VisitFileScopeAsmDecl(FileScopeAsmDecl *d)
    {
        assembly(d->getAsmLoc(), d->getAsmString()->getString());
        return true;
    }

    bool VisitIndirectGotoStmt(IndirectGotoStmt *s)
    {
        if (!s->getConstantTarget())
            out.add(SCAN_GOTO, s->getGotoLoc(), "goto *");
        return true;
    }

  private:
    bool wanted(const FunctionDecl *f, const char *header)
    {
        return f->getIdentifier() &&
               out.source.wanted(f->getName().str().c_str(), header);
    }

    void assembly(SourceLocation at, StringRef text)
    {
        StringRef word = text.trim().take_until(
            [](char c) { return isWhitespace(c) || c == ';'; });

        out.add(SCAN_ASSEMBLY, at, word.empty() ? "barrier" : word);
    }

    bool is_constant(const Expr *e)
    {
        Expr::EvalResult value;

        return e->isNullPointerConstant(context,
                                        Expr::NPC_ValueDependentIsNull) ||
               (e->getType()->isIntegerType() &&
                e->EvaluateAsInt(value, context));
    }

    bool same(QualType from, QualType to)
    {
        QualType a = from->isFunctionType() ? from : from->getPointeeType();
        QualType b = to->isFunctionPointerType() ? to->getPointeeType() : to;

        return b->isFunctionType() &&
               context.typesAreCompatible(a.getUnqualifiedType(),
                                          b.getUnqualifiedType());
    }

    /* syscall(N, ...) and handlers for faults. */
    void numbers(CallExpr *e, FunctionDecl *f)
    {
        StringRef name = f->getName();
        Expr::EvalResult value;

        if (f->isDefined() || e->getNumArgs() < 1 ||
            !e->getArg(0)->getType()->isIntegerType())
            return;
        bool known = e->getArg(0)->EvaluateAsInt(value, context);
        int64_t n = known ? value.Val.getInt().getExtValue() : -1;
        if (name == "syscall")
            out.add(SCAN_SYSCALL, e->getExprLoc(),
                    known ? std::to_string(n) : "?");
        bool faults = n == SIGSEGV || n == SIGBUS || n == SIGFPE ||
                      n == SIGILL || n == SIGTRAP;
        if (faults && (name == "signal" || name == "sigaction") &&
            e->getNumArgs() > 1 &&
            !is_constant(e->getArg(1)->IgnoreParenCasts()))
            out.add(SCAN_FAULT, e->getExprLoc(),
                    std::string("SIG") + sigabbrev_np((int)n), name);
    }

    void formats(CallExpr *e, FunctionDecl *f)
    {
        for (const FormatAttr *a : f->specific_attrs<FormatAttr>()) {
            unsigned index = (unsigned)a->getFormatIdx() - 1;
            StringRef type = a->getType()->getName();

            if (index < e->getNumArgs() &&
                (type.contains("printf") || type.contains("scanf")))
                format(e->getArg(index), f);
        }
    }

    void format(const Expr *e, FunctionDecl *called)
    {
        if (is_literal(e))
            return;
        const auto *ref = dyn_cast<DeclRefExpr>(e->IgnoreParenCasts());
        const auto *param = ref ? dyn_cast<ParmVarDecl>(ref->getDecl()) : 0;
        const auto *in =
            param ? dyn_cast<FunctionDecl>(param->getDeclContext()) : 0;
        if (!in || !in->getIdentifier()) {
            out.add(SCAN_FORMAT, e->getExprLoc(), called->getName());
            return;
        }
        for (const FormatAttr *a : in->specific_attrs<FormatAttr>())
            if ((unsigned)a->getFormatIdx() ==
                param->getFunctionScopeIndex() + 1)
                return;
        out.add(SCAN_UNMARKED, e->getExprLoc(), in->getName(),
                called->getName());
    }

    bool is_literal(const Expr *e)
    {
        e = e->IgnoreParenCasts();
        if (isa<StringLiteral>(e) || isa<PredefinedExpr>(e))
            return true;
        if (const auto *c = dyn_cast<ConditionalOperator>(e))
            return is_literal(c->getTrueExpr()) &&
                   is_literal(c->getFalseExpr());
        if (const auto *c = dyn_cast<CallExpr>(e)) { /* gettext */
            const FunctionDecl *f = c->getDirectCallee();
            const auto *a = f ? f->getAttr<FormatArgAttr>() : nullptr;
            unsigned i = a ? a->getFormatIdx().getASTIndex() : 0;
            return a && i < c->getNumArgs() && is_literal(c->getArg(i));
        }
        const auto *ref = dyn_cast<DeclRefExpr>(e);
        const auto *v = ref ? dyn_cast<VarDecl>(ref->getDecl()) : nullptr;
        const Expr *init = v ? v->getAnyInitializer() : nullptr;
        return init && isa<StringLiteral>(init->IgnoreParenCasts()) &&
               (v->getType().isConstQualified() ||
                context.getBaseElementType(v->getType()).isConstQualified());
    }

    void arguments(CallExpr *e, FunctionDecl *f)
    {
        QualType type = e->getCallee()->IgnoreParenImpCasts()->getType();
        if (type->isPointerType())
            type = type->getPointeeType();
        const auto *proto = type->getAs<FunctionProtoType>();

        if (!proto && type->isFunctionNoProtoType() && e->getNumArgs() &&
            !(f && f->getBuiltinID()))
            out.add(SCAN_OLD_CALL, e->getExprLoc(),
                    f ? f->getName() : "through a pointer");
        if (!proto || !proto->isVariadic())
            return;
        for (unsigned i = proto->getNumParams(); i < e->getNumArgs(); i++)
            if (is_function_pointer(e->getArg(i)->getType()))
                out.add(SCAN_VARARG, e->getArg(i)->getExprLoc(),
                        e->getArg(i)->getType().getAsString());
    }
};

/* Counts the errors, keeps the first. */
class errors : public DiagnosticConsumer
{
  public:
    void HandleDiagnostic(DiagnosticsEngine::Level level,
                          const Diagnostic &d) override
    {
        DiagnosticConsumer::HandleDiagnostic(level, d);
        if (level < DiagnosticsEngine::Error || !first.empty())
            return;
        SmallString<128> text;
        d.FormatDiagnostic(text);
        first = text.str().str();
        if (!d.hasSourceManager() || d.getLocation().isInvalid())
            return;
        PresumedLoc at = d.getSourceManager().getPresumedLoc(d.getLocation());
        file = at.getFilename();
        line = at.getLine();
    }

    std::string first, file;
    unsigned line = 0;
};

class consumer : public ASTConsumer
{
  public:
    explicit consumer(recorder recorder) : out(recorder)
    {
    }

    void HandleTranslationUnit(ASTContext &context) override
    {
        visitor v{{}, out, context};
        bool failed = context.getDiagnostics().hasErrorOccurred();

        for (Decl *d : context.getTranslationUnitDecl()->decls())
            if (!out.file_of(d->getLocation()).empty())
                v.TraverseDecl(d);
        out.write({std::to_string(SCAN_FILE), "", "0",
                   std::to_string(v.functions), failed ? "errors" : ""});
    }

  private:
    recorder out;
};

class action : public ASTFrontendAction
{
  public:
    explicit action(const scan_source &s) : source(s)
    {
    }

    std::unique_ptr<ASTConsumer> CreateASTConsumer(CompilerInstance &ci,
                                                   StringRef) override
    {
        Preprocessor &pp = ci.getPreprocessor();
        recorder out{source, pp.getSourceManager()};

        pp.SetSuppressIncludeNotFoundError(true);
        pp.addPPCallbacks(std::make_unique<preprocessing>(out));
        return std::make_unique<consumer>(out);
    }

  private:
    const scan_source &source;
};

} // namespace

void source_scan(const struct scan_source *source)
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
        fprintf(source->out, "%d\t\t%u\t%s\t%u\t%s\t%u\n", SCAN_ERROR,
                found.line, found.first.c_str(), found.getNumErrors(),
                found.file.c_str(), found.line);
}
