#!/bin/bash
# --without: an image made without one of the linker's passes has what the pass
# removes (the control has not), prints the same, and says how it was made.
# --assume threads: the pool's threads, for a program that starts none.
#
# RUN: bash %s %t
set -eu
mkdir -p "$1" && cd "$1" && rm -rf out *.c
cat > twins.c <<'EOF'
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#define APART static __attribute__((noinline)) int
APART first(char **v, int n) { while (*v++) n = n * 31 + !v[0]; return n; }
APART second(char **v, int n) { while (*v++) n = n * 31 + !v[0]; return n; }
static void fill(int *p, int n) { p[0] = n; puts("filled"); p[0] += n; }
void (*volatile fill_it)(int *, int) = fill;
int sum(const char *, int), product(const char *, int);
int __attribute__((noinline)) sum(const char *s, int n)
{
    n += printf("%s %d %d %d\n", s, n, n + 1, n + 2);
    return n + printf("%s %d %d %d %d\n", s, n, n * 3, n * 5, n * 7);
}
int __attribute__((noinline)) product(const char *s, int n)
{
    n *= printf("%s %d %d %d\n", s, n, n + 1, n + 2);
    return n * printf("%s %d %d %d %d\n", s, n, n * 3, n * 5, n * 7);
}
int main(int argc, char **argv)
{
    int n = argc, one = first(argv, n), two = second(argv, n + 1);
    fill_it(&n, 20);
    printf("%d %d %d\n", one, two, n);
    return sum("s", n) + product("p", n) > 100000000;
}
EOF
say() { echo "$*"; exit 1; }
make() { # OUT OPTION...
    unicore-specialize -q -t linuxu-x86_64 -o "$@" twins.c
}
symbols() { llvm-nm "$1/twins/linuxu-x86_64/image.dbg"; }
control() { unicore-run out/twins/linuxu-x86_64/image; }
main_of() {
    llvm-objdump -d --disassemble-symbols=main "$1/twins/linuxu-x86_64/image.dbg"
}

make out
control > expected
grep -q '^32 63 40$' expected || say "control: $(cat expected)"
for name in guard fold outline icf seal knobs newlib; do
    make "without.$name" --without $name
    unicore-run "without.$name/twins/linuxu-x86_64/image" | cmp - expected
    jq -e ".analysis.without == [\"$name\"]" \
        "without.$name/twins/linuxu-x86_64/report.json" > /dev/null
done

addresses() { symbols "$1" | awk '/ (first|second):app$/ { print $1 }' | sort -u; }
[ "$(addresses out | wc -l)" = 1 ] || say "control: no function is folded"
[ "$(addresses without.icf | wc -l)" = 2 ] || say "without icf: folded"
symbols out | grep -q OUTLINED || say "control: nothing is outlined"
! symbols without.outline | grep -q OUTLINED || say "without outline: outlined"
! symbols out | grep -q CFG_ARGS || say "control: a knob is left"
symbols without.fold | grep -q CFG_ARGS || say "without fold: no knob is left"
! main_of out | grep -q '<__stack_chk_fail>' || say "control: main is guarded"
main_of without.guard | grep -q '<__stack_chk_fail>' ||
    say "without guard: main is not guarded"
[ "$(jq -r .libc out/twins/linuxu-x86_64/report.json)" = newlib ]
[ "$(jq -r .libc without.newlib/twins/linuxu-x86_64/report.json)" = musl ]

unicore-specialize --without help > help
grep -q '^  outline  ' help
grep -q 'functions is cut: .*fmt_fp' help
unicore-specialize -q -t kvm-x86_64 -o threads --assume threads twins.c
unicore-run threads/twins/kvm-x86_64/image | cmp - expected
grep -q 'role=sched' threads/twins/kvm-x86_64/pick
