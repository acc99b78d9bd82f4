#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# README: `-t all` makes an image for each target of its table, no more and no
# fewer. A target that fails is named, and the others are made all the same.
# RUN: bash %s %t %root/README.md | FileCheck %s
set -eu
rm -rf "$1"
mkdir -p "$1"
cd "$1"
cat > hello.c <<'C'
#include <stdio.h>
int main(void) { return puts("hello") < 0; }
C

# Targets in quotes are themselves; linuxu-ARCH: as the words of its row say.
sed -n '/^| target /,/^$/s/^| \(`.*\)/\1/p' "$2" | while IFS='|' read -r names is _; do
    for name in $(tr -d '`,' <<< "$names"); do
        case $name in
            *-ARCH) for arch in $(tr -d , <<< "${is#*:}"); do echo "${name%ARCH}$arch"; done ;;
            *) echo "$name" ;;
        esac
    done
done | sort > said
echo "README: $(wc -l < said) targets"
# CHECK: README: {{[1-9][0-9]}} targets

unicore-specialize -q -t all hello.c
for dir in out/hello/*/; do
    test -s "$dir/image"
    jq -r .target "$dir/report.json"
done | sort > made
diff said made && echo "all are made"
# CHECK-NEXT: all are made

! unicore-specialize -q -o some -t linuxu-x86_64,kvm-x86_64 \
    --choose random=processor hello.c 2> messages || exit 1
grep -o 'kvm-x86_64\|linuxu-x86_64' messages | sort -u
ls some/hello
# CHECK-NEXT: linuxu-x86_64
# CHECK-NEXT: kvm-x86_64
# CHECK-NOT: linuxu
