#!/usr/bin/env python3
# SPDX-License-Identifier: BSD-2-Clause
"""nasty.py: C programs that hand function pointers around in every way.

usage: nasty.py SEED FOLDER [CASES]

Writes FOLDER/*.c, the same for the same seed. A case has functions of a type
that no other case's calls fit (its number, in binary, as int and double
parameters), so that a function which the analysis loses is not kept by another
case's call. Its functions' addresses start somewhere (source), pass through
one to four carriers, and end in a call (sink); which function it is depends on
what no compiler knows. Every function says that it ran and with what.
"""
import os
import random
import sys

FILES = ["one", "two", "three"]
BITS = 7

HEADER = """#include <alloca.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern volatile int zero;
static inline int opaque(int i) { return i + zero; }
#define FIELD(type, p, member) \\
    (*(__typeof__(((type *)0)->member) *)((char *)(p) + offsetof(type, member)))
"""


class Case:
    """One case: pieces of text for the header, each file, and its body."""

    def __init__(self, program, number):
        self.p, self.r, self.n = program, program.r, number
        self.fp = f"fp{number}"
        self.count = 0
        self.body = []
        self.home = self.r.choice(FILES)
        self.make_type()

    def make_type(self):
        r = self.r
        whole = ["int", "unsigned", "long", "short", "const char *", "void *",
                 "enum colour", "unsigned char", "size_t"]
        real = ["double"]
        self.params = [r.choice(real) if self.n >> b & 1 else r.choice(whole)
                       for b in range(BITS)]
        self.params += [r.choice(whole + real + ["float"])
                        for _ in range(r.randrange(3))]
        self.result = r.choice(["int", "void", "long", "unsigned"])
        self.p.header.append(
            f"typedef {self.result} (*{self.fp})({', '.join(self.params)});")

    def name(self, what="x"):
        self.count += 1
        return f"c{self.n}_{what}{self.count}"

    def top(self, text, file=None):
        self.p.files[file or self.home].append(text)

    def say(self, text):
        self.body.append("    " + text)

    def other(self):
        return self.r.choice([f for f in FILES if f != self.home])

    def args(self):
        out = []
        for i, t in enumerate(self.params):
            if t in ("const char *", "void *"):
                out.append(f'({t})"s{i}"')
            else:
                out.append(f"({t}){i + 1}")
        return ", ".join(out)

    def function(self, static=None):
        """A target; returns its name."""
        r = self.r
        static = r.random() < .5 if static is None else static
        file = self.home if static else r.choice(FILES)
        name = self.name("f")
        params = ", ".join(f"{t} p{i}" for i, t in enumerate(self.params))
        total = " + ".join(
            f"(long)(intptr_t)(p{i} != 0)" if "*" in t else f"(long)p{i}"
            for i, t in enumerate(self.params))
        end = "" if self.result == "void" else f" return {self.count};"
        text = (f'{{ printf("{name} %ld\\n", {total});{end} }}')
        if static:
            self.top(f"static {self.result} {name}({params}) {text}")
        else:
            self.p.header.append(f"{self.result} {name}({params});")
            self.top(f"{self.result} {name}({params}) {text}", file)
        return name


# ---- a structure with the pointer somewhere in it ----

def fillers(r, low=0, high=3):
    kinds = ["int i%d;", "char c%d[3];", "long l%d;", "void *v%d;", "unsigned b%d : 3;",
             "double d%d;"]
    return " ".join(r.choice(kinds) % k for k in range(r.randint(low, high)))


