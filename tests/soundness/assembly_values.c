/*
 * What assembly returns is not known, and calls are counted alike by analysis
 * and link: a naked function, a return by assembly, asm goto before calls.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && cp %s p.c && clang -w -O1 p.c -o native
 * RUN: cd %t && ./native > expected && unicore-specialize -q p.c
 * RUN: cd %t && for t in linuxu kvm; do unicore-run out/p/$t-x86_64/image > got && cmp expected got || exit 1; done
 * RUN: grep '^value two_calls:app 1 4$' %t/out/p/kvm-x86_64/pick
 */
#include <stdio.h>

__attribute__((naked, noinline)) static int five(void)
{
    __asm__("movl $5, %eax\n\tret");
}

__attribute__((noinline)) static int five_or_three(int n)
{
    if (n > 1)
        return five();
    return 3;
}

__attribute__((noinline)) static int same(int x)
{
    volatile int y = x;

    return y;
}

__attribute__((noinline)) static int four(int x)
{
    volatile int y = x;

    return 4;
}

__attribute__((noinline)) static int two_calls(int n)
{
    int r = 0, a, b;

    __asm__ goto("testl %0, %0; jnz %l1" : : "r"(n) : "cc" : out);
    r = 100;
out:
    a = four(n);
    b = same(n + 1);
    return r + a * 10 + b;
}

int main(int argc, char **argv)
{
    printf("%d %d\n", five_or_three(argc + 1), five_or_three(argc));
    printf("%d %d\n", two_calls(argc), two_calls(argc - 1));
    if (five() == 5)
        puts("five");
    return 0;
}
