// Code that several functions have, calls in it, becomes a function of its own
// where that pays: exceptions pass through it, too.
// RUN: %S/Inputs/same.sh %s %t -t linuxu-x86_64,linuxu-aarch64,linuxu-arm
// RUN: llvm-nm %t/outlined/linuxu-arm/image.dbg > %t/names && grep -q OUTLINED %t/names
#include <cstdio>

static volatile int trace;
struct Trace {
    int n;
    ~Trace() { trace = trace + n; }
};

__attribute__((noinline)) static void step(int x)
{
    if (x == 13)
        throw x;
    trace = trace * 3 + x;
}

#define PASSES(n)                                                              \
    __attribute__((noinline)) static int f##n(int x)                           \
    {                                                                          \
        step(n);                                                               \
        step(x + 1);                                                           \
        step(x ^ 5);                                                           \
        step(x + 7);                                                           \
        step(x - 3);                                                           \
        return trace ^ n * 1000;                                               \
    }
#define CLEANS(n)                                                              \
    __attribute__((noinline)) static int g##n(int x)                           \
    {                                                                          \
        Trace t{n};                                                            \
        step(n);                                                               \
        step(x + 1);                                                           \
        step(x ^ 5);                                                           \
        step(x + 7);                                                           \
        step(x - 3);                                                           \
        return trace ^ n * 1000;                                               \
    }
PASSES(1) PASSES(2) PASSES(3) PASSES(4) PASSES(5) PASSES(6)
CLEANS(1) CLEANS(2) CLEANS(3) CLEANS(4)

int main()
{
    int (*all[])(int) = {f1, f2, f3, f4, f5, f6, g1, g2, g3, g4};
    for (int (*volatile *f)(int) = all; f < all + 10; f++)
        for (int x = 0; x < 20; x++) {
            try { printf("%d ", (*f)(x)); }
            catch (int n) { printf("%d after %d ", n, trace); }
            trace = 0;
        }
    puts("");
    return 0;
}
