/*
 * --args: words as a shell would split them, as writable C strings.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s \
 * RUN:     --args "-e 'a b' x\"y z\" '' back\\\\slash"
 * RUN: FileCheck %s < %t/init.c
 * RUN: FileCheck %s --check-prefix=FACT < %t/facts
 * RUN: %clang -std=c11 -Wall -Werror -fsyntax-only %t/init.c
 */
int main(void) { return 0; }
/*
 * CHECK: arg1[] = "-e";
 * CHECK: arg2[] = "a b";
 * CHECK: arg3[] = "xy z";
 * CHECK: arg4[] = "";
 * CHECK: arg5[] = "back\134slash";
 * CHECK: const int uc_args_count = 6;
 * CHECK: char *uc_args[] = {0, arg1, arg2, arg3, arg4, arg5, 0};
 * FACT: {{^}}args
 */
