/*
 * main under another name, with variable arguments, and a function that is
 * called with fewer arguments than it takes: the image does what Linux does.
 *
 * RUN: rm -rf %t && mkdir %t && cd %t && for k in ALIAS VARIADIC FEWER; do echo "#define $k" | cat - %s > p.c; clang -w p.c -o native; ./native a b > expected; unicore-specialize -q p.c; for p in linuxu kvm; do unicore-run out/p/$p-x86_64/image a b > got; cmp expected got || exit 1; done; done
 * RUN: FileCheck %s < %t/expected
 * CHECK: 42
 */
#include <stdarg.h>
#include <stdio.h>

static int print(int n, char **args)
{
    for (int i = 1; i < n; i++)
        printf("[%s]", args[i]);
    return puts("") < 0;
}

#ifdef ALIAS
int real(int argc, char **argv) { return print(argc, argv); }
int main(int, char **) __attribute__((alias("real")));
#endif
#ifdef VARIADIC
int main(int argc, ...)
{
    va_list ap;
    va_start(ap, argc);
    return print(argc, va_arg(ap, char **));
}
#endif
#ifdef FEWER
static int answer(void *unused, int missing) { return 42; }
static struct {
    const char *name;
    int (*f)(void *);
} table[] = {{"x", 0}, {"x", 0}, {"answer", (int (*)(void *))answer}};
int main(int argc, char **argv)
{
    printf("%d\n", table[argc - 1].f(argv));
    return 0;
}
#endif
