# late.a is closed, has no state, and does not need the thread pointer.
# RUN: bash %s %t
set -e
late=$(unicore-pool pool)/late.a
llvm-nm "$late" > "$1" 2>/dev/null
awk 'NF == 3 && $2 ~ /[TtWwRrDdVv]/ { print $3 }' "$1" | sort -u > "$1.have"
for s in memcpy bcmp strlen floor pow __udivti3 __umodti3 __muldc3; do
    grep -qx $s "$1.have" || { echo "missing: $s" >&2; exit 1; }
done
awk 'NF == 2 && $1 == "U" { print $2 }' "$1" | sort -u > "$1.need"
if comm -23 "$1.need" "$1.have" | grep .; then
    echo "these are needed by late.a and not in it" >&2
    exit 1
fi
if grep -E ' [BbDd] ' "$1"; then
    echo "these are writable: late.a must not have state" >&2
    exit 1
fi
grep -q ' [Rr] ' "$1" # control: the letters are as expected
if llvm-objdump -d --no-show-raw-insn "$late" 2>/dev/null | grep -m1 '%fs:'; then
    echo "late.a uses the thread pointer" >&2
    exit 1
fi
