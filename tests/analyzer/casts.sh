#!/bin/bash
# Exact types of indirect calls, by the casts of the source: each cast of
# tests/soundness/casts.c makes its function reachable (by value, by memory,
# without prototype, in structures, by names), and without it the function is
# not reached; a constant, a comparison and a pointer that never comes back are
# no casts. What is not known, or --without casts, keeps all of them. Libc calls
# what its functions are given, and nothing else.
#
# RUN: bash %s %S/../soundness %S/Inputs %t
set -u
source=$1 inputs=$2
rm -rf "$3" && mkdir -p "$3" && cd "$3" || exit 2
UNICORE_SYSROOT=$(unicore-pool sysroot) && pool=$(unicore-pool pool) || exit 2
export UNICORE_SYSROOT UNICORE_ARCH=x86_64
cp "$source/casts.c" "$source/Inputs/casts_other.c" .
bad=0
fail() { echo "$*"; bad=1; }
module() { # FOLDER NUMBER FILE [FLAG...]: as a captured program has it
    mkdir -p "$1"
    UNICORE_EMIT=bitcode unicore-cc "${@:4}" -w -c -o "$1/$2.bc" "$3" || exit 2
    printf '%s\0' "$PWD" unicore-cc "${@:4}" -w -x c "$3" -c -o "$1/$2.o" > "$1/$2.command"
}
reached() { # FOLDER [OPTION...]: numbers n of call<n> that can reach target<n>
    unicore-analyze --app "$1" --pool "$pool" --target kvm-x86_64 -o out --trace sites "${@:2}" 2>&1 |
        sed -n 's/^site: call\([0-9]*\) 0 .*\btarget\1\b.*/\1/p' | sort -n | tr '\n' ' '
}
expect() { [ "$1" = "$2" ] || fail "$3: '$2', expected '$1'"; }
all="$(seq -s' ' 1 21) 50 51 52 53 "

module cast 000 casts.c -DCAST
module cast 001 casts_other.c
unicore-scan --casts cast/casts --program cast || exit 2
! grep unknown cast/casts || bad=1
expect "$(seq -s' ' 1 21) " "$(reached cast --casts cast/casts)" "with casts"
expect "$all" "$(reached cast --casts cast/casts --without casts)" "--without casts"
expect "$all" "$(reached cast)" "nothing known"

module none 000 casts.c
unicore-scan --casts none/casts --program none || exit 2
expect "" "$(reached none --casts none/casts)" "without any cast"
expect "$all" "$(reached none)" "without any cast, nothing known"

dropped() { # [OPTION...]: of library.c
    unicore-analyze --app library --pool "$pool" --target kvm-x86_64 -o out "$@" || exit 2
    sed -n 's/^drop \([a-z_]*\):app.*/\1/p' out/pick | tr '\n' ' '
}
cp "$inputs/library.c" .
module library 000 library.c
unicore-scan --casts library/casts --program library || exit 2
expect "unused_one unused_two " "$(dropped --casts library/casts)" "library"
expect "" "$(dropped)" "library, nothing known"

# Each breaks one thing: the program is not known, and keeps its functions.
unknown() { # WHAT WORDS
    unicore-scan --casts none/casts --program none || exit 2
    grep -q "^unknown .*$2" none/casts || fail "$1: $(cat none/casts)"
    expect "$all" "$(reached none --casts none/casts)" "$1"
}
mv none/000.command kept
unknown "no command" "000.bc: its command is not known"
mv kept none/000.command
cp casts.c kept
sed -i 's/volatile int yes/int yes(/' casts.c
unknown "an error of syntax" "casts.c: "
sed 's/int target##n(/long target##n(/' kept > casts.c
unknown "another source" "casts.c: its target[0-9]* is not that of the bitcode"
(cat kept; echo 'void f(void) { __asm__("" : : "r"(from1)); }') > casts.c
unknown "a function pointer in assembly" "casts.c: a function pointer in assembly"
cp kept casts.c

echo 'flow a' > none/casts
unicore-analyze --app none --pool "$pool" --target kvm-x86_64 -o out --casts none/casts 2>&1 |
    grep -q 'none/casts:1: not a line of casts' || fail "a bad line"
exit $bad