def shape(c, depth=0):
    """(members, path, path with other indices): a member of type fp in it."""
    r = c.r
    kind = r.choice(["leaf", "leaf", "array", "struct", "structs", "union"]
                    if depth < 3 else ["leaf"])
    before, after = fillers(r), fillers(r, 0, 2)
    after = after.replace("i", "I", 0)
    for k in "iclvbd":
        for n in range(3):
            after = after.replace(f"{k}{n}", f"{k}{n}z")
    m = f"m{depth}"
    if kind == "leaf":
        return f"{before} {c.fp} {m}; {after}", [m]
    if kind == "array":
        n = r.randint(1, 4)
        k = r.randrange(n)
        return (f"{before} {c.fp} {m}[{n}]; {after}",
                [f"{m}[{k}]", f"{m}[opaque({k})]", f"{m}[zero + {k}]"])
    inner, paths = shape(c, depth + 1)
    tag = c.name("tag")
    if kind == "union":
        alt = r.choice(["long alt[4];", "char alt[40];", "void *alt;",
                        "struct { long x, y; char z; } alt;"])
        text = f"{before} union {{ struct {tag} {{ {inner} }} u; {alt} }} {m}; {after}"
        return text, [f"{m}.u.{p}" for p in paths]
    if kind == "struct":
        tag = r.choice(["", f" {tag}"])
        return (f"{before} struct{tag} {{ {inner} }} {m}; {after}",
                [f"{m}.{p}" for p in paths])
    n = r.randint(1, 3)
    k = r.randrange(n)
    return (f"{before} struct {tag} {{ {inner} }} {m}[{n}]; {after}",
            [f"{m}[{i}].{p}" for i in (k, f"opaque({k})") for p in paths])


def holder(c):
    """A structure type, and the ways to its function pointer."""
    members, paths = shape(c)
    tag = f"struct {c.name('S')}"
    c.p.header.append(f"{tag} {{ {members} }};")
    return tag, paths


def lvalue(c, tag):
    """An object of the type: ways to write it in front of .path."""
    r = c.r
    v = c.name("o")
    kind = r.choice(["global", "local", "heap", "elements", "tls", "extern", "alloca"])
    if kind == "global":
        c.top(f"static {tag} {v};")
    elif kind == "tls":
        c.top(f"static _Thread_local {tag} {v};")
    elif kind == "extern":
        c.p.header.append(f"extern {tag} {v};")
        c.top(f"{tag} {v};", c.other())
    elif kind == "local":
        c.say(f"{tag} {v}; memset(&{v}, 0, sizeof {v});")
    elif kind == "elements":
        n = r.randint(1, 4)
        k = r.randrange(n)
        c.top(f"static {tag} {v}[{n}];")
        return [f"{v}[{k}]", f"{v}[opaque({k})]", f"({v} + zero)[{k}]"]
    elif kind == "heap":
        c.say(f"{tag} *{v} = calloc(opaque(1), sizeof *{v});")
        return [f"(*{v})"]
    else:
        c.say(f"{tag} *{v} = alloca(sizeof *{v}); memset({v}, 0, sizeof *{v});")
        return [f"{v}[0]", f"{v}[zero]"]
    return [v, f"(&{v})[zero]", f"(*(&{v} + zero))"]


# ---- carriers: from an expression to another one that has its value ----

def carry_variable(c, e):
    v = c.name("v")
    where = c.r.choice(["local", "volatile", "static", "extern", "tls", "atomic"])
    if where == "local":
        c.say(f"{c.fp} {v} = {e};")
        return v
    if where == "volatile":
        c.say(f"volatile {c.fp} {v} = {e};")
        return v
    if where == "extern":
        c.p.header.append(f"extern {c.fp} {v};")
        c.top(f"{c.fp} {v};", c.other())
    elif where == "atomic":
        c.top(f"static {c.fp} {v};")
        c.say(f"__atomic_store_n(&{v}, {e}, __ATOMIC_SEQ_CST);")
        return f"__atomic_load_n(&{v}, __ATOMIC_SEQ_CST)"
    else:
        c.top(f"static {'_Thread_local ' if where == 'tls' else ''}{c.fp} {v};")
    c.say(f"{v} = {e};")
    return v


def carry_array(c, e):
    v, n = c.name("a"), c.r.randint(1, 5)
    k = c.r.randrange(n)
    if c.r.random() < .3:
        c.say(f"{c.fp} {v}[opaque({n})]; {v}[{k}] = {e};")
    else:
        c.top(f"static {c.fp} {v}[{n}];")
        c.say(f"{c.r.choice([f'{v}[{k}]', f'{v}[opaque({k})]'])} = {e};")
    return c.r.choice([f"{v}[{k}]", f"{v}[opaque({k})]", f"*({v} + zero + {k})"])


def carry_field(c, e):
    tag, paths = holder(c)
    objects = lvalue(c, tag)
    pick = c.r.choice
    c.say(f"{pick(objects)}.{pick(paths)} = {e};")
    return f"{pick(objects)}.{pick(paths)}"


