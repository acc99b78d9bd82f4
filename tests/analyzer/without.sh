#!/bin/bash
# --assume and --without in the analysis: each puts back, in `pick` or `facts`,
# what the analysis leaves out with all its means (the control), and nothing
# but the lines that say so changes where there is nothing to put back.
#
# RUN: bash %s %t %S/Inputs
set -eu
dir=$1 inputs=$2
rm -rf "$dir"
mkdir -p "$dir/overlay/libpool/libc/musl" && cd "$dir"
cat > overlay/libpool/libc/musl/more.c <<'EOF'
long uc_sys_thread(long a) { return a; }
char *setlocale(int category, const char *name) { return category ? 0 : (char *)name; }
static int other_type(char *p, long n) { return p[n]; }
static int same_type(const void *x, const void *y) { return x == y; }
void *callbacks[] = {other_type, same_type};
int (*volatile compare)(const void *, const void *);
int pool_call(void) { compare = callbacks[0]; return compare(0, 0); }
EOF
cat > app.c <<'EOF'
int printf(const char *, ...);
void *malloc(unsigned long);
long syscall(long, ...);
char *setlocale(int, const char *);
int pool_call(void);
struct ops { int (*used)(int), (*unused)(int); };
static int used(int n) { return n; }
static int in_slot(int n) { return n + 1; }
static int floating(double d) { return d > 1; }
static struct ops ops = {used, in_slot};
static void *kept[] = {floating};
static const char *name_of(int n) { return n ? "C" : "POSIX"; }
int main(int argc, char **argv)
{
    struct ops *o = &ops;
    o->used = argc > 7 ? used : o->used;
    setlocale(6, name_of(argc));
    printf("%d", argc);
    return o->used(argc) + (int)syscall(39) + (kept[argc] != 0) +
           pool_call() + (malloc(3) != 0);
}
EOF
"$inputs/mkpool.sh" pool overlay
analyze() { # OUT OPTION...
    "$inputs/analyze.sh" pool "$1" app.c "${@:2}"
}
say() { echo "$*"; exit 1; }
has() { # FILE PATTERN
    grep -Eq -- "$2" "$1" || say "$1: no line $2"
}
lacks() { ! grep -Eq -- "$2" "$1" || say "$1: has a line $2"; }
number() { jq "$2" "$1/analyze.json"; }

# puts_back FILE PATTERN OPTION...: in the control's FILE, not with the options
puts_back() {
    has "control/$1" "$2"
    analyze changed "${@:3}"
    lacks "changed/$1" "$2"
}
# brings FILE PATTERN OPTION...: the other way round
brings() {
    lacks "control/$1" "$2"
    analyze changed "${@:3}"
    has "changed/$1" "$2"
}

analyze control
lacks control/pick '^(without|assume) '
puts_back pick '^cut print_float' --without cuts
has changed/pick '^without cuts$'
puts_back pick '^cut print_float' --without print_float
puts_back pick '^cut print_float' --assume format_float
has changed/pick '^assume format_float$'
grep -A1 '^format_float$' changed/facts | grep -q '^>>> option --assume$' ||
    say "facts: an assumed fact does not say so"
puts_back pick '^direct$' --without direct
puts_back pick '^drop in_slot:app$' --without slots
puts_back pick '^drop floating:app$' --without types
puts_back pick '^drop other_type:' --without exact
puts_back pick '^drop ' --without drop --without branches
puts_back pick '^drop start_threads$' --without branches
puts_back pick '^drop start_threads$' --without knobs
puts_back pick '^drop start_threads$' --without THREADS
brings facts '^locale$' --without consts
brings pick '^component libpool/malloc/tlsf' --without roles
brings pick '^component libpool/malloc/tlsf' --assume free

# Where there is nothing: only the line itself.
for name in newlib guard fold seal outline icf HEAP_CHECK; do
    analyze changed --without $name
    grep -v "^without $name\$" changed/pick | cmp - control/pick ||
        say "--without $name: changes the analysis"
done

# The report says how it was made, and what there is to change.
analyze changed --without cuts --without slots --without cuts --assume free
[ "$(jq -c '[.without, .assumed]' changed/analyze.json)" = \
    '[["cuts","slots"],["free"]]' ] || say "analyze.json: how it was made"
[ "$(jq -c '.switches.cuts, (.switches.facts | index("free") != null),
        (.switches.knobs | index("THREADS") != null)' control/analyze.json |
    tr '\n' ' ')" = '["print_float"] true true ' ] ||
    say "analyze.json: switches"

# Calls: o->used, of one function, and the pool's two.
[ "$(number control '[.indirect_calls_program.sites,
        .indirect_calls_program.targets] | @csv')" = '"1,1"' ] ||
    say "targets: $(number control .indirect_calls_program)"
analyze changed --without slots
[ "$(number changed .indirect_calls_program.targets)" = 2 ] ||
    say "targets without slots: $(number changed .indirect_calls_program)"

wrong() { # MESSAGE OPTION...
    ! analyze changed "${@:2}" 2> err || say "${*:2}: accepted"
    grep -Fq -- "$1" err || { cat err; say "expected: $1"; }
}
wrong 'error: --without nonsense: no such switch, cut or knob' --without nonsense
wrong 'note: it is a fact: --assume env takes it to hold' --without env
wrong 'error: --assume cuts: no such fact' --assume cuts
wrong 'error: --assume root: this fact says what the image is given' --assume root
unicore-analyze --without help > help
has help '^  slots  '
unicore-analyze --pool pool --target test-x86_64 --without help > help
has help 'functions is cut: print_float$'
has help 'knobs is constant: HEAP_CHECK'
