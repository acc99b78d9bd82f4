#!/bin/bash
# Installed below any folder, the commands need no tree: images, the corpus,
# and builds of one's own by make, CMake and Meson.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %S/Inputs > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: beside the pool: headers plus xen
# CHECK: image: 7 lines
# CHECK: batch: linuxu-x86_64 1 of 1 converted
# CHECK: cmake: 5 lines
# CHECK: meson: 6 lines
# CHECK: make: 4 lines
# CHECK: man: {{.*}}unicore-specialize.1
# CHECK: completion: --explain
set -u
cd "$1" && cp "$2/lines.c" .
cmake --install "$(dirname "$(dirname "$(type -P unicore-run)")")" --prefix "$PWD/usr" > log ||
    cat log
export PATH=$PWD/usr/bin:${PATH#*:} PKG_CONFIG_PATH=$PWD/usr/share/pkgconfig
[ "$(type -P unicore-run)" = "$PWD/usr/bin/unicore-run" ] || echo "PATH: $PATH"
echo "beside the pool:" $(cd usr/lib*/unicore/driver && ls)
of() { pkg-config --variable="$1" unicore; }
try() { # WHAT LINES ARGUMENT...
    local what=$1 n=$2
    shift 2
    unicore-specialize -q -t kvm-x86_64 -o "$what" "$@" && echo "$what: $(
        seq "$n" | unicore-run "$what"/*/kvm-x86_64/image)"
}
try image 7 lines.c
unicore-batch -t linuxu-x86_64 -o batch hello | sed 's/  */ /g; s/^/batch: /'
printf '%s\n' 'cmake_minimum_required(VERSION 3.10)' 'project(lines C)' \
    'add_executable(lines lines.c)' > CMakeLists.txt
cmake -S . -B c -DCMAKE_TOOLCHAIN_FILE="$(of toolchain)" > log && cmake --build c > log
try cmake 5 c/lines
printf '%s\n' "project('lines', 'c')" "executable('lines', 'lines.c')" > meson.build
meson setup --cross-file "$(of cross_file)" m > log && ninja -C m > log
try meson 6 m/lines
rm -r c m CMakeLists.txt
mkdir k && cd k && cp ../lines.c . && make -s CC="$(of cc)" lines && cd ..
try make 4 k/lines
echo "man: $(ls usr/share/man/man1/unicore-specialize.1)"
. usr/share/bash-completion/completions/unicore-run
COMPREPLY=() && _unicore unicore-specialize --exp --exp && echo "completion: ${COMPREPLY[*]}"