def carry_field_address(c, e):
    tag, paths = holder(c)
    objects = lvalue(c, tag)
    p, pick = c.name("p"), c.r.choice
    put, get = f"{pick(objects)}.{pick(paths)}", f"{pick(objects)}.{pick(paths)}"
    c.say(f"{c.fp} *{p} = &{put};")
    if c.r.random() < .5:
        c.say(f"*{p} = {e};")
        return get
    c.say(f"{put} = {e};")
    return f"*{p}"


def carry_offset(c, e):
    tag, paths = holder(c)
    objects = lvalue(c, tag)
    constant = [p for p in paths if "zero" not in p and "opaque" not in p]
    if not constant:
        return carry_field(c, e)
    put, get = f"{objects[0]}.{paths[0]}", f"FIELD({tag}, &{objects[0]}, {constant[0]})"
    if c.r.random() < .5:
        put, get = get, put
    c.say(f"{put} = {e};")
    return get


def carry_copy(c, e):
    tag, paths = holder(c)
    a, b = lvalue(c, tag), lvalue(c, tag)
    pick = c.r.choice
    x, y = pick(a), pick(b)
    c.say(f"{pick(a)}.{pick(paths)} = {e};")
    how = pick(["assign", "memcpy", "memmove", "bytes", "value", "words", "file"])
    if how == "assign":
        c.say(f"{y} = {x};")
    elif how in ("memcpy", "memmove"):
        c.say(f"{how}(&{y}, &{x}, sizeof({tag}));")
    elif how == "bytes":
        c.say(f"for (size_t i = 0; i < sizeof({tag}); i++) "
              f"((char *)&{y})[i] = ((char *)&{x})[i];")
    elif how == "words":
        w = c.name("w")
        c.say(f"long {w}[(sizeof({tag}) + 7) / 8]; memcpy({w}, &{x}, sizeof({tag})); "
              f"memcpy(&{y}, {w}, sizeof({tag}));")
    elif how == "file":
        f = c.name("t")
        c.say(f"FILE *{f} = fmemopen(NULL, sizeof({tag}) + 1, \"w+\"); "
              f"fwrite(&{x}, sizeof({tag}), 1, {f}); rewind({f}); "
              f"if (fread(&{y}, sizeof({tag}), 1, {f}) != 1) puts(\"short\"); fclose({f});")
    else:
        f, file = c.name("val"), c.r.choice(FILES)
        c.p.header.append(f"{tag} {f}({tag});")
        c.top(f"{tag} {f}({tag} s) {{ return s; }}", file)
        c.say(f"{y} = {f}({x});")
    return f"{pick(b)}.{pick(paths)}"


def carry_copy_part(c, e):
    """Into the middle of a larger structure of other names."""
    small, big = c.name("A"), c.name("B")
    c.p.header.append(
        f"struct {small} {{ int x; {c.fp} f; }}; "
        f"struct {big} {{ long pad[2]; int x; {c.fp} f; int after; }};")
    a, b = lvalue(c, f"struct {small}"), lvalue(c, f"struct {big}")
    to = f"(char *)&{c.r.choice(b)} + offsetof(struct {big}, x)"
    to = c.r.choice([to, f"&{c.r.choice(b)}.x"])
    c.say(f"{c.r.choice(a)}.f = {e};")
    c.say(f"memcpy({to}, &{c.r.choice(a)}, sizeof(struct {small}));")
    return f"{c.r.choice(b)}.f"


def carry_union(c, e):
    u = f"union {c.name('U')}"
    view = {
        "nested": f"struct {{ long t; struct {{ long u; {c.fp} f; }} in; }} nested;",
        "flat": f"struct {{ long t, u; {c.fp} f; }} flat;",
        "array": f"{c.fp} array[4];",
        "words": "uintptr_t words[4];",
        "bytes": "unsigned char bytes[32];",
    }
    way = {"nested": "nested.in.f", "flat": "flat.f", "array": "array[2]"}
    order = list(view)
    c.r.shuffle(order)
    c.p.header.append(f"{u} {{ {' '.join(view[k] for k in order)} }};")
    o = lvalue(c, u)
    x, y = c.r.choice(o), c.r.choice(o)
    c.say(f"{x}.{way[c.r.choice(list(way))]} = {e};")
    if c.r.random() < .2:
        return f"({c.fp}){y}.words[opaque(2)]"
    return f"{y}.{way[c.r.choice(list(way))]}"


