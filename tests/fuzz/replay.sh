#!/bin/bash
# The fuzzers' corpora, and with --long a minute of fuzzing more, under ASan
# and UBSan: no reader crashes. The control: a fuzzer that must find its crash.
#
# RUN: bash %s manifest %root %t
# RUN: bash %s record %root %t
# RUN: bash %s component %root %t
# RUN: bash %s index %root %t
# RUN: bash %s pick %root %t
# RUN: bash %s control %root %t
set -eu
name=$1 root=$2 tmp=$3.$1
mkdir -p "$tmp"
seconds=0
[ "${UNICORE_LONG:-0}" != 1 ] || seconds=60
common="$root/common"
build() {
    clang -g -O1 -fsanitize=fuzzer,address,undefined -D_DEFAULT_SOURCE \
        -DUNICORE_SOURCE_ROOT='""' -I"$common" -o "$tmp/fuzz" "$@" \
        "$common"/{arch,error,str,file,manifest,record,object}.c -lelf
}
if [ "$name" = control ]; then
    echo '#include <stdint.h>
          #include <stddef.h>
          int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);
          int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
              if (n > 2 && p[0] == 85 && p[1] == 67) __builtin_trap();
              return 0; }' > "$tmp/control.c"
    build "$tmp/control.c"
    ! (cd "$tmp" && ./fuzz -runs=200000 -seed=1 >/dev/null 2>&1)
    exit
fi
llvm=/usr/lib/llvm-19/include
case $name in
component | index)
    build -std=c11 -I"$root/analyzer" -I$llvm \
        "$root/tests/fuzz/fuzz_$name.c" \
        "$root"/analyzer/{facts,expr,component,pool}.c ;;
pick) # read once in a program's life, and never freed
    export ASAN_OPTIONS=detect_leaks=0
    build -std=c11 -I"$root/linker" -I$llvm \
        "$root/tests/fuzz/fuzz_$name.c" "$root"/linker/{pick,native}.c ;;
*)  build "$root/tests/fuzz/fuzz_$name.c" ;;
esac
cp -r "$root/tests/fuzz/corpus/$name" "$tmp/corpus"
cd "$tmp"
./fuzz -runs=0 corpus 2> log || { tail -20 log; exit 1; }
if [ $seconds -gt 0 ]; then
    ./fuzz -max_total_time=$seconds -close_fd_mask=3 corpus 2> log || { tail -20 log; exit 1; }
fi
