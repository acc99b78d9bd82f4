#!/bin/bash
# Programs linked with newlib print what the same program prints on Linux,
# where it has musl: formats in and out, files, the rest of ISO C.
#
# RUN: bash %s formats %t.formats %S/Inputs
# RUN: bash %s files %t.files %S/Inputs
# RUN: bash %s library %t.library %S/Inputs
set -e
name=newlib_$1 dir=$2 inputs=$3

rm -rf "$dir"
mkdir -p "$dir"
unicore-specialize -q --libc newlib -t linuxu-x86_64 -o "$dir/out" \
    "$inputs/$name.c"
products=$dir/out/$name/linuxu-x86_64
native=$(sed -n 's/.*"native": "\(.*\)".*/\1/p' "$products/report.json")
grep -q '^component libpool/libc/newlib role=libc' "$products/pick"

# One at a time: they use the same file.
status() { "$@" > "$dir/out.txt" 2> "$dir/err.txt" && echo 0 || echo $?; }
want=$(status "$native" "$dir")
mv "$dir/out.txt" "$dir/want.txt"
mv "$dir/err.txt" "$dir/want-err.txt"
got=$(status unicore-run "$products/image" "$dir")
diff "$dir/want.txt" "$dir/out.txt"
diff "$dir/want-err.txt" "$dir/err.txt"
[ "$want" = "$got" ]
[ -s "$dir/want.txt" ]