def carry_pun(c, e):
    """Two structures that begin alike, by a cast of the pointer."""
    first, second = c.name("D"), c.name("E")
    start = fillers(c.r, 0, 3)
    c.p.header.append(f"struct {first} {{ {start} {c.fp} f; }};")
    c.p.header.append(f"struct {second} {{ {start} {c.fp} g; long more; }};")
    o = lvalue(c, f"struct {second}")
    put, get = f"((struct {first} *)&{o[0]})->f", f"{c.r.choice(o)}.g"
    if c.r.random() < .5:
        put, get = get, put
    c.say(f"{put} = {e};")
    return get


def carry_first(c, e):
    """The first member, by a cast of the structure's address."""
    tag = f"struct {c.name('F')}"
    c.p.header.append(f"{tag} {{ {c.fp} f; int x; }};")
    o = lvalue(c, tag)
    put, get = f"{c.r.choice(o)}.f", f"*({c.fp} *)&{c.r.choice(o)}"
    if c.r.random() < .5:
        put, get = get, put
    c.say(f"{put} = {e};")
    return get


def carry_cast(c, e):
    v = c.name("k")
    kind = c.r.choice(["void *", "const void *", "uintptr_t", "long", "xor", "fp", "text"])
    if kind == "xor":
        c.say(f"uintptr_t {v} = (uintptr_t){e} ^ 0x5a5a5a5aUL;")
        return f"({c.fp})({v} ^ (0x5a5a5a5aUL + zero))"
    if kind == "fp":
        c.say(f"void (*{v})(void) = (void (*)(void)){e};")
        return f"({c.fp}){v}"
    if kind == "text":
        c.say(f"char {v}[40]; void *{v}p; sprintf({v}, \"%p\", (void *){e}); "
              f"sscanf({v}, \"%p\", &{v}p);")
        return f"({c.fp}){v}p"
    c.say(f"{kind} {v} = ({kind}){e};")
    return f"({c.fp}){v}"


def carry_bytes(c, e):
    v, w, b = c.name("v"), c.name("w"), c.name("b")
    c.say(f"{c.fp} {v} = {e}, {w}; unsigned char {b}[sizeof {v}];")
    c.say(f"memcpy({b}, &{v}, sizeof {v}); memcpy(&{w}, {b}, sizeof {v});")
    return w


def carry_call(c, e):
    f, file = c.name("h"), c.r.choice(FILES)
    kind = c.r.choice(["same", "void", "va", "out", "deep", "struct"])
    if kind == "same":
        proto, text = f"{c.fp} {f}({c.fp} x)", "{ return x; }"
        call = f"{f}({e})"
    elif kind == "void":
        proto, text = f"void *{f}(void *x, int n)", "{ return n ? x : 0; }"
        call = f"({c.fp}){f}((void *){e}, opaque(1))"
    elif kind == "va":
        proto = f"{c.fp} {f}(int n, ...)"
        text = (f"{{ va_list a; va_start(a, n); {c.fp} x = 0; while (n--) "
                f"x = va_arg(a, {c.fp}); va_end(a); return x; }}")
        call = f"{f}(2, ({c.fp})0, {e})"
    elif kind == "out":
        proto, text = f"void {f}({c.fp} *to, {c.fp} x)", "{ *to = x; }"
        v = c.name("v")
        c.say(f"{c.fp} {v}; {f}(&{v}, {e});")
        call = v
    elif kind == "deep":
        proto = f"{c.fp} {f}(int n, {c.fp} x)"
        text = f"{{ return n ? {f}(n - 1, x) : x; }}"
        call = f"{f}(opaque(7), {e})"
    else:
        tag = f"struct {c.name('R')}"
        extra = c.r.choice(["", "long a, b, c;", "double d;"])
        c.p.header.append(f"{tag} {{ {extra} {c.fp} f; }};")
        proto = f"{tag} {f}({c.fp} x)"
        text = f"{{ {tag} s = {{.f = x}}; return s; }}"
        call = f"{f}({e}).f"
    c.p.header.append(f"{proto};")
    c.top(f"{proto} {text}", file)
    return call


