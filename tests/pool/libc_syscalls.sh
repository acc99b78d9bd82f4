# musl reaches the system by direct calls only: no object has the instruction
# but the one that Linux itself returns to from a signal handler.
# RUN: bash %s %t
set -e
pool=$(unicore-pool pool)
musl=$pool/libpool/libc/musl
find "$musl" -name '*.o' | sort | while read -r o; do
    if llvm-objdump -d --no-show-raw-insn "$o" |
        grep -qE '[[:space:]](syscall|sysenter|int[[:space:]]+\$0x80)'; then
        echo "${o#"$musl"/}"
    fi
done > "$1"
echo src/signal/x86_64/restore.o | diff - "$1"

# inline assembly, in what makes the most system calls
for f in unistd/read unistd/write stdio/__stdio_write exit/_Exit; do
    llvm-dis -o - "$musl/src/$f.bc" > "$1.ll"
    grep -q 'call i64 @uc_sys_' "$1.ll"
    if grep -E 'asm .*syscall' "$1.ll"; then exit 1; fi
done
# with the prototype that posix has: as many arguments as the call takes
llvm-dis -o - "$musl/src/fcntl/open.bc" |
    grep -qE 'call i64 @uc_sys_open\(i64 [^,]*, i64 [^,]*, i64 [^,]*\)'
