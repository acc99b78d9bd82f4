#!/bin/bash
# Two components of the pool that define one name are an error that names both:
# which of them served would be chance. A variable of the program serves all.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: links: 0
# CHECK: error: uc_start is defined twice
# CHECK-NEXT: {{first|again}} in {{.*}}.bc
# CHECK-NEXT: {{first|again}} in {{.*}}.bc
# CHECK: links: 1
set -u
cd "$1"
echo 'int main(void) { return 0; }' > p.c
echo 'void uc_start(void *x) { (void)x; }' > extra.c
unicore-specialize -q --save-temps -t linuxu-x86_64 p.c
out=out/p/linuxu-x86_64
pool=$(unicore-pool -q pool)
modules=$(dirname "$(sed -n 's/.*"native": "\(.*\)".*/\1/p' $out/report.json)")
link() { # POOL
    unicore-link --pick $out/pick --pool "$1" --app "$modules/000.bc" \
        --init $out/init.bc -o linked
    echo "links: $?"
}
link "$pool"
changed=libpool/posix/linux/linux.bc
cp -rs "$pool" pool
rm pool/$changed
clang --target=x86_64-unknown-linux-musl -emit-llvm -c extra.c -o extra.bc
llvm-link "$pool/$changed" extra.bc -o pool/$changed
link pool
