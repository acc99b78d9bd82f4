/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * source_types.h: which function types of one C file flow into which others.
 * C++, for source_casts.cc; source_types.cc has the rules.
 */
#ifndef UC_SOURCE_TYPES_H
#define UC_SOURCE_TYPES_H

#include <clang/AST/ASTContext.h>
#include <clang/AST/Mangle.h>

#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

class type_flow
{
  public:
    explicit type_flow(clang::ASTContext &context);

    /* The string of clang's -fsanitize=cfi-icall. */
    std::string name(clang::QualType function);
    /* The type of a function or of what a function pointer points to, or 0. */
    clang::QualType function_of(clang::QualType t);

    /* A value of one type becomes one of another. */
    void convert(clang::QualType from, clang::QualType to);
    /* A value goes where its type is not known; comes from there. */
    void leave(clang::QualType t);
    void enter(clang::QualType t);
    /* Members of a union. */
    void share(clang::QualType x, clang::QualType y);
    /* What has one name in several files has one type: its own, and within. */
    void same(const std::string &as, clang::QualType t);
    std::string record(clang::QualType t);
    /* Whoever has `what` has all that a t leads to. */
    void leads(const std::string &what, clang::QualType t);
    void shows(const std::string &what, clang::QualType function);
    void line(const std::string &kind, const std::string &a,
              const std::string &b = "");

    void print(FILE *out) const;

  private:
    struct leaf { /* a pointer, or some bytes that hold none */
        uint64_t at, size;
        clang::QualType type;
        bool is_array;
    };
    using types = std::pair<const void *, const void *>;

    clang::QualType plain(clang::QualType t);
    clang::QualType element(clang::QualType t);
    clang::QualType chain(clang::QualType t);
    bool has_pointers(clang::QualType t);
    bool is_known_record(clang::QualType t);
    bool is_bytes(clang::QualType t);
    void edge(const std::string &from, const std::string &to);
    void flow(clang::QualType from, clang::QualType to);
    void open(clang::QualType function);
    void open_all(clang::QualType t);
    void alias(clang::QualType x, clang::QualType y);
    void loose(clang::QualType x, clang::QualType other);
    bool leaves(clang::QualType t, uint64_t at, std::vector<leaf> &out);
    bool leaves_of_record(clang::QualType t, uint64_t at,
                          std::vector<leaf> &out);
    void overlay(clang::QualType x, clang::QualType y, bool is_union);
    void meet(const leaf &x, const leaf &y, bool is_union);
    void begin_alike(const std::vector<leaf> &x, const std::vector<leaf> &y);
    void meet_function(const leaf &x, const leaf &y, bool is_union);

    clang::ASTContext &context;
    std::unique_ptr<clang::ItaniumMangleContext> mangler;
    std::set<std::string> lines;
    std::set<types> flows, aliases, overlays;
    std::set<const void *> led; /* function types */
};

#endif
