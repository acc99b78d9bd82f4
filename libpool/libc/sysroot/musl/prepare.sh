#!/bin/sh
# The headers that musl's Makefile generates.
set -e
src=$1 out=$2 arch=$3

mkdir -p "$out/include/bits" "$out/src/internal"
sed -f "$src/tools/mkalltypes.sed" "$src/arch/$arch/bits/alltypes.h.in" \
    "$src/include/alltypes.h.in" > "$out/include/bits/alltypes.h"
{
    cat "$src/arch/$arch/bits/syscall.h.in"
    sed -n 's/__NR_/SYS_/p' "$src/arch/$arch/bits/syscall.h.in"
} > "$out/include/bits/syscall.h"
printf '#define VERSION "%s"\n' "$(cat "$src/VERSION")" \
    > "$out/src/internal/version.h"
