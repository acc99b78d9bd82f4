#!/bin/bash
# A function that writes past its array ends with a message and abort's status
# on all targets; the control is the same program with input that fits. A
# program without arrays on the stack has nothing of it in its image.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: linuxu: fits: short 0
# CHECK-NEXT: linuxu: does not fit: unicore: stack smashing detected 134
# CHECK-NEXT: linuxu: guards in hello: 0
# CHECK-NEXT: kvm: fits: short 0
# CHECK-NEXT: kvm: does not fit: unicore: stack smashing detected 134
# CHECK-NEXT: kvm: guards in hello: 0
# CHECK-NEXT: bare: fits: short 0
# CHECK-NEXT: bare: does not fit: unicore: stack smashing detected 134
# CHECK-NEXT: bare: guards in hello: 0
set -u
cd "$1"
cat > smash.c <<'C'
#include <stdio.h>
#include <string.h>

__attribute__((noinline)) static void copy(const char *s)
{
    char small[8];

    strcpy(small, s);
    if (strlen(s) < sizeof small)
        puts(small);
}

int main(int argc, char **argv)
{
    copy(argc > 1 ? argv[1] : "short");
    return 0;
}
C
unicore-specialize -q -t linuxu-x86_64,kvm-x86_64,bare-x86_64 smash.c \
    "$2/corpus/apps/hello"
for platform in linuxu kvm bare; do
    image=out/smash/$platform-x86_64/image
    echo "$platform: fits: $(unicore-run $image) $?"
    echo "$platform: does not fit: $(unicore-run $image \
        much-longer-than-the-array-that-it-is-copied-into) $?"
    echo "$platform: guards in hello: $(grep -c __stack_chk \
        out/hello/$platform-x86_64/image.map)"
done
