#!/bin/bash
# clang-tidy finds nothing in the tools; the control is a function too long.
#
# RUN: cd %root && bash %s %build
# RUN: (echo 'int f(int x);'; echo 'int f(int x) {'; yes 'x++;' | head -70; echo 'return x; }') > %t.c
# RUN: not clang-tidy --config-file=%root/.clang-tidy %t.c -- 2>&1 | FileCheck %s
# CHECK: readability-function-size
[ "$(git ls-files 'analyzer/*.c' | wc -l)" -gt 5 ] || exit 2 # not under git?
git ls-files 'common/*.c' 'driver/*.c' 'analyzer/*.c' 'linker/*.c' |
    xargs -P 2 -n 6 clang-tidy -p "$1" --quiet 2>&1 | grep -E '(error|warning): ' && exit 1
exit 0
