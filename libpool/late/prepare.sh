#!/bin/sh
# prepare.sh SOURCE OUT ARCH HEADERS.SH
# musl's headers, and its bits of 2/pi by what can ask for them: a double for
# 66 words. The 690 of a long double are __rem_pio2l's alone.
set -e
src=$1 out=$2
sh "$4" "$src" "$out" "$3"

mkdir -p "$out/src/math"
cd "$src/src/math"
sed 's/^#if LDBL_MAX_EXP > 1024/#ifdef UC_LONG_DOUBLE/' __rem_pio2_large.c \
    > "$out/src/math/__rem_pio2_large.c"
{
    echo '#define UC_LONG_DOUBLE'
    echo '#define __rem_pio2_large uc_rem_pio2_largel'
    cat "$out/src/math/__rem_pio2_large.c" __rem_pio2l.c
} > "$out/src/math/__rem_pio2l.c"
grep -q UC_LONG_DOUBLE "$out/src/math/__rem_pio2_large.c" # it was found
