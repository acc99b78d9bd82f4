#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# malloc.sh ROOT OUT NAME TEST.c [FLAG...]: test of libpool/malloc/NAME, whose
# functions get a prefix beside the C library's. Of third-party code, the
# sources are those that the pool was built from.
set -eu
root=$1 out=$2 name=$3 test=$4
shift 4
for f in malloc free calloc realloc memalign aligned_alloc malloc_usable_size; do
    set -- "$@" "-D$f=test_$f"
done
cache=${UNICORE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/unicore}
sources=malloc/$name
if [ -d "$root/libpool/malloc/$name/overlay" ]; then
    sources=malloc/$name/overlay
    for d in "$cache/src/$name"-*; do src=$d; done
    set -- "$@" "-I$src/include" "-I$src/src" -w -fno-sanitize=undefined \
        -DNDEBUG -DMI_NO_GETENV
fi
sh "$(dirname "$0")/build.sh" "$root" "$out" "$test" "$@" -- "$sources" \
    posix/core fs/console console/full clock/platform random/platform \
    log/console sched/none
