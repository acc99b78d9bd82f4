/*
 * --explain for a function, data, a dropped function, a component, a knob, a
 * fact that holds, one that does not, and a name that is nothing.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s --explain deep --explain table \
 * RUN:     --explain lonely --explain libpool/posix/core \
 * RUN:     --explain HEAP_CHECK --explain env --explain fork \
 * RUN:     | FileCheck %s
 * RUN: not %S/Inputs/analyze.sh %t.pool %t %s --explain nonesuch 2>&1 \
 * RUN:     | FileCheck %s --check-prefix=NONE
 */
char *getenv(const char *);
static float lonely(float f) { return f; }
static struct { long n; float (*f)(float); } table = {3, lonely};
static int deep(int n) { return getenv("A") ? n : deep(n - 1); }
static int middle(int n) { return deep(n) + (int)table.n; }
int main(void) { return middle(3); }
/*
 * CHECK:      deep: function of the program
 * CHECK-NEXT: >>> called by explain.c:[[#@LINE-4]] in middle
 * CHECK-NEXT: >>> called by explain.c:[[#@LINE-4]] in main
 * CHECK-NEXT: >>> reached from main (entry point)
 * CHECK-NEXT: >>> also called by explain.c:[[#@LINE-8]] in deep
 * CHECK:      table: data of the program
 * CHECK:      used by explain.c:{{[0-9]+}} in middle
 * CHECK:      lonely: dropped: its address is taken
 * CHECK-NEXT: >>> named in the data of table
 * CHECK:      libpool/posix/core: component, role posix
 * CHECK:      HEAP_CHECK: knob, 0
 * CHECK-NEXT: >>> = threads ? 2 : 0
 * CHECK-NEXT: >>> threads is false
 * CHECK:      env: fact, holds
 * CHECK-NEXT: >>> called by explain.c:{{[0-9]+}} in deep
 * CHECK:      fork: fact, does not hold
 * NONE: error: --explain nonesuch: no function, variable, component, role,
 */
