#!/bin/bash
# mkpool.sh OUT [OVERLAY...]: a small pool in OUT from the sources beside this
# script, laid over by the OVERLAY folders; then its index, as unicore-pool
# would write it (sizes are made up: 10 for each definition).
set -eu
out=$1
here=$(cd "$(dirname "$0")" && pwd)
shift
rm -rf "$out"
cp -r "$here/pool" "$out"
for overlay in "$@"; do cp -r "$overlay/." "$out"; done
cd "$out"
bc() {
    clang -Oz -std=c11 -ffreestanding -gline-tables-only -Xclang \
        -disable-llvm-passes -Xclang -fsanitize=cfi-icall -Xclang \
        -fsanitize-trap=cfi-icall -fno-asynchronous-unwind-tables \
        -fno-unwind-tables -fno-pic -emit-llvm -c "$1" -o "${1%.c}.bc"
}
for c in $(find platforms libpool -name '*.c' | LC_ALL=C sort); do bc "$c"; done
for s in $(find . -name '*.S'); do clang -c "$s" -o "${s%.S}.o"; done
for d in $(find . -name component -printf '%h\n' | sed 's|^\./||' |
        LC_ALL=C sort); do
    echo "component $d"
    for m in $(find "$d" -name '*.bc' -o -name '*.o' -path "$d/*" |
            LC_ALL=C sort); do
        echo "module $m"
        llvm-nm --no-sort "$m" | sed 's/^[-0-9a-f]* *//' | awk '
            $1 == "T" { print "def " $2 " f 10" }
            $1 ~ /[DBCR]/ { print "def " $2 " d 10" }
            $1 == "W" { print "def " $2 " w 10" }
            $1 == "V" { print "def " $2 " v 10" }' | LC_ALL=C sort
        llvm-nm --no-sort "$m" | awk '$1 == "U" { print "ref " $2 }' |
            LC_ALL=C sort
    done
done > index
