# Symbols of the pool share one program with the app: what is neither libc's nor
# asked for by the compiler or by role malloc begins with uc_. Third-party
# sources (libc, mimalloc's mi_ and _mi_, libext2fs's) have their own prefixes or are libc,
# as has what programs know of Xen's libraries.
# RUN: bash %s %t
set -e
index=$(unicore-pool pool)/index
allowed='^(uc_|_?mi_|ext2fs_|io_channel_|xenevtchn_|xengnttab_|xs_)'
for s in malloc free calloc realloc memalign aligned_alloc malloc_usable_size \
    __stack_chk_guard __stack_chk_fail; do
    allowed="$allowed|^$s\$"
done
awk '$1 == "component" { c = $2 }
    $1 == "def" && c !~ /^libpool\/libc\// { print $2, c }' "$index" > "$1"
# control: the list is not empty, and has what must be in it
grep -q '^uc_entry platforms/' "$1"
grep -q '^malloc libpool/malloc/' "$1"
if grep -vE "$(echo "$allowed" | sed 's/\$/ /g')" "$1"; then
    echo "these global symbols need the prefix uc_" >&2
    exit 1
fi

# libc's own additions too: what musl itself does not define.
lib=$(unicore-pool sysroot)/lib/libc.a
llvm-nm --defined-only "$lib" 2>/dev/null | awk 'NF == 3 { print $3 }' |
    sort -u > "$1.musl"
awk '$1 == "component" { c = $2 }
    $1 == "def" && c == "libpool/libc/musl" { print $2 }' "$index" |
    sort -u > "$1.ours"
grep -qx printf "$1.ours"
comm -23 "$1.ours" "$1.musl" > "$1.more"
grep -qx uc_start "$1.more"
if grep -v '^uc_' "$1.more"; then
    echo "these are not musl's and need the prefix uc_" >&2
    exit 1
fi
