/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * More on both outputs than a pipe holds: whoever does not read one of them
 * holds the program up, but not the end that --timeout sets it.
 *
 * RUN: unicore-specialize -q -t kvm-x86_64 -o %t %s
 * RUN: bash %S/Inputs/unread.sh %t/unread/kvm-x86_64/image %t > %t.out 2>&1; FileCheck %s < %t.out
 * CHECK: 3, 30000 and 30000 lines
 * CHECK-NEXT: 124 without a reader of standard output
 * CHECK-NEXT: 124 without a reader of standard error
 * CHECK-NEXT: 124 without a reader of the terminal
 */
#include <stdio.h>

int main(void)
{
    for (int i = 0; i < 30000; i++) {
        printf("%d out\n", i);
        fprintf(stderr, "%d err\n", i);
    }
    return 3;
}
