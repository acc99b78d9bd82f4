/*
 * Calls of functions that were stored in a field and are read otherwise: as an
 * element of an array, through the structure around, a member of a union, bytes
 * from a pointer, another structure that begins alike, after a copy into
 * another structure. Each is a program of its own, so that no other call keeps
 * the function. The control: a field that nobody reads loses its function.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && for k in ELEMENT ELEMENTS FIRST PART MEMBER VIEW ALIKE POINTER LATER OFFSET MIXED CONTROL; do echo "#define $k" | cat - %s > p.c; unicore-specialize -q -t linuxu-x86_64 p.c; echo "$k $(unicore-run out/p/linuxu-x86_64/image 2>/dev/null) $(grep -c '^drop f:app' out/p/linuxu-x86_64/pick)"; done > out.txt
 * RUN: FileCheck %s < %t/out.txt
 * CHECK: ELEMENT f 7 0
 * CHECK-NEXT: ELEMENTS f 7 0
 * CHECK-NEXT: FIRST f 7 0
 * CHECK-NEXT: PART f 7 0
 * CHECK-NEXT: MEMBER f 7 0
 * CHECK-NEXT: VIEW f 7 0
 * CHECK-NEXT: ALIKE f 7 0
 * CHECK-NEXT: POINTER f 7 0
 * CHECK-NEXT: LATER f 7 0
 * CHECK-NEXT: OFFSET f 7 0
 * CHECK-NEXT: MIXED f 7 0
 * CHECK-NEXT: CONTROL 1
 */
#include <stddef.h>
#include <stdio.h>
#include <string.h>

typedef void (*fp)(double, int);
static void f(double x, int n) { printf("f %d\n", n); }
static volatile int zero;

#ifdef ELEMENT /* stored as the first of an array, called as any */
static struct { fp ops[4]; int n; } s;
static void test(void) { s.ops[0] = f; s.ops[zero](1, 7); }
#endif
#ifdef ELEMENTS /* stored through a pointer to an element */
static struct T { int n; fp f; } t[4];
static void test(void) { struct T *p = &t[zero + 1]; p->f = f; t[1].f(1, 7); }
#endif
#ifdef FIRST /* the first field of the first element has the array's address */
static struct T { fp f; int n; } t[4];
static void test(void) { struct T *p = &t[zero]; p->f = f; t[0].f(1, 7); }
#endif
#ifdef PART
static struct A { int x; fp f; } a;
static struct { long pad[2]; int x; fp f; } b;
static void test(void)
{
    a.f = f;
    memcpy(&b.x, &a, sizeof a);
    b.f(1, 7);
}
#endif
#ifdef MEMBER
static union {
    struct { long t; struct { long u; fp f; } in; } nested;
    struct { long t, u; fp f; } flat;
} u;
static void test(void) { u.nested.in.f = f; u.flat.f(1, 7); }
#endif
#ifdef VIEW
static union { struct { fp a, b, c; } named; fp all[3]; } u;
static fp kept;
static void test(void) { u.named.c = f; kept = u.all[zero + 2]; kept(1, 7); }
#endif
#ifdef ALIKE /* and handed on from there */
static struct D { int x; fp f; } d;
struct E { int x; fp g; long more; };
static fp kept;
__attribute__((noinline)) static void keep(struct E *e) { kept = e->g; }
static void test(void) { d.f = f; keep((struct E *)(void *)&d); kept(1, 7); }
#endif
#ifdef POINTER /* a structure's address is its first field's */
static struct S { fp f; int x; } s;
__attribute__((noinline)) static void call(fp *p) { (*p)(1, 7); }
static void test(void) { struct S *p = &s + zero; p->f = f; call((fp *)p); }
#endif
#ifdef LATER /* the table's initialiser is read after the code that copies */
struct S { char c; union { struct { fp f; } u; char alt[40]; } m; };
static struct { const char *name; struct S s; } table[] = {{"x", {.m.u.f = f}}};
static fp kept;
static void test(void) { kept = table[zero].s.m.u.f; kept(1, 7); }
#endif
#ifdef OFFSET
static struct S { long x; fp f; } s;
static fp kept;
__attribute__((noinline)) static void call(void *p)
{
    kept = *(fp *)((char *)p + offsetof(struct S, f));
}
static void test(void) { s.f = f; call(&s + zero); kept(1, 7); }
#endif
#ifdef MIXED /* from a field or from elsewhere */
static struct S { long x; fp f; } s;
__attribute__((noinline)) static void call(fp g)
{
    fp h = zero ? g : s.f;
    h(1, 7);
}
static void test(void) { (&s + zero)->f = f; call(NULL); }
#endif
#ifdef CONTROL
static struct S { long x; fp f; } s;
static void test(void) { s.f = f; }
#endif

int main(void)
{
    test();
    return 0;
}
