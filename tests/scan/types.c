/*
 * What makes an analysis of pointers unsure: casts that lie, calls without a
 * prototype, function pointers through `...`, assembly, computed goto. The
 * controls are casts to what the function is, and constants.
 *
 * RUN: rm -rf %t && mkdir -p %t/p && cp %s %t/p
 * RUN: %S/Inputs/scan.sh %t/pool -v %t/p | FileCheck %s
 * RUN: %S/Inputs/scan.sh %t/pool %t/p | FileCheck --check-prefix=SHORT %s
 * RUN: %S/Inputs/scan.sh %t/pool -v %t/p | not grep -e GOOD
 */
typedef int (*good)(int);
typedef void (*bad)(void);
#define IGNORE ((bad)1)
#define NO_ARGS
int old(NO_ARGS);
int old_style();
int many(int, ...);
__asm__("nop");

static int f(int n)
{
    good g = (good)f; /* GOOD */
    bad none = IGNORE, null = (bad)0; /* GOOD */
    bad b = (bad)f;
    void *p = (void *)f;
    good back = p;
    static void *const labels[] = {&&out};

    old_style(1, g, b, none, null);
    many(1, f);
    many(1, "f"); /* GOOD */
    __asm__ volatile("" ::: "memory");
    goto *labels[n];
out:
    return back(n);
}

int main(void)
{
    return f(0);
}
/*
 * CHECK: degraded on kvm: nothing
 * CHECK: assembly: barrier 1, nop 1
 * CHECK: computed goto: goto * 1
 * CHECK-NEXT: goto *labels[n];
 * CHECK: no prototype: old_style 1
 * CHECK: pointer cast: int (int) -> bad 1, int (int) -> void * 1, void * -> good 1
 * CHECK-NEXT: bad b = (bad)f;
 * CHECK-NEXT: void *p = (void *)f;
 * CHECK-NEXT: good back = p;
 * CHECK: pointer in ...: int (*)(int) 1
 * CHECK-NEXT: many(1, f);
 *
 * SHORT: pointer cast: in all 3
 */
