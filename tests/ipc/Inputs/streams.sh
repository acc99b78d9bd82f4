#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# streams.sh FOLDER PROGRAM.c: what the program writes to its two streams is in
# two files as on Linux, and in one, or on a terminal, in the order written: in a
# process, over posix/core (an empty --root brings it), and on machines, also where
# it can have no other descriptors (FEW). A machine with one serial line has both
# there.
set -u
rm -rf "$1" && mkdir -p "$1/root/tmp" && cd "$1" || exit 1
name=$(basename "$2" .c)
targets=(linuxu-x86_64 kvm-x86_64 bare-x86_64)
for p in few "$name"; do
    unicore-cc -w -O1 -D_GNU_SOURCE -D"${p^^}" "$2" -o $p || exit 1
done
both() { # NAME COMMAND...: its streams by themselves, then as one
    rm -f "$1".{out,err,one} # appended to: /dev/stderr is opened at its start
    timeout 60 "${@:2}" >> "$1.out" 2>> "$1.err"
    echo "exit code $?" >> "$1.out"
    timeout 60 "${@:2}" >> "$1.one" 2>&1
}
same() { # NAME MODE
    local part
    for part in out err one; do
        cmp -s "expected.$2.$part" "$1.$part" ||
            { bad="$bad $2.$part"; diff -a "expected.$2.$part" "$1.$part" | head -5; }
    done
}
modes=$(sed -n 's/.*!strcmp(mode, "\([a-z]*\)").*/\1/p' "$2")
[ "$(wc -w <<< "$modes")" -ge 6 ] || { echo "which modes? $modes"; exit 1; }
for m in $modes; do both "expected.$m" "./$name" "$m"; done
both expected.few ./few
[ -s expected.plain.out ] && [ -s expected.plain.err ] || { echo "no output on Linux"; exit 1; }

all=$modes
for p in few "$name"; do
    options=() modes=few
    [ $p = few ] || options=(--root root) modes=$all
    unicore-specialize -q -t "$(IFS=,; echo "${targets[*]}")" "${options[@]}" $p || exit 1
    for t in "${targets[@]}"; do
        bad=
        for m in $modes; do
            both got unicore-run "out/$p/$t/image" "$m"
            same got "$m"
        done
        echo "$t $p: ${bad:-as on Linux}"
    done
done

# Who never writes there has no code for it, with either libc.
for libc in musl newlib; do
    for stream in stdout stderr; do
        echo "#include <stdio.h>
int main(void) { return fputs(\"text\", $stream) < 0; }" > one.c
        unicore-specialize -q -t kvm-x86_64 --libc $libc one.c
        echo "$libc $stream: $(sed -n 's/^knob \(STDERR\)/\1/p' out/one/kvm-x86_64/pick)," \
            "$(unicore-run out/one/kvm-x86_64/image 2> /dev/null)"
    done
done

image=out/$name/kvm-x86_64/image
script -qec "unicore-run $image plain" /dev/null < /dev/null | tr -d '\r' > terminal
if cmp -s expected.plain.one terminal; then echo "terminal: as written"; fi

# QEMU's own command, as anybody may run it, has one serial line.
command=$(unicore-run --print-command "$image" plain)
eval "${command/$name plain/\"$name plain\"}" 3> status > line 2> messages
if cmp -s expected.plain.one line; then echo "one line: as written"; fi
unicore-run $image plain 2> /dev/full > told
full=$?
unicore-run $image plain > told.whole 2> /dev/null
echo "full: exit code $full, as without: $?"
cmp told told.whole
! cmp -s expected.plain.out expected.plain.one && echo "control: told"
