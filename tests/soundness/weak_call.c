/*
 * A call through a weak declaration is a call: of another module's function,
 * of nothing, and of a libc function that something else brings in, as in a
 * static link. The control: where nothing brings it in, it is not there.
 *
 * RUN: rm -rf %t && mkdir -p %t/p %t/q && cd %t && cp %s p/p.c && echo 'int hook(double x, int y) { return (int)x + y; }' | tee p/hook.c > q/hook.c
 * RUN: cd %t && (echo '#define ALONE'; cat %s) > q/q.c
 * RUN: cd %t && unicore-specialize -q p && unicore-specialize -q q
 * RUN: cd %t && for p in linuxu kvm; do unicore-run out/p/$p-x86_64/image && unicore-run out/q/$p-x86_64/image || exit 1; done | FileCheck %s
 * CHECK: 42, absent 0, hcreate 1
 * CHECK-NEXT: 42, absent 0, hcreate 0
 * CHECK-NEXT: 42, absent 0, hcreate 1
 * CHECK-NEXT: 42, absent 0, hcreate 0
 */
#include <stdio.h>

extern int hook(double, int) __attribute__((weak));
extern int absent(double, int) __attribute__((weak));
extern int hcreate(unsigned long) __attribute__((weak));
extern void hdestroy(void);

int main(int argc, char **argv)
{
    int made = hcreate ? hcreate(10) : 0;

#ifndef ALONE
    hdestroy();
#endif
    printf("%d, absent %d, hcreate %d\n", hook ? hook(41, argc) : 0,
           absent ? absent(1, argc) : 0, made);
    return 0;
}
