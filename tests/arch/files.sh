#!/bin/bash
# What stands in one <arch> folder stands in all: what is missing is named.
# A platform has the architectures whose entry.S it has; a component those of
# its `only arch=`, or all; late/overlay has what one compiler lacks.
#
# RUN: bash %s %root > %t; cat %t; FileCheck %s < %t
# CHECK: compared {{[1-9][0-9]+}} files
# CHECK-NEXT: missing: 0
# CHECK-NEXT: the control: 1
set -eu
cd "$1"
all='x86_64 aarch64 arm mips riscv64'

archs_of() { # FOLDER
    local f=$1 only
    if [[ $f = platforms/* ]]; then
        for a in $all; do [ ! -e "$f/$a/entry.S" ] || echo "$a"; done
        return
    fi
    while [ ! -e "$f/component" ] && [ "$f" != . ]; do f=$(dirname "$f"); done
    only=$(sed -n 's/^only.*arch=\([a-z0-9_,]*\).*/\1/p' "$f/component" 2> /dev/null | tr , ' ')
    echo "${only:-$all}" | tr ' ' '\n' | grep -v mipsel
}

compare() { # names the files that an architecture lacks
    local folder file a
    for folder in $(git ls-files libpool platforms |
        sed -nE "s#/(${all// /|})/[^/]*\$##p" | grep -v late/overlay | sort -u); do
        for file in $(git ls-files "$folder" |
            sed -nE "s#^$folder/(${all// /|})/([^/]*)\$#\2#p" | sort -u); do
            [ ! -e "$folder/$file" ] || continue # the others have that
            for a in $(archs_of "$folder"); do
                echo "$folder/$a/$file"
            done
        done
    done
}
# musl's own setjmp is not ours to write again where it does
compare | grep -v musl/overlay > "${TMPDIR:-/tmp}/arch-files.$$"
trap 'rm -f "${TMPDIR:-/tmp}/arch-files.$$"' EXIT
echo "compared $(wc -l < "${TMPDIR:-/tmp}/arch-files.$$") files"
missing() { while read -r f; do [ -e "$f" ] || echo "missing: $f"; done; }
missing < "${TMPDIR:-/tmp}/arch-files.$$" >&2
echo "missing: $(missing < "${TMPDIR:-/tmp}/arch-files.$$" | wc -l)"
echo "the control: $(echo platforms/linuxu/vax/entry.S | missing | wc -l)"
