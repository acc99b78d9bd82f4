#!/bin/bash
# Bad input: each error says what was found and what to do, and exits 1.
#
# RUN: bash %s %S %t 2>&1 | FileCheck %s
set -u
inputs=$1/Inputs pool=$2.pool out=$2.out
rm -rf "$out"
mkdir -p "$out"
"$inputs/mkpool.sh" "$pool"
try() {
    echo "== $1"
    shift
    "$@"
    [ $? = 1 ] || echo "exit code is not 1"
}
program() { cat > "$out/p.c"; }
analyze() { "$inputs/analyze.sh" "$pool" "$out" "$out/p.c" "$@"; }

echo 'int other(void) { return 1; }' | program
try main analyze
# CHECK: == main
# CHECK-NEXT: error: no function main in the program
# CHECK: note: a program has one function main
echo 'int deflate(int); static int f(int n) { return deflate(n); }
int main(int c, char **v) { return f(c); }' | program
try undefined analyze
# CHECK: == undefined
# CHECK-NEXT: error: undefined symbol deflate
# CHECK-NEXT: >>> called by p.c:1 in f
# CHECK-NEXT: >>> called by p.c:2 in main
# CHECK: note: {{.*}} port
mkdir -p "$out/newlib/libpool/libc/newlib"
echo 'role libc' > "$out/newlib/libpool/libc/newlib/component"
echo 'void uc_start(long *sp) { int main(void); main(); }' \
    > "$out/newlib/libpool/libc/newlib/start.c"
"$inputs/mkpool.sh" "$pool" "$out/newlib"
echo 'int fork(void); int main(void) { return fork(); }' | program
try not-covered analyze --libc newlib
# CHECK: == not-covered
# CHECK-NEXT: error: undefined symbol fork
# CHECK-NEXT: >>> called by p.c:1 in main
# CHECK-NEXT: >>> reached from main
# CHECK-NEXT: note: libpool/libc/newlib, which was chosen for the role libc, does not cover fork; libpool/libc/musl does
# CHECK-NEXT: note: use --libc auto, or --libc musl
"$inputs/mkpool.sh" "$pool"
echo 'int main(void) { return 0; }' | program
TARGET=toaster-x86_64 try target analyze
# CHECK: == target
# CHECK-NEXT: error: toaster-x86_64: not a target of this pool
TARGET=toaster try bad-target analyze
# CHECK: == bad-target
# CHECK-NEXT: error: --target toaster: expected PLATFORM-ARCH
echo 'not bitcode' > "$out/x.bc"
try bitcode "$inputs/analyze.sh" "$pool" "$out" "$out/x.bc"
# CHECK: == bitcode
# CHECK-NEXT: x.bc: not LLVM bitcode
try missing "$inputs/analyze.sh" "$pool" "$out" "$out/none.bc"
# CHECK: == missing
# CHECK-NEXT: none.bc: No such file
try no-pool "$inputs/analyze.sh" "$out" "$out" "$out/p.c"
# CHECK: == no-pool
# CHECK-NEXT: index: No such file or directory, expected a pool
manifest() {
    echo "$1" > "$pool/libpool/malloc/bump/component"
    try "$1" analyze
}
manifest 'when !fre'
# CHECK: == when !fre
# CHECK-NEXT: bump/component:1: `!fre`: not a fact of facts.def at `fre`
manifest 'when (free'
# CHECK: == when (free
# CHECK-NEXT: expected `)`
manifest 'knob A'
# CHECK: == knob A
# CHECK-NEXT: knob: expected `NAME = expression`
manifest 'cut f if free'
# CHECK: == cut
# CHECK-NEXT: expected `FUNCTION unless expression`
manifest 'only os=plan9'
# CHECK: == only
# CHECK-NEXT: expected `platform=NAME,...` or `arch=NAME,...`
manifest 'init f 1001'
# CHECK: == init
# CHECK-NEXT: expected `FUNCTION ORDER`
manifest 'knob HEAP_CHECK = 7'
# CHECK: == knob HEAP
# CHECK-NEXT: knob HEAP_CHECK is `threads ? 2 : 0` here and `7`
manifest 'role malloc'
index() {
    echo "$1" > "$pool/index"
    try "$1" analyze
}
index 'module a.bc'
# CHECK: index:1: a module before any component
index 'component ../../etc'
# CHECK: index:1: expected a path inside the pool
index 'component libpool/libc/musl
module libpool/libc/musl/puts.bc
def puts x 10'
# CHECK: index:3: expected `def NAME f|d|w|v BYTES`
# CHECK-NOT: exit code is not 1
