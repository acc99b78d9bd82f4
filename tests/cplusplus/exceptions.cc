// Exceptions through several frames, by type, rethrown, from constructors.
// RUN: %S/Inputs/same.sh %s %t
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

struct Trace {
    const char *name;
    explicit Trace(const char *n) : name(n) { printf("+%s\n", name); }
    ~Trace() { printf("-%s\n", name); }
};
struct Base { virtual ~Base() {} virtual int f() { return 1; } };
struct Left : virtual Base { int f() override { return 2; } };
struct Right : virtual Base { int g = 3; };
struct Both : Left, Right { int f() override { return Left::f() + 10 * g; } };
struct E1 { int code; };
struct E2 : E1 { explicit E2(int c) : E1{c} {} };
struct Thrower {
    Trace member{"member"};
    Thrower(int n) { if (n) throw E2(n); }
};
static int deep(int n)
{
    Trace t("deep");
    if (n == 0)
        throw std::out_of_range("zero");
    return deep(n - 1) + 1;
}
static void rethrower()
{
    try { deep(2); }
    catch (const std::exception &e) { printf("first: %s\n", e.what()); throw; }
}
static void from_sort(int x) { if (x == 3) throw x; }
static Trace global("global");
int main(int argc, char **argv)
{
    (void)argv;
    try { rethrower(); }
    catch (const std::logic_error &e) { printf("second: %s\n", e.what()); }
    try { Thrower t(argc); }
    catch (E1 &e) { printf("E1 %d\n", e.code); }
    try { auto p = std::make_unique<Both>(); Base *b = p.get(); printf("%d %d\n", b->f(), dynamic_cast<Right *>(b) != nullptr); Base plain; dynamic_cast<Left &>(plain); }
    catch (const std::bad_cast &) { puts("bad_cast"); }
    std::function<int(int)> f = [&](int x) { if (x > 1) throw std::string("lambda"); return x; };
    try { printf("%d\n", f(1)); f(2); }
    catch (const std::string &s) { printf("%s\n", s.c_str()); }
    try { for (int i = 0; i < 5; i++) from_sort(i); }
    catch (int x) { printf("int %d\n", x); }
    try { std::vector<int> v(3); v.at(5) = 1; }
    catch (...) {
        try { std::rethrow_exception(std::current_exception()); }
        catch (const std::out_of_range &) { puts("at"); }
    }
    std::exception_ptr p;
    try { try { throw 1; } catch (...) { std::throw_with_nested(std::runtime_error("outer")); } }
    catch (const std::exception &e) { printf("%s\n", e.what()); try { std::rethrow_if_nested(e); } catch (int i) { printf("nested %d\n", i); } }
    return 7;
}