def carry_list(c, e):
    tag = f"struct {c.name('L')}"
    c.p.header.append(f"{tag} {{ int key; {tag} *next; {c.fp} f; }};")
    h, p = c.name("head"), c.name("p")
    c.say(f"{tag} *{h} = NULL, *{p};")
    c.say(f"for (int i = 0; i < 4; i++) {{ {p} = malloc(sizeof *{p}); {p}->key = i; "
          f"{p}->f = i == opaque(2) ? {e} : NULL; {p}->next = {h}; {h} = {p}; }}")
    c.say(f"for ({p} = {h}; {p} && {p}->key != 2; {p} = {p}->next) ;")
    return f"{p}->f"


def carry_sorted(c, e):
    tag, less = f"struct {c.name('Q')}", c.name("less")
    order = ["int key;", f"{c.fp} f;", "char name[5];"]
    c.r.shuffle(order)
    c.p.header.append(f"{tag} {{ {' '.join(order)} }};")
    c.top(f"static int {less}(const void *a, const void *b) "
          f"{{ return ((const {tag} *)a)->key - ((const {tag} *)b)->key; }}")
    a, p = c.name("a"), c.name("p")
    c.say(f"{tag} {a}[5] = {{{{0}}}}; for (int i = 0; i < 5; i++) {a}[i].key = 9 - i;")
    c.say(f"{a}[opaque(1)].f = {e}; qsort({a}, 5, sizeof *{a}, {less});")
    c.say(f"{tag} *{p} = bsearch(&({tag}){{.key = 8}}, {a}, 5, sizeof *{a}, {less});")
    return f"{p}->f"


def carry_flexible(c, e):
    tag, p = f"struct {c.name('X')}", c.name("p")
    c.p.header.append(f"{tag} {{ int n; {c.fp} f[]; }};")
    c.say(f"{tag} *{p} = malloc(sizeof *{p} + 3 * sizeof({c.fp})); {p}->n = 2;")
    c.say(f"{p}->f[opaque(2)] = {e}; {p} = realloc({p}, 4000);")
    return f"{p}->f[{p}->n]"


def carry_container(c, e):
    tag, f = f"struct {c.name('C')}", c.name("up")
    c.p.header.append(f"{tag} {{ long a; {c.fp} f; int link; }};")
    c.p.header.append(f"{c.fp} {f}(int *link);")
    c.top(f"{c.fp} {f}(int *link) {{ {tag} *s = ({tag} *)((char *)link - "
          f"offsetof({tag}, link)); return s->f; }}", c.r.choice(FILES))
    o = lvalue(c, tag)
    c.say(f"{c.r.choice(o)}.f = {e};")
    return f"{f}(&{c.r.choice(o)}.link)"


def carry_choice(c, e):
    v = c.name("v")
    c.say(f"{c.fp} {v} = {e};")
    g = c.function()
    return f"(opaque({c.r.randrange(2)}) ? {v} : {g})"


def carry_jump(c, e):
    v, j = c.name("v"), c.name("j")
    c.top(f"static jmp_buf {j};")
    c.say(f"{c.fp} volatile {v} = NULL; if (!setjmp({j})) {{ {v} = {e}; longjmp({j}, 1); }}")
    return v


def carry_literal(c, e):
    tag, paths = holder(c)
    constant = [p for p in paths if "zero" not in p and "opaque" not in p]
    if not constant:
        return carry_variable(c, e)
    return f"(({tag}){{.{constant[0]} = {e}}}).{c.r.choice(paths)}"


CARRIERS = [v for k, v in sorted(globals().items()) if k.startswith("carry_")]


# ---- sources ----

def source_name(c):
    f = c.function()
    return c.r.choice([f, f"&{f}", f"(opaque(1) ? {f} : NULL)"])


def source_table(c):
    names = [c.function() for _ in range(c.r.randint(2, 4))]
    t = c.name("t")
    const = c.r.choice(["", "const "])
    c.top(f"static {c.fp} {const}{t}[] = {{{', '.join(names)}}};")
    k = c.r.randrange(len(names))
    return f"{t}[{c.r.choice([f'opaque({k})', str(k)])}]"


