#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# runtime.sh SOURCE OUT JOBS: what C++ programs are built with, from LLVM's
# sources: OUT/include/c++/v1, OUT/lib/libc++.a. The archive is made with
# unicore-c++, so what a program takes of it is bitcode in an image.
#
# libunwind looks for the tables that __eh_frame_start and the like name, as
# without a system: images and programs for Linux have them.
set -e
source=$1 out=$2 jobs=$3
here=$(cd "$(dirname "$0")" && pwd)
work=$out/work

# edit FILE SED-EXPRESSION: a change that changes nothing is an error
edit() {
    sed "$2" "$1" > "$1.edited"
    if cmp -s "$1" "$1.edited"; then
        echo "runtime.sh: $1: no match for $2" >&2
        exit 1
    fi
    mv "$1.edited" "$1"
}

# ---- headers ----

mkdir -p "$out/include/c++" "$out/lib" "$work"
cp -r "$source/libcxx/include" "$out/include/c++/v1"
cp "$source/libcxxabi/include/"*.h "$out/include/c++/v1"
cp "$here/config_site" "$out/include/c++/v1/__config_site"
cp "$source/libcxx/vendor/llvm/default_assertion_handler.in" \
    "$out/include/c++/v1/__assertion_handler"
rm -f "$out/include/c++/v1/"*.in "$out/include/c++/v1/CMakeLists.txt"

# ---- sources ----

cp -r "$source/libcxx/src" "$work/libcxx"
cp -r "$source/libcxxabi/src" "$work/libcxxabi"
cp -r "$source/libunwind" "$work"
cp "$here/dso.cpp" "$work/libcxxabi/dso.cpp"

# Nobody catches: what is thrown ends the program, and needs no tables.
for f in UnwindLevel1.c Unwind-EHABI.cpp; do
    edit "$work/libunwind/src/$f" \
        '/^_Unwind_RaiseException(.*{$/s/{$/{\
  extern const int CFG_UNWIND;\
  if (!CFG_UNWIND)\
    return _URC_END_OF_STACK;/'
done

# The C locale's facets that something asks for, the streams that are named.
edit "$work/libcxx/locale.cpp" '/^locale::__imp::__imp(size_t refs)/,/^}/{
    /<.*wchar_t/s/install(/if (CFG_FACET_WIDE) &/
    /<.*char\(16\|32\)_t/s/install(/if (CFG_FACET_UNICODE) &/
    /collate<char>/s/install(/if (CFG_FACET_COLLATE) &/
    /messages<char>/s/install(/if (CFG_FACET_MESSAGES) &/
    /money[a-z_]*<char[,>]/s/install(/if (CFG_FACET_MONEY) &/
    /time_[a-z]*<char>/s/install(/if (CFG_FACET_TIME) &/
    /num_get<char>/s/install(/if (CFG_FACET_GET) &/
    /num_put<char>/s/install(/if (CFG_FACET_PUT) &/
}'
[ "$(grep -c 'if (CFG_FACET_' "$work/libcxx/locale.cpp")" = 27 ]
edit "$work/libcxx/iostream.cpp" '/^DoIOSInit::/,/^}/{
    /istream\* cin_ptr /i\
  if (CFG_STREAM_IN) {
    /istream\* cin_ptr /a\
    cin_ptr->tie(reinterpret_cast<ostream*>(cout));\
  }
    /^  cin_ptr->tie(cout_ptr);/d
    /wistream\* wcin_ptr /i\
  if (CFG_STREAM_WIDE) {
    /wcerr_ptr->tie(wcout_ptr);/a\
  }
    /wostream\* wcout_ptr = reinterpret/i\
  if (CFG_STREAM_WIDE) {
    /wclog_ptr->flush();/a\
  }
}'

# A handler that throws ends the program with these words; without a catch, so
# that not every program has one.
edit "$work/libcxxabi/cxa_handlers.cpp" \
    '/^__terminate(terminate_handler func) noexcept$/,/^}$/c\
__terminate(terminate_handler func) noexcept\
{\
    static bool again;\
    if (again)\
        abort_message("terminate_handler unexpectedly threw an exception");\
    again = true;\
    func();\
    abort_message("terminate_handler unexpectedly returned");\
}'

# They keep and load registers: analyzer/reach.c need not think that they call.
for f in Save Restore; do
    printf '\n.weak uc_calls_nothing\n.set uc_calls_nothing, 0\n' \
        >> "$work/libunwind/src/UnwindRegisters$f.S"
done

# ---- the archive ----

common="-O2 -DNDEBUG -ffile-prefix-map=$work/="
lib="$common -std=c++23 -D_LIBCPP_BUILDING_LIBRARY -I $work/libcxx"
cxx="$lib -DLIBCXX_BUILDING_LIBCXXABI -include $here/knobs.h"
cxx="$cxx -D_LIBCPP_HIDE_FROM_ABI_PER_TU_BY_DEFAULT"
abi="$lib -D_LIBCXXABI_BUILDING_LIBRARY -DLIBCXXABI_NON_DEMANGLING_TERMINATE"
unwind="$common -D_LIBUNWIND_IS_BAREMETAL -D_LIBUNWIND_HIDE_SYMBOLS"
unwind="$unwind -fno-rtti -I $work/libunwind/include"
# none of its functions may be thought not to throw, and its frames are walked
unwind="$unwind -funwind-tables -Xclang -fexceptions -Xclang -funwind-tables=1"

compile() { # FLAGS FILE...: one command a line
    flags=$1
    shift
    for f; do
        object=$(echo "${f#"$work"/}" | tr / - | sed 's/\.[a-zA-Z]*$/.o/')
        x=
        case $f in *.c) x='-x c' ;; esac
        echo "unicore-c++ $flags -c $x $f -o $work/$object"
    done
}
{
    compile "$cxx" "$work"/libcxx/*.cpp \
        "$work"/libcxx/ryu/*.cpp "$work"/libcxx/filesystem/*.cpp
    compile "$abi" "$work"/libcxxabi/*.cpp
    compile "$unwind" "$work"/libunwind/src/libunwind.cpp \
        "$work"/libunwind/src/Unwind-EHABI.cpp \
        "$work"/libunwind/src/UnwindLevel1.c \
        "$work"/libunwind/src/UnwindLevel1-gcc-ext.c \
        "$work"/libunwind/src/UnwindRegistersRestore.S \
        "$work"/libunwind/src/UnwindRegistersSave.S
} | grep -v -e cxa_noexception -e libcxx/new.cpp > "$work/commands"
xargs -P "$jobs" -I '{}' sh -c '{}' < "$work/commands"
unicore-ar qcS "$out/lib/libc++.a" "$work"/*.o
# has no bitcode: an image's linker knows better
"$CLANG" --target="$TARGET" -c -O2 "$here/native.c" -o "$work/native.o"
unicore-ar rcs "$out/lib/libc++.a" "$work/native.o"
cp "$here/eh_frame.ld" "$out/lib"
rm -r "$work"
