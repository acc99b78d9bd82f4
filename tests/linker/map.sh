#!/bin/bash
# image.map accounts for every byte of the image: the pieces follow one another
# without a gap or overlap from 0 to the end, and their sums by component and by
# section are the sums that it prints; report.json says the same. The zeros of
# memory sum to what the segments have beyond the file. The controls are a map
# with one line less, and one zero less.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: linuxu: sums agree
# CHECK-NEXT: kvm: sums agree
# CHECK-NEXT: kvm without a line: gap or overlap
# CHECK-NEXT: zeros: [[N:[0-9]+]] of [[N]], with table2
# CHECK-NEXT: one less: other
set -u
cd "$1"
cat > p.c <<'C'
#include <stdio.h>
#include <stdlib.h>

static int table[300] = {1, 2, 3}, table2[300];

int main(int argc, char **argv)
{
    FILE *f = fopen(argv[argc - 1], "r");
    double *heap = calloc(argc, 100);

    printf("%f %d %p\n", heap[0], table[argc] + table2[argc]++, (void *)f);
    free(heap);
    return f == NULL;
}
C
unicore-specialize -q p.c
judge() { # MAP: reads it, and the image's size beside it
    python3 - "$1" "$(stat -c %s "${1%.map*}")" <<'PY'
import collections, sys
total, said = {}, collections.Counter()
end, bad = 0, []
for line in open(sys.argv[1]):
    kind, *rest = line.split()
    if kind == "zero":
        continue
    if kind == "at":
        offset, size, section, component = int(rest[0], 16), *rest[1:4]
        if offset != end:
            bad.append("gap or overlap")
        end = offset + int(size)
        said["section", section.replace("-", "(none)")] += int(size)
        said["component", component] += int(size)
        said["bytes", ""] += int(size)
    else:
        total[kind, rest[1] if kind != "bytes" else ""] = int(rest[0])
if end != int(sys.argv[2]) or total != dict(said):
    bad.append("other sums")
print("; ".join(sorted(set(bad))) or "sums agree")
PY
}
for platform in linuxu kvm; do
    dir=out/p/$platform-x86_64
    echo "$platform: $(judge $dir/image.map)"
    [ "$(jq '[.components[]] | add' $dir/report.json)" = \
        "$(stat -c %s $dir/image)" ] || echo "report.json: other sums"
done
sed '/program-headers/d' $dir/image.map > $dir/image.map2
echo "kvm without a line: $(judge $dir/image.map2 | grep -o 'gap or overlap')"
zeros() { awk '$1 == "zero" { n += $3 } END { print n }' "$1"; }
beyond=$(python3 - "$dir/image" <<'PY'
import subprocess, sys
out = subprocess.run(["llvm-readelf", "-lW", sys.argv[1]],
                     capture_output=True, text=True).stdout
print(sum(int(w[5], 16) - int(w[4], 16) for w in map(str.split, out.split("\n"))
          if w[:1] == ["LOAD"]))
PY
)
echo "zeros: $(zeros $dir/image.map) of $beyond, with" \
    "$(grep -o 'table2' $dir/image.map)"
grep -v table2 $dir/image.map > $dir/image.map3
[ "$(zeros $dir/image.map3)" = "$beyond" ] || echo "one less: other"
