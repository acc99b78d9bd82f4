/*
 * Function pointers through every kind of cast that the source scan knows:
 * each case has types of its own, so that no other cast keeps its function.
 * The program calls all of them, as it does on Linux. The same file without
 * CAST is the control of tests/analyzer/casts.sh.
 *
 * RUN: rm -rf %t && mkdir -p %t/p && cd %t && (echo '#define CAST'; cat %s) > p/p.c && cp %S/Inputs/casts_other.c p
 * RUN: cd %t && unicore-specialize -v p 2>&1 | not grep "not all of its casts"
 * RUN: cd %t && for t in linuxu kvm; do unicore-run out/p/$t-x86_64/image > $t || exit 1; done
 * RUN: FileCheck %s < %t/linuxu && cmp %t/linuxu %t/kvm
 * RUN: grep -c . %t/linuxu | grep -qx 21
 * CHECK: case 1 is 1
 * CHECK-NOT: not
 * CHECK: case 21 is 21
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define TYPES(n)                                                               \
    struct s##n;                                                               \
    struct d##n;                                                               \
    typedef int (*S##n)(struct s##n *);                                        \
    typedef int (*D##n)(struct d##n *);                                        \
    __attribute__((noinline)) int target##n(struct s##n *p)                    \
    {                                                                          \
        return n + (p != 0);                                                   \
    }                                                                          \
    S##n volatile from##n = target##n;                                         \
    D##n volatile to##n;                                                       \
    __attribute__((noinline)) int call##n(void)                                \
    {                                                                          \
        return from##n && to##n ? to##n(0) : 0;                                \
    }
#ifdef CAST
#define CASE(n, ...)                                                           \
    TYPES(n)                                                                   \
    __VA_ARGS__
#define ON(x) x
#else
#define CASE(n, ...)                                                           \
    TYPES(n)                                                                   \
    void make##n(void)                                                         \
    {                                                                          \
    }
#define ON(x)
#endif

volatile int yes = 1;
/* by value */
CASE(1, void make1(void) { to1 = (D1)from1; })
CASE(2, void make2(void) { D2 d = from2; to2 = d; })
CASE(3, void take3(D3 d) { to3 = d; } void make3(void) { take3(from3); })
CASE(4, D4 give4(void) { return from4; } void make4(void) { to4 = give4(); })
CASE(5, void make5(void) { to5 = yes ? from5 : to5; })
CASE(6, void make6(void) { void *p = from6; to6 = p; })
CASE(7, void make7(void) { to7 = (D7)((long)from7 | yes - 1); })
/* by memory */
CASE(8, void make8(void) { S8 s = from8; D8 d; memcpy(&d, &s, sizeof d); to8 = d; })
CASE(9, union u9 { S9 s; D9 d; }; void make9(void) { union u9 u; u.s = from9; to9 = u.d; })
CASE(10, union u10 { S10 s; long n; }; void make10(void) { union u10 u; u.s = from10; to10 = (D10)u.n; })
CASE(11, void make11(void) { S11 s = from11; to11 = *(D11 *)&s; })
CASE(12, void make12(void) { S12 s[2] = {0, from12}; void **p = (void **)s; to12 = (D12)p[yes]; })
/* without a prototype */
CASE(13, void any13(int n, ...) { va_list a; va_start(a, n); to13 = va_arg(a, D13); va_end(a); }
         void make13(void) { any13(1, from13); })
CASE(14, void old14(); void make14(void) { old14(from14); } void old14(d) D14 d; { to14 = d; })
/* structures */
CASE(15, struct a15 { long n; S15 f; }; struct b15 { char c[8]; D15 f; };
         void make15(void) { struct a15 a = {1, from15}; to15 = ((struct b15 *)&a)->f; })
CASE(16, struct a16 { long n; struct { int k; S16 f[2]; } in; }; struct b16 { long n[2]; struct { D16 f; } in[2]; };
         void make16(void) { struct a16 a = {1, {1, {0, from16}}}; to16 = ((struct b16 *)&a)->in[1].f; })
CASE(17, struct v17 { S17 f; }; struct w17 { D17 f; }; struct a17 { int n; struct v17 *v; }; struct b17 { int n; struct w17 *w; };
         void make17(void) { struct v17 v = {from17}; struct a17 a = {1, &v}; to17 = ((struct b17 *)&a)->w->f; })
/* names */
CASE(18, int other18(struct d18 *) __attribute__((alias("target18"))); void make18(void) { to18 = other18; })
CASE(19, void make19(void); /* declares target19 in its own way */)
/* functions that take functions */
CASE(20, void take20(D20 d) { to20 = d; } void (*volatile through20)(S20) = (void (*)(S20))take20;
         void make20(void) { through20(from20); })
CASE(21, S21 get21(void) { return from21; } D21 (*volatile through21)(void) = (D21 (*)(void))get21;
         void make21(void) { to21 = through21(); })
/* no casts: a constant, a comparison, one way without the other */
TYPES(50)
TYPES(51)
TYPES(52)
TYPES(53)

int main(void)
{
    to50 = (D50)(void *)-1;
    to50 = 0;
    if ((void *)from51 == (void *)to51)
        to51 = 0;
    ON(void *volatile sink = from52;)
    ON(to53 = sink ? 0 : (D53)sink;)
#define RUN(n)                                                                 \
    make##n();                                                                 \
    printf("case %d is %s%d\n", n, call##n() == n ? "" : "not ", n);
    RUN(1) RUN(2) RUN(3) RUN(4) RUN(5) RUN(6) RUN(7) RUN(8) RUN(9) RUN(10)
    RUN(11) RUN(12) RUN(13) RUN(14) RUN(15) RUN(16) RUN(17) RUN(18) RUN(19)
    RUN(20) RUN(21)
    return call50() + call51() + call52() + call53();
}
