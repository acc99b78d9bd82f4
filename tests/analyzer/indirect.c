/*
 * Which functions an indirect call may reach: casts that change types but not
 * how values are passed keep the function; what no call can use is dropped.
 * The control: with --indirect any nothing is.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t.any %s --indirect any
 * RUN: FileCheck %s --check-prefix=ANY < %t.any/pick
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s
 * RUN: FileCheck %s < %t/pick
 * RUN: %S/Inputs/analyze.sh %t.pool %t.e %s --indirect exact
 * RUN: FileCheck %s --check-prefix=EXACT < %t.e/pick
 */
void qsort(void *, unsigned long, unsigned long,
           int (*)(const void *, const void *));

static int by_name(const char *a, const char *b) { return *a - *b; }
static int fewer(void *a) { return a != 0; }
static void nothing(void *a, void *b) {}
static long longer(long a, void *b) { return a; }
static int more(void *a, void *b, void *c) { return a == b; }
static int floating(double a, void *b) { return a > 1; }
static void *kept[] = {fewer, nothing, longer, more, floating};

int main(int argc, char **argv)
{
    qsort(argv, 2, 8, (int (*)(const void *, const void *))by_name);
    return kept[argc] != 0;
}
/*
 * ANY: target
 * ANY-NOT: drop {{by_name|fewer|nothing|longer|more|floating}}
 *
 * CHECK: target
 * CHECK-NOT: drop {{by_name|fewer|nothing|longer|more}}
 * CHECK: drop floating:app
 * CHECK-NOT: drop {{by_name|fewer|nothing|longer|more}}
 *
 * EXACT: drop by_name:app
 */
