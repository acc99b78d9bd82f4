/*
 * A program that only reads files has no code that changes them; one that may
 * write, by a mode that is not known, has. Both do as on Linux.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && cp %s p.c && clang -w p.c -o native
 * RUN: cd %t && sed 's,^#define MODE .*,#define MODE argv[1],' p.c > q.c && clang -w q.c -o other
 * RUN: cp -r %S/Inputs/root %t/root
 * RUN: cd %t/root && env -i ../native r > ../expected && env -i ../other a > ../changed
 * RUN: cd %t && unicore-specialize -q -t kvm-x86_64 --root %S/Inputs/root p.c
 * RUN: cd %t && unicore-run out/p/kvm-x86_64/image r > got && cmp expected got
 * RUN: FileCheck %s < %t/out/p/kvm-x86_64/image.map
 * RUN: cd %t && unicore-specialize -q -t kvm-x86_64 --root %S/Inputs/root q.c
 * RUN: cd %t && unicore-run out/q/kvm-x86_64/image a > got && cmp changed got
 * RUN: FileCheck %s --check-prefix=WRITE < %t/out/q/kvm-x86_64/image.map
 * CHECK: at {{[^ ]+}} {{.}} .text libpool/fs/ramfs file_write:
 * WRITE: at {{[^ ]+}} {{[0-9][0-9][0-9]}} .text libpool/fs/ramfs file_write:
 */
#include <stdio.h>

#define MODE "r"

int main(int argc, char **argv)
{
    FILE *f = fopen("text", MODE);
    char line[90] = "";

    printf("%d\n", f ? fputs("more\n", f) >= 0 : -2);
    printf("%d\n", f ? fclose(f) : -2);
    f = fopen("text", "r");
    while (f && fgets(line, sizeof line, f))
        fputs(line, stdout);
    printf("%d\n", fopen("none", MODE) != NULL);
    return 0;
}
