/*
 * A number that loses bits on its way to read is 0 when it arrives. The control
 * is one that does not become 0: no code for input.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && cp %s p.c && (echo '#define NUMBER 4294967299L'; cat %s) > q.c
 * RUN: cd %t && for p in p q; do unicore-specialize -q -t kvm-x86_64 $p.c; echo input | unicore-run out/$p/kvm-x86_64/image; grep '^stdin' out/$p/kvm-x86_64/facts || echo none; done | FileCheck %s
 * CHECK: input
 * CHECK-NEXT: stdin
 * CHECK-NEXT: none
 */
#include <unistd.h>
#ifndef NUMBER
#define NUMBER 4294967296L
#endif

static char line[50];

static long narrow(long n)
{
    return read((int)n, line, sizeof line);
}

int main(void)
{
    long n = narrow(NUMBER);

    return n > 0 && write(1, line, (size_t)n) != n;
}
