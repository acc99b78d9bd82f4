#!/bin/bash
# analyze.sh POOL OUT SOURCE [OPTION...]: compiles the program and analyzes it.
# TARGET: for which target
set -eu
pool=$1 out=$2 source=$3
shift 3
mkdir -p "$out"
case $source in
*.bc) app=$source ;;
*)  app=$out/app.bc
    (cd "$(dirname "$source")" && clang -Oz -std=c11 -gline-tables-only \
        -Xclang -disable-llvm-passes -Xclang -fsanitize=cfi-icall -Xclang \
        -fsanitize-trap=cfi-icall -fno-asynchronous-unwind-tables \
        -fno-unwind-tables -fno-pic -fno-builtin -w ${CFLAGS:-} -emit-llvm \
        -c "$(basename "$source")" -o -) > "$app" ;;
esac
exec unicore-analyze --app "$app" --pool "$pool" --target "${TARGET:-test-x86_64}" \
    -o "$out" "$@"
