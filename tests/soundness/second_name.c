/*
 * A function of libc that is an alias is seen by either of its names: dup3 gives
 * standard input a second number, sigaction ignores a signal. The control is a
 * program that does neither: it has no code for input.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && cp %s p.c && printf 'int main(void) { return 0; }\n' > none.c
 * RUN: cd %t && unicore-specialize -q p.c && unicore-specialize -q none.c
 * RUN: cd %t && for p in linuxu kvm; do echo input | unicore-run out/p/$p-x86_64/image || exit 1; done | FileCheck %s
 * RUN: FileCheck --check-prefix=FACTS %s < %t/out/p/kvm-x86_64/facts
 * RUN: FileCheck --check-prefix=NONE --allow-empty %s < %t/out/none/kvm-x86_64/facts
 * CHECK: input
 * CHECK-NEXT: input
 * FACTS: {{^}}signals 2{{$}}
 * FACTS: {{^}}stdin{{$}}
 * NONE-NOT: {{^}}stdin
 */
#define _GNU_SOURCE
#include <signal.h>
#include <unistd.h>

int main(void)
{
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    char line[50];
    ssize_t n;

    sigaction(SIGINT, &ignore, NULL);
    if (dup3(0, 5, 0) != 5)
        return 1;
    n = read(5, line, sizeof line);
    return write(1, line, (size_t)n) != n;
}
