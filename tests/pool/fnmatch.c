/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fnmatch.c: every byte against every class, itself and its range in both
 * cases, in the C locale: as glibc has it; and an image of it has no table of
 * wide characters, which one that asks for a locale has.
 *
 * RUN: clang -w -o %t.native %s && %t.native > %t.expect
 * RUN: FileCheck %s < %t.expect
 * RUN: unicore-specialize -q -t kvm-x86_64 --libc musl -o %t.out %s
 * RUN: unicore-run %t.out/fnmatch/kvm-x86_64/image > %t.got
 * RUN: diff %t.expect %t.got
 * RUN: not grep towctrans %t.out/fnmatch/kvm-x86_64/image.map
 * RUN: unicore-specialize -q -t kvm-x86_64 --libc musl --assume locale \
 * RUN:     -o %t.locale %s
 * RUN: unicore-run %t.locale/fnmatch/kvm-x86_64/image > %t.got
 * RUN: diff %t.expect %t.got
 * RUN: grep -q towctrans %t.locale/fnmatch/kvm-x86_64/image.map
 * CHECK: alnum: 62 of 255
 * CHECK: punct: 32 of 255
 * CHECK: none: 0 of 255
 * CHECK: [a-f]: 6 of 255
 * CHECK: [a-f], either case: 12 of 255
 * CHECK: ?: 255 of 255
 */
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>

static void all(const char *name, const char *pattern, int flags)
{
    unsigned sum = 0;
    int n = 0;

    for (int c = 1; c < 256; c++) {
        char text[2] = {(char)c, 0};
        if (fnmatch(pattern, text, flags))
            continue;
        n++;
        sum = sum * 31 + (unsigned)c;
    }
    printf("%s: %d of 255, %u\n", name, n, sum);
}

int main(void)
{
    static const char *const classes[] = {
        "alnum", "alpha", "blank", "cntrl", "digit",  "graph", "lower",
        "print", "punct", "space", "upper", "xdigit", "none"};
    char pattern[32];
    int folded = 0;

    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        snprintf(pattern, sizeof pattern, "[[:%s:]]", classes[i]);
        all(classes[i], pattern, 0);
    }
    all("[a-f]", "[a-f]", 0);
    all("[a-f], either case", "[a-f]", FNM_CASEFOLD);
    all("not digit", "[!0-9]", 0);
    all("?", "?", 0);
    for (int c = 1; c < 256; c++)
        for (int d = 1; d < 256; d++) {
            char a[3] = {'\\', (char)c, 0}, b[2] = {(char)d, 0};
            folded += !fnmatch(a, b, FNM_CASEFOLD);
        }
    printf("pairs: %d\n", folded);
    return 0;
}
