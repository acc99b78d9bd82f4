#!/bin/bash
# build.sh TARGET TEST OUT: links a test with the platform's own files and
# the few functions of tiny.c, by hand: the platforms are tested without the
# analyzer, the linker and libc. Names go to OUT.dbg, sizes to OUT.map.
set -euo pipefail
platform=${1%-*} arch=${1#*-} test=$2 out=$(realpath -m "$3")
folder=${arch%el} # mipsel has mips's files
inputs=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$inputs/../../.." && pwd)
llvm=/usr/lib/llvm-19/bin
own=$(dirname "$(dirname "$(ls "$root/platforms/$platform"/{,*/}"$folder/entry.S" 2> /dev/null)")")
gnu=$arch-linux-gnu triple=$arch-linux-gnu helpers=
case $arch in
    arm) gnu=arm-linux-gnueabihf triple=armv7-linux-gnueabihf
         helpers=/usr/lib/gcc-cross/$gnu/12/libgcc.a ;;
esac
headers=/usr/$gnu/include
[ -e "$headers" ] || headers=/usr/include/$gnu
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
# its base's files, where it has none of its own
from=$tmp/platform
base=$(sed -n 's/^base *//p' "$own/component")
mkdir "$from"
[ -z "$base" ] || cp -r "$own/$base/." "$from"
cp -r "$own/." "$from"
library=
[ "$platform" != xen ] || cp "$root/platforms/xen"/{hypercall,end}.h "$from"
case $platform in xenp*) library=$root/platforms/xen && cp "$library"/*.h "$from" ;; esac
(cd "$from" && rm -f $(sed -n 's/^exclude *//p' component))
lazy=$(grep -c '^knob LAZY = 1' "$own/component" || true)
flags=(-target "$triple" -fno-pic -fno-pie -I"$root/libpool/include"
    -I"$root/arch/$folder" -I"$from" -I"$from/$folder" -D_GNU_SOURCE -DTINY_LAZY="$lazy")
c=(-Oz -std=c11 -Wall -Wextra -Werror -ffreestanding -flto -nostdlibinc
    -fno-asynchronous-unwind-tables -fno-unwind-tables
    -idirafter "$headers" -idirafter /usr/include)
link=()
case $arch in
    arm) flags+=(-mfpu=vfpv3-d16) c+=(-mthumb) ;;
    mips*) flags+=(-mips32r2 -mfpxx -mno-odd-spreg -mno-abicalls) c+=(-G0)
           link=(-z max-page-size=4096 -plugin-opt=mcpu=mips32r2 -mllvm -mattr=+noabicalls,+fpxx,+nooddspreg) ;;
    aarch64) c+=(-mno-outline-atomics) ;;
    riscv64) flags+=(-march=rv64gc -mabi=lp64d -mcmodel=medany -mno-relax)
             link=(-plugin-opt=mcpu=generic-rv64 -mllvm -mattr=+m,+a,+f,+d,+c,-relax) ;;
esac

compile() { # FILE OBJECT [FLAG]
    local file=$1 object=$2
    case $file in
        *.c) "$llvm/clang" "${flags[@]}" "${c[@]}" ${3-} -c "$file" -o "$object" ;;
        *.S) "$llvm/clang" "${flags[@]}" -c "$file" -o "$object" ;;
    esac
}

# the platform's objects, once for all tests: named by what they are made of
hash=$(find "$from" ${library:+"$library"} "$root/arch/$folder" "$root/libpool/line" "$inputs" "$root/libpool/include" \
    -type f -print0 | sort -z | xargs -0 cat | sha256sum | cut -c1-16)
objects=$(dirname "$out")/objects-$platform-$arch-$hash
if [ ! -d "$objects" ]; then
    mkdir -p "$tmp/objects" "$(dirname "$objects")"
    for f in "$from"/*.c "$from/$folder"/*.[cS] "$root/libpool/line"/*.c ${library:+"$library"/*.c} "$inputs"/{tiny,string}.c; do
        # as the pool has it: <arch>/x.c or x.S replaces x.c beside that folder
        [ "$(dirname "$f")" != "$from" ] || ! ls "$from/$folder/$(basename "$f" .c)".[cS] > /dev/null 2>&1 || continue
        [ ! -e "$f" ] || compile "$f" "$tmp/objects/$(basename "$f").o"
    done
    cp -r "$tmp/objects" "$objects.$$"
    mv -T "$objects.$$" "$objects" 2>/dev/null || rm -rf "$objects.$$"
fi
compile "$test/main.c" "$tmp/main.o"
if [ "$folder" = mips ]; then
    compile "$inputs/divide.c" "$tmp/divide.o" -fno-lto
    helpers=$tmp/divide.o
fi
"$llvm/clang" "${flags[@]}" -Wno-unused-command-line-argument -c -o "$tmp/note.o" -x assembler - <<EOF
    .section .note.unicore, "a", %note
    .balign 4
    .long 8, 2f - 1f, 1
    .asciz "Unicore"
1:  .ascii "platform=$platform arch=$arch name=$(basename "$test")"
2:  .balign 4
EOF
script=$from/$folder/image.lds
[ -e "$script" ] || script=$from/image.lds
grep -v '/[*] threads [*]/' "$script" > "$tmp/image.lds" # as of a program that has none
"$llvm/ld.lld" "${link[@]}" -T "$tmp/image.lds" --gc-sections --build-id=none \
    --fatal-warnings -Map="$out.map" -o "$out.dbg" "$tmp/note.o" "$tmp/main.o" \
    "$objects"/*.o $helpers
# what is not loaded as an ELF file is one from the first byte that is loaded
flat=(--strip-sections)
"$llvm/llvm-readelf" -lW "$out.dbg" | grep 'LOAD *0x0* ' > /dev/null || flat=(-O binary)
"$llvm/llvm-objcopy" "${flat[@]}" "$out.dbg" "$out"