def source_records(c):
    """A table of structures with initialisers; looked up by a string."""
    tag, paths = holder(c)
    constant = [p for p in paths if "zero" not in p and "opaque" not in p]
    if not constant:
        return source_table(c)
    names = [c.function() for _ in range(3)]
    t, i = c.name("t"), c.name("i")
    const = c.r.choice(["", "const "])
    rows = ", ".join(f'{{"{n}", {{.{constant[0]} = {n}}}}}' for n in names)
    c.top(f"static {const}struct {{ const char *name; {tag} s; }} {t}[] = {{{rows}}};")
    c.say(f'int {i} = 0; while (strcmp({t}[{i}].name, "{c.r.choice(names)}")) {i}++;')
    return f"{t}[{i}].s.{c.r.choice(paths)}"


def source_alias(c):
    f, a = c.function(static=True), c.name("alias")
    args = ", ".join(c.params)
    c.p.header.append(f"{c.result} {a}({args});")
    weak = c.r.choice(["", "weak, "])
    c.top(f'{c.result} {a}({args}) __attribute__(({weak}alias("{f}")));')
    return a


def source_weak(c):
    args = ", ".join(c.params)
    w, n = c.name("weak"), c.name("none")
    f = c.function()
    c.p.header.append(f"{c.result} {w}({args}); "
                      f"{c.result} {n}({args}) __attribute__((weak));")
    end = "" if c.result == "void" else " return 0;"
    text = f'{c.result} {w}({", ".join(f"{t} p{i}" for i, t in enumerate(c.params))})'
    a, b = c.r.sample(FILES, 2)
    c.top(f'__attribute__((weak)) {text} {{ puts("weak {w}");{end} }}', a)
    if c.r.random() < .6:
        c.top(f'{text} {{ puts("strong {w}");{end} }}', b)
    return f"({n} ? {n} : opaque(1) ? {w} : {f})"


def source_static(c):
    """The same static name in every file."""
    args = ", ".join(f"{t} p{i}" for i, t in enumerate(c.params))
    end = "" if c.result == "void" else " return 0;"
    k = c.r.randrange(3)
    for f in FILES:
        get = f"c{c.n}_get_{f}"
        if f"{c.fp} {get}(void);" in c.p.header:
            return source_name(c)
        c.p.header.append(f"{c.fp} {get}(void);")
        c.top(f'static {c.result} same{c.n}({args}) {{ puts("same{c.n} {f}");{end} }}', f)
        c.top(f"{c.fp} {get}(void) {{ return same{c.n}; }}", f)
    return f"c{c.n}_get_{FILES[k]}()"


def source_set(c):
    """A section that is walked."""
    names = [c.function() for _ in range(2)]
    s = f"set{c.n}"
    if s in c.p.sets:
        return source_name(c)
    c.p.sets.add(s)
    for n in names:
        c.top(f'static {c.fp} const c{c.n}_in_{n} __attribute__((used, section("{s}"))) = {n};')
    c.p.header.append(f"extern {c.fp} const __start_{s}[], __stop_{s}[];")
    return f"__start_{s}[opaque({c.r.randrange(2)})]"


def source_literal(c):
    f, g = c.function(), c.function()
    return f"(({c.fp}[]){{{f}, {g}}})[opaque({c.r.randrange(2)})]"


def source_label(c):
    f, g, h = c.function(), c.function(), c.name("labels")
    c.top(f"static {c.fp} {h}(int n) {{ static void *const t[] = {{&&a, &&b}}; "
          f"goto *t[n]; a: return {f}; b: return {g}; }}")
    return f"{h}(opaque({c.r.randrange(2)}))"


def source_init(c):
    f, g, v = c.function(), c.function(), c.name("v")
    pri = c.r.choice(["", f"({c.r.randrange(101, 999)})"])
    c.p.header.append(f"extern {c.fp} {v};")
    c.top(f"{c.fp} {v};")
    c.top(f"__attribute__((constructor{pri})) static void {v}_init(void) "
          f"{{ {v} = zero ? {g} : {f}; }}", c.home)
    return v


SOURCES = [v for k, v in sorted(globals().items()) if k.startswith("source_")]


# ---- sinks ----

