// Functions of the same code that catch different things stay two, and so do
// one that lets exceptions pass and one that cannot meet any: only their tables
// differ.
// RUN: %S/Inputs/same.sh %s %t -t linuxu-x86_64,linuxu-arm
#include <cstdio>

struct A {};
struct B {};

__attribute__((noinline)) static void thrower(int x)
{
    if (x)
        throw B();
    throw A();
}

__attribute__((noinline)) static int catches_a(int x)
{
    try { thrower(x); }
    catch (A &) { return 1; }
    return 0;
}

__attribute__((noinline)) static int catches_b(int x)
{
    try { thrower(x); }
    catch (B &) { return 1; }
    return 0;
}

static int calls;
__attribute__((noinline)) static void quiet(void (*f)() noexcept)
{
    f();
    calls++;
}

__attribute__((noinline)) static void loud(void (*f)())
{
    f();
    calls++;
}

static void nothing() noexcept {}
static void a_thrown() { thrower(0); }
static void (*volatile silent)() noexcept = nothing;
static void (*volatile sounding)() = a_thrown;

int main(int argc, char **argv)
{
    (void)argv;
    printf("%d %d\n", catches_a(argc - 1), catches_b(argc));
    try { catches_a(argc); }
    catch (B &) { puts("past the first"); }
    try { catches_b(argc - 1); }
    catch (A &) { puts("past the second"); }
    quiet(silent);
    try { loud(sounding); }
    catch (A &) { puts("past the third"); }
    printf("%d\n", calls);
    return 0;
}
