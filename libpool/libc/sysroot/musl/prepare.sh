#!/bin/sh
# The headers that musl's Makefile generates; and, on 32-bit machines, the names
# of old with 32-bit times, by which configure asks whether there are such calls.
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
! grep -q compat/time32 "$src/arch/$arch/arch.mak" 2> /dev/null ||
    cp -r "$src/compat/time32" "$out/src/time32"
