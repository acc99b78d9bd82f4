/*
 * system and popen work on linuxu, where they are the host's; on kvm the
 * summary names what they lack, and --strict refuses.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && cp %s p.c && clang -w p.c -o native
 * RUN: cd %t && env -i PATH=/usr/bin:/bin ./native > expected
 * RUN: cd %t && unicore-specialize -q -t linuxu-x86_64 p.c && unicore-run -e PATH=/usr/bin:/bin out/p/linuxu-x86_64/image > got && cmp expected got
 * RUN: cd %t && unicore-specialize -t kvm-x86_64 p.c | FileCheck %s --check-prefix=KVM
 * RUN: cd %t && not unicore-specialize -t kvm-x86_64 --strict p.c 2>&1 | FileCheck %s --check-prefix=STRICT
 * KVM: p {{ *}}kvm-x86_64 {{.*}} execve
 * STRICT: needs execve
 */
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char line[50] = "";
    FILE *p;

    printf("%d\n", system("echo shell; exit 3") >> 8);
    p = popen("echo pipe", "r");
    if (p)
        printf("%s%d\n", fgets(line, sizeof line, p), pclose(p));
    return 0;
}