def show(c, call):
    if c.result == "void":
        c.say(f"{call};")
    else:
        c.say(f'printf("= %ld\\n", (long){call});')


def sink_call(c, e):
    show(c, f"({e})({c.args()})")


def sink_variable(c, e):
    v = c.name("v")
    c.say(f"{c.fp} {v} = {e};")
    show(c, f"{v}({c.args()})")


def sink_callback(c, e):
    f = c.name("apply")
    kind = c.r.choice(["fp", "void *", "struct"])
    body = ("" if c.result == "void" else "return ") + f"F({c.args()});"
    if kind == "fp":
        proto, call = f"{c.result} {f}({c.fp} g)", f"{f}({e})"
        body = body.replace("F(", "g(", 1)
    elif kind == "void *":
        proto, call = f"{c.result} {f}(void *g)", f"{f}((void *){e})"
        body = body.replace("F(", f"(({c.fp})g)(", 1)
    else:
        tag = f"struct {c.name('Z')}"
        c.p.header.append(f"{tag} {{ {fillers(c.r)} {c.fp} f; }};")
        proto, call = f"{c.result} {f}({tag} *g)", f"{f}(&({tag}){{.f = {e}}})"
        body = body.replace("F(", "g->f(", 1)
    c.p.header.append(f"{proto};")
    c.top(f"{proto} {{ {body} }}", c.r.choice(FILES))
    show(c, call)


def sink_compare(c, e):
    v, g = c.name("v"), c.function()
    c.say(f"{c.fp} {v} = {e}; if ({v} == {g}) {g}({c.args()}); "
          f"else if ({v}) {v}({c.args()});")


def sink_other_type(c, e):
    """Of a type that differs in sign, in what pointers point to."""
    swap = {"int": "unsigned", "unsigned": "int", "long": "size_t", "size_t": "long",
            "const char *": "void *", "void *": "const char *", "enum colour": "int"}
    types = [swap.get(t, t) for t in c.params]
    old, c.params = c.params, types
    cast = f"(({c.result} (*)({', '.join(types)})){e})({c.args()})"
    c.params = old
    show(c, cast)


def sink_no_prototype(c, e):
    if any(t in ("float", "short", "unsigned char") for t in c.params):
        sink_call(c, e)
        return
    show(c, f"(({c.result} (*)()){e})({c.args()})")


SINKS = [v for k, v in sorted(globals().items()) if k.startswith("sink_")]


class Program:
    def __init__(self, seed, cases):
        self.r = random.Random(seed)
        self.header, self.sets = [], set()
        self.files = {f: [] for f in FILES}
        self.main = []
        numbers = self.r.sample(range(1 << BITS), cases)
        for n in numbers:
            self.case(n)

    def case(self, n):
        c = Case(self, n)
        for _ in range(self.r.randint(1, 2)):
            chain = [self.r.choice(SOURCES)]
            chain += self.r.choices(CARRIERS, k=self.r.randint(1, 4))
            chain.append(self.r.choice(SINKS))
            c.say("/* " + " ".join(f.__name__ for f in chain) + " */")
            e = chain[0](c)
            for f in chain[1:-1]:
                e = f(c, e)
            chain[-1](c, e)
        self.header.append(f"void case{n}(void);")
        c.top(f"void case{n}(void)\n{{\n" + "\n".join(c.body) + "\n}")
        self.main.append(f'    puts("case {n}"); case{n}();')

    def write(self, folder):
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/nasty.h", "w") as f:
            f.write(HEADER + "enum colour { RED, GREEN, BLUE = 1000 };\n")
            f.write("\n".join(self.header) + "\n")
        for name, texts in self.files.items():
            with open(f"{folder}/{name}.c", "w") as f:
                f.write('#include "nasty.h"\n' + "\n".join(texts) + "\n")
        with open(f"{folder}/main.c", "w") as f:
            f.write('#include "nasty.h"\nvolatile int zero;\n'
                    "int main(void)\n{\n    setvbuf(stdout, NULL, _IOLBF, 0);\n" + "\n".join(self.main) +
                    "\n    return 7;\n}\n")


if __name__ == "__main__":
    Program(int(sys.argv[1]), int(sys.argv[3]) if len(sys.argv) > 3 else 60).write(sys.argv[2])
