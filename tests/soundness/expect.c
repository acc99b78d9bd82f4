/*
 * What all functions that a pointer can reach return is taken as known, and
 * checked: a function of another class that comes there by a cast ends the
 * program with a line that says so. Without `values` it just runs.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && cp %s p.c && clang -w p.c -o native
 * RUN: cd %t && ./native > expected; ./native a > other; ./native b c >> other
 * RUN: cd %t && unicore-specialize -q p.c && grep '^expect main' out/p/kvm-x86_64/pick
 * RUN: cd %t && for t in linuxu kvm; do unicore-run out/p/$t-x86_64/image > got && cmp expected got || exit 1; done
 * RUN: cd %t && for t in linuxu kvm; do unicore-run out/p/$t-x86_64/image a 2>&1 || true; done | FileCheck %s
 * RUN: cd %t && unicore-specialize -q -o all --without values p.c
 * RUN: cd %t && for t in linuxu kvm; do unicore-run all/p/$t-x86_64/image a > got; unicore-run all/p/$t-x86_64/image b c >> got; cmp other got || exit 1; done
 * CHECK:      call main#{{[0-9]+}} returned something else than 0, all that the analysis found for it
 * CHECK-NEXT: note: {{.*}}--without values
 * CHECK:      call main#{{[0-9]+}} returned something else than 0, all that the analysis found for it
 */
#include <stdio.h>

static long zero(void)
{
    return 0;
}

static long nought(void)
{
    return 0;
}

__attribute__((noinline)) static __int128 seven(void)
{
    return 7;
}

int main(int argc, char **argv)
{
    long (*f)(void) = argc == 2   ? (long (*)(void))seven
                      : argc == 3 ? nought
                                  : zero;

    printf("%d\n", (int)seven());
    printf("%s\n", f() ? "other" : "none");
    return 0;
}
