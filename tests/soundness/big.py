#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""big.py: C programs that are much of one thing, for scale.sh.

usage: big.py KIND N FOLDER
"""
import sys

kind, n, folder = sys.argv[1], int(sys.argv[2]), sys.argv[3]
lines = []


def put(text):
    lines.append(text)


def functions():
    for i in range(n):
        more = f" + f{i // 2}(x)" if i else ""
        put(f"__attribute__((noinline)) int f{i}(int x) {{ return x * {i + 3} + z{more}; }}")
    put("int main(void) { int s = 0;")
    for i in range(n // 2, n):
        put(f"s += f{i}(1);")
    put('printf("%d\\n", s != 0); return 0; }')


def chain():
    for i in range(n):
        body = f"f{i - 1}(x + z) + 1" if i else "x"
        put(f"__attribute__((noinline)) int f{i}(int x) {{ return {body}; }}")
    put(f'int main(void) {{ printf("%d\\n", f{n - 1}(1)); return 0; }}')


def statements():
    """One function."""
    put("int a[64]; int main(int argc, char **argv) { int i = argc;")
    for i in range(n):
        put(f"if (a[{i % 64}] + i == {i}) a[{i * 7 % 64}] += i; else i += a[{i * 3 % 64}];")
    put('printf("%d\\n", i != 0); return 0; }')


def switch():
    put("int a[64]; int main(int argc, char **argv) { int i = argc;")
    put("for (int k = 0; k < 3; k++) switch (i + z) {")
    for i in range(n):
        put(f"case {i}: a[{i % 64}] += i; i += {i * 17 % n}; break;")
    put('} printf("%d\\n", i != 0); return 0; }')


def pointers():
    """One table, and calls through it from a tenth as many functions."""
    for i in range(n):
        put(f"static int f{i}(int x) {{ return x + {i} + z; }}")
    put("typedef int (*fp)(int); fp t[] = {" + ", ".join(f"f{i}" for i in range(n)) + "};")
    for i in range(n // 10):
        put(f"__attribute__((noinline)) int g{i}(fp *p, int x) {{ return p[x + z](x) + {i}; }}")
    put("int main(void) { int s = 0;")
    for i in range(n // 10):
        put(f"s += g{i}(t, {i});")
    put('printf("%d\\n", s != 0); return 0; }')


def fields():
    """Structures, each with a function in a field, handed on to the next."""
    put("typedef int (*fp)(int);")
    for i in range(n):
        on = f"p->f = v{i - 1}.f;" if i else ""
        put(f"struct s{i} {{ char c[{i % 500 + 1}]; long n[{i // 500 + 1}]; fp f; }} v{i};")
        put(f"static int f{i}(int x) {{ return x + {i} + z; }}")
        put(f"__attribute__((noinline)) int g{i}(struct s{i} *p) "
            f"{{ if (z) p->f = f{i}; {on} return p->f ? p->f(1) : 0; }}")
    put("int main(void) { int s = 0;")
    for i in range(n):
        put(f"s += g{i}(&v{i});")
    put('printf("%d\\n", s == 0); return 0; }')


def nested():
    put("struct d { struct d *next; int (*f)(int); }; static int f(int x) { return x; }")
    put("struct d chain = " + "{&(struct d)" * n + "{0, f}" + ", f}" * n + ";")
    put("int main(void) { struct d *p = &chain; int k = 0;")
    put('while (p) { k += p->f(1); p = p->next; } printf("%d\\n", k); return 0; }')


def modules():
    for i in range(n):
        call = f"f{i - 1}(x)" if i else "x"
        with open(f"{folder}/x{i}.c", "w") as out:
            out.write(f"extern volatile int z; static int h(int x) {{ return x + z; }}\n"
                      f"int f{max(i - 1, 0)}(int);\n"
                      f"int f{i}(int x) {{ return {call} + h(x); }}\n")
    put(f"int f{n - 1}(int);")
    put(f'int main(void) {{ printf("%d\\n", f{n - 1}(1)); return 0; }}')


put("#include <stdio.h>\nvolatile int z;")
{f.__name__: f for f in (functions, chain, statements, switch, pointers, fields,
                         nested, modules)}[kind]()
with open(f"{folder}/main.c", "w") as main:
    main.write("\n".join(lines) + "\n")
