#!/bin/bash
# same.sh ARCH FOLDER [PLATFORM]: each program of Inputs/ as a Linux process of
# another architecture, under QEMU's user mode, or on a machine of it: same
# output and status as natively.
set -u
here=$(cd "$(dirname "$0")" && pwd) target=${3:-linuxu}-$1
mkdir -p "$2" && cd "$2"
for c in "$here"/*.c; do
    name=$(basename "$c" .c)
    cc -O1 -w -pthread -o "$name.native" "$c" -lm || exit 1
    (mkdir -p n && cd n && A=b "../$name.native" one 'two words' < "$c") > "$name.expected" 2>&1
    echo "status $?" >> "$name.expected"
    unicore-specialize -q -t "$target" "$c" > "$name.log" 2>&1
    (mkdir -p m && cd m && unicore-run --timeout 60 -e A=b \
        "../out/$name/$target/image" one 'two words' < "$c") > "$name.got" 2>&1
    echo "status $?" >> "$name.got"
    if cmp -s "$name.expected" "$name.got"; then
        echo "$name: same"
    else
        echo "$name: DIFFERS"
        cat "$name.log"
        diff "$name.expected" "$name.got" | head -20
    fi
done
