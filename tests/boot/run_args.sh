#!/bin/bash
# Built-in arguments (--args) reach main on both targets with either libc; the
# control is the same program without them. An image that has them takes no
# others, and says so. Thread-local variables of one thread are in the same
# image: they must link with either libc too.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: musl linuxu: [show][one][two  words]["'] 6
# CHECK-NEXT: musl kvm: [show][one][two  words]["'] 6
# CHECK-NEXT: newlib linuxu: [show][one][two  words]["'] 6
# CHECK-NEXT: newlib kvm: [show][one][two  words]["'] 6
# CHECK-NEXT: without: [show][given] 6
# CHECK-NEXT: error: {{.*}}its arguments are built in
set -eu
cd "$1"
cat > show.c <<'C'
#include <stdio.h>
static _Thread_local int n = 5;
int main(int argc, char **argv)
{
    for (int i = 0; i < argc; i++)
        printf("[%s]", argv[i]);
    printf(" %d\n", ++n);
    return argv[argc] != NULL;
}
C
for libc in musl newlib; do
    unicore-specialize -q --libc $libc --args "one 'two  words' \"\\\"'\"" show.c
    for platform in linuxu kvm; do
        printf '%s %s: ' $libc $platform
        unicore-run out/show/$platform-x86_64/image
    done
done
unicore-run out/show/linuxu-x86_64/image more 2> refused || true
unicore-specialize -q -t linuxu-x86_64 show.c
printf 'without: '
unicore-run out/show/linuxu-x86_64/image given
sed 's/.*error:/error:/' refused
