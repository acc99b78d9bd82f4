#!/bin/bash
# What newlib's printf does for floating point goes with the fact format_float,
# and where that were wrong, the call is a fault with a name, never silence.
#
# RUN: bash %s %t
set -e
mkdir -p "$1" && cd "$1" && rm -rf out wrong
cat > real.c <<'EOF'
#include <stdio.h>
int main(void) { printf("%.2f\n", 1.5); return 0; }
EOF
cat > whole.c <<'EOF'
#include <stdio.h>
int main(int n, char **v) { (void)v; printf("%d\n", n); return 0; }
EOF
for p in real whole; do
    unicore-specialize -q --save-temps --libc newlib -t linuxu-x86_64 -o out $p.c
done
kept=out/real/linuxu-x86_64 cut=out/whole/linuxu-x86_64
[ "$($kept/image)" = 1.50 ]
grep -q nano-vfprintf_float $kept/image.map # the control
grep -q '^cut _printf_float format_float$' $cut/pick
[ "$($cut/image)" = 1 ]
if grep -q nano-vfprintf_float $cut/image.map; then exit 1; fi

# The program that needs it, with the cut of the one that does not.
modules=$(dirname "$(sed -n 's/.*"native": "\(.*\)".*/\1/p' $kept/report.json)")
awk '/^knob/ && !done { print; next }
     /^(cut|drop|direct|nosys|device|late)/ && !done {
         print "cut _printf_float format_float"; done = 1 }
     { print }' $kept/pick > wrong.pick
grep -q '^cut _printf_float' wrong.pick
unicore-link --pick wrong.pick --pool "$(unicore-pool -q pool)" \
    --app "$modules/000.bc" --init $kept/init.bc -o wrong
if unicore-run wrong/image > wrong.out 2>&1; then exit 1; fi
grep -q 'call of _printf_float, which was cut' wrong.out
grep -q format_float wrong.out
