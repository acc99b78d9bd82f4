#!/bin/bash
# All text products and the image are the same, byte for byte, from run to run,
# in another folder, and with another number of jobs; report.json apart from the
# CPU seconds in it, and image.xml from where it is: libvirt takes no relative
# path. The control: other source, other image.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: one two: same
# CHECK-NEXT: image differs
set -u
cd "$1"
mkdir one two other
printf '#include <stdio.h>\nint main(int c, char **v) { return printf("%%s %%d\\n", v[0], c) < 0; }\n' |
    tee one/p.c > two/p.c
sed 's/%d/%x/' one/p.c > other/p.c
for d in one two other; do
    (cd $d && unicore-specialize -q -j $((1 + ${#d} % 2)) p.c)
    for r in $d/out/p/*/report.json; do
        jq 'del(.. | .cpu_seconds?, .seconds?, .link_seconds?, .native?)' "$r" > "$r.new"
        mv "$r.new" "$r"
    done
    sed -i "s|$PWD/$d/||" $d/out/p/*/image.xml
done
diff -r one/out two/out && echo 'one two: same'
cmp -s one/out/p/kvm-x86_64/image other/out/p/kvm-x86_64/image || echo 'image differs'
