/*
 * The one assumption about casts: a structure that goes through void * is used
 * as what it is. A program that breaks it calls a function that was dropped:
 * a fault that names it. The control: without exact types it runs.
 *
 * RUN: rm -rf %t && mkdir -p %t && cd %t && cp %s p.c
 * RUN: unicore-specialize -q p.c && (for t in linuxu kvm; do unicore-run out/p/$t-x86_64/image; echo exit $?; done) > o 2>&1; FileCheck %s < o
 * RUN: unicore-specialize -q --without casts p.c && for t in linuxu kvm; do unicore-run out/p/$t-x86_64/image; done | FileCheck --check-prefix=KEPT %s
 * CHECK: unicore: fault
 * CHECK: call of target:app, which was cut because nothing reached it
 * CHECK: exit {{[1-9]}}
 * CHECK: unicore: fault
 * CHECK: call of target:app, which was cut because nothing reached it
 * CHECK: exit {{[1-9]}}
 * KEPT: result 3
 * KEPT-NEXT: result 3
 */
#include <stdio.h>

struct one { int n; };
struct two { int n; };
struct a { int (*f)(double, struct one *); };
struct b { int (*f)(double, struct two *); };

static int target(double d, struct one *p)
{
    return (int)d + p->n;
}

int main(int argc, char **argv)
{
    struct a a = {target};
    struct two two = {2};
    void *volatile any = &a;
    struct b *b = any;

    (void)argv;
    printf("result %d\n", b->f(argc, &two));
    return 0;
}
