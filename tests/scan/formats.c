/*
 * Wrappers of printf with the attribute, and without; formats that are no
 * literals. The controls are literals, also through ?: and constants.
 *
 * RUN: rm -rf %t && mkdir -p %t/p && cp %s %t/p
 * RUN: %S/Inputs/scan.sh %t/pool -v %t/p | FileCheck %s
 * RUN: %S/Inputs/scan.sh %t/pool -v %t/p | not grep -e GOOD
 */
#include <stdio.h>

__attribute__((format(printf, 2, 3))) void say(int n, const char *, ...);

void say(int n, const char *fmt, ...)
{
    printf(fmt, n); /* GOOD: the callers are checked */
}

static void quiet(const char *fmt)
{
    printf(fmt);
}

int main(int argc, char **argv)
{
    static const char format[] = "%d\n";

    printf(format, 1); /* GOOD */
    printf(argc ? "a" : "b"); /* GOOD */
    say(1, "%d", 1); /* GOOD */
    say(1, argv[0]);
    quiet("c"); /* GOOD */
    return 0;
}
/*
 * CHECK: format attribute: say 1 (printf 2 3)
 * CHECK-NEXT: formats.c:11:
 * CHECK-NEXT: format, computed: say 1
 * CHECK-NEXT: formats.c:30: say(1, argv[0]);
 * CHECK-NEXT: format, unmarked: quiet 1
 * CHECK-NEXT: formats.c:20: printf(fmt);
 */
