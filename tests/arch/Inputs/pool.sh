#!/bin/bash
# pool.sh ARCH FOLDER: programs as Linux processes of another architecture,
# whose system calls, threads and files are the pool's own (an empty --root
# brings posix/core): same output and status as natively.
set -u
here=$(cd "$(dirname "$0")" && pwd) arch=$1
mkdir -p "$2/root" && cd "$2" || exit 1
for c in "$here"/{files,jumps,memory,text,threads,times}.c "$here"/pool/*.c; do
    name=$(basename "$c" .c)
    cc -O1 -w -pthread -o "$name.native" "$c" -lm || exit 1
    (mkdir -p n && cd n && A=b "../$name.native" one 'two words' < "$c") > "$name.expected" 2>&1
    echo "status $?" >> "$name.expected"
    unicore-specialize -q -t "linuxu-$arch" --root root "$c" > "$name.log" 2>&1
    unicore-run --timeout 60 -e A=b \
        "out/$name/linuxu-$arch/image" one 'two words' < "$c" > "$name.got" 2>&1
    echo "status $?" >> "$name.got"
    if cmp -s "$name.expected" "$name.got"; then
        echo "$name: same"
    else
        echo "$name: DIFFERS"
        cat "$name.log"
        diff "$name.expected" "$name.got" | head -20
    fi
done
