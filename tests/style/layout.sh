#!/bin/bash
# What STYLE asks of the tree and a script can see. Prints each breach.
#
# RUN: bash %s %root
# RUN: not bash %s %S/Inputs/bad > %t; FileCheck %s < %t
# CHECK-DAG: long.c: 501 lines
# CHECK-DAG: tabs.c: a tab or a line over 80 columns
# CHECK-DAG: head.c: no SPDX line
# CHECK-DAG: arch/x.h: includes uc/
set -u
cd "$1" || exit 2
bad=0
breach() { echo "$*"; bad=1; }
list() { { git ls-files -- "$@" 2>/dev/null | grep . || find . -type f | sed 's|^\./||' | grep -vE '^(build|out)/'; } | grep -E '\.(c|h|cc|S)$' | grep -vE '^(corpus|tests)/|/overlay/'; }

for f in $(list); do
    [ -e "$f" ] || continue
    n=$(wc -l < "$f")
    [ "$n" -le 500 ] || breach "$f: $n lines (500 at most)"
    head -1 "$f" | grep -q 'SPDX-License-Identifier' || breach "$f: no SPDX line"
    ! grep -qP '\t|^.{81}' "$f" || [[ $f = *.S ]] || breach "$f: a tab or a line over 80 columns"
    case $f in
        arch/*) ! grep -q '#include <uc/' "$f" || breach "$f: includes uc/, arch depends on nothing" ;;
        common/*) ! grep -qE '#include "(\.\./)?(driver|analyzer|linker)/' "$f" || breach "$f: common depends on nothing" ;;
        analyzer/*) ! grep -qE '#include ".*(driver|linker)/' "$f" || breach "$f: analyzer depends on common only" ;;
        linker/*) ! grep -qE '#include ".*(driver|analyzer)/' "$f" || breach "$f: linker depends on common only" ;;
    esac
done
ifs=$(list | grep '\.c$' | xargs -r cat | awk '/^#[ \t]*if/ { i++ } END { print NR ? int(i * 1000 / NR) : 0 }')
[ "$ifs" -le 2 ] || breach "#if: $ifs per 1,000 lines (2 at most)"
exit $bad
