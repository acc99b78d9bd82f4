#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# build.sh ROOT OUT TEST.c [FLAG...] -- COMPONENT...: a unit test under ASan
# and UBSan: components as the pool compiles them, the test and host.c as
# usual. posix/core without dispatch.c, which refers to what nobody defines.
set -eu
root=$1 out=$2 test=$3
shift 3
here=$(dirname "$0") flags=
while [ "$1" != -- ]; do flags="$flags $1"; shift; done
shift
cc="clang-19 -g -O1 -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer -Wall -Wextra -I$root/libpool/include"
rm -rf "$out.d"
mkdir -p "$out.d"
case " $* " in *" posix/core "*) set -- "$@" net/none timeout ;; esac # which it calls
for c in "$@"; do
    name=$(echo "$c" | tr / -)
    base=$(sed -n 's/^base *//p' "$root/libpool/$c/component" 2> /dev/null || :)
    left_out=$(sed -n 's/^exclude *\([^#]*\).*/\1/p' "$root/libpool/$c/component" 2> /dev/null || :)
    for f in "$root/libpool/$c"/*.c ${base:+"$root/libpool/$c/$base"/*.c}; do
        case " dispatch.c $left_out " in *" ${f##*/} "*) continue ;; esac
        # shellcheck disable=SC2086
        $cc $flags -I"$root/libpool/$c" ${base:+-I"$root/libpool/$c/$base"} -std=c11 -ffreestanding -D_GNU_SOURCE -c "$f" -o "$out.d/$name-${f##*/}.o"
    done
done
# shellcheck disable=SC2086
sh "$here/link.sh" "$out.d" $cc $flags -std=gnu11 -I"$here" "$here/host.c" "$test" "$out.d"/*.o -o "$out"
