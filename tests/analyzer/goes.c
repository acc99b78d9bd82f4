/*
 * What goes with what. A function that is only called through a pointer goes
 * with those that take its address and with those that call; one that two call
 * goes with neither, but with what both need. --trace=goes compares the
 * solution for all with a run without each: it never has more, and here the
 * same but for an alias. `reached` has the same as numbers.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s --trace goes 2> %t.goes
 * RUN: FileCheck %s --check-prefix=TRACE < %t.goes
 * RUN: not grep WRONG %t.goes
 * RUN: awk '$3 > $4 { print "too many" }' %t.goes | count 0
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s --explain pointed \
 * RUN:     --explain shared --explain single | FileCheck %s
 * RUN: FileCheck %s --check-prefix=LINE < %t/reached
 */
struct table {
    int (*f)(int, int);
};
static int pointed(int a, int b) { return a * b; }
static struct table table;
static int single(int n) { return n ^ 5; }
static int shared(int n) { return single(n) + 3; }
static void taker(void) { table.f = pointed; }
static int caller(int n) { return table.f(n, n) + shared(n); }
static int other(int n) { return shared(n) + 1; }
static int both(int n) { return n ? caller(n) : other(n); }
int main(int argc, char **argv)
{
    taker();
    return both(argc);
}
/*
 * TRACE: goes: main {{[0-9]+}}
 * TRACE: goes: taker:app 1 1
 * TRACE: goes: both:app 5 5
 * TRACE: goes: caller:app 1 1
 * TRACE: goes: other:app 0 0
 * TRACE: goes: shared:app 1 1
 *
 * CHECK: pointed: function of the program
 * CHECK: >>> may be called through a pointer by goes.c:[[#@LINE-17]] in caller
 * CHECK: >>> its address: address taken by goes.c:[[#@LINE-19]] in taker
 * CHECK: note: goes if its address is taken nowhere (now by 1), or no call
 * CHECK-SAME: through a pointer can mean it (now 1)
 * CHECK: note: goes with any of caller, both, taker, main
 * CHECK: shared: function of the program
 * CHECK: note: goes if all references from 2 places go
 * CHECK: note: goes with any of both, main
 * CHECK: note: saves about {{[0-9]+}} bytes by estimate: {{s[a-z]+}} {{[0-9]+}}, {{s[a-z]+}}
 * CHECK: single: function of the program
 * CHECK: note: goes with any of shared, both, main
 *
 * LINE: function{{.}}{{[0-9]+}}{{.}}app{{.}}main{{.}}-
 */
