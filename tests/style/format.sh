#!/bin/bash
# Every C file is as clang-format leaves it; the control is a file that is not.
#
# RUN: cd %root && bash %s
# RUN: printf 'int f(void) {return 1;}\n' > %t.c
# RUN: not clang-format --style=file:%root/.clang-format --dry-run -Werror %t.c
[ "$(git ls-files 'analyzer/*.c' | wc -l)" -gt 5 ] || exit 2 # not under git?
git ls-files 'common/*.[ch]' 'driver/*.[ch]' 'analyzer/*.[ch]' 'analyzer/*.cc' \
    'linker/*.[ch]' 'libpool/*.[ch]' 'platforms/*.[ch]' 'arch/*.[ch]' | grep -v /overlay/ |
    xargs clang-format --dry-run -Werror
