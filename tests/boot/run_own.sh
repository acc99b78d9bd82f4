#!/bin/bash
# A program's functions and variables that are called like the pool's stay its
# own: neither the libc's inside nor the start-up code meets them, with either
# libc, on both targets. The expected output is that of the same program on
# Linux. The control shows that it does replace the allocator for everybody.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: musl linuxu: equal
# CHECK-NEXT: musl kvm: equal
# CHECK-NEXT: newlib linuxu: equal
# CHECK-NEXT: newlib kvm: equal
# CHECK-NEXT: strdup calls our malloc
set -eu
cd "$1"
cat > names.c <<'C'
#include <stdio.h>
#include <stdlib.h>

int CFG_ARGV = 3, CFG_FILES = 0, CFG_THREADS = 4, written, started;

void write(const char *s) { written += *s; }
int read(void) { return 7; }
int strnlen(int x) { return x; }
long lseek(int x) { return -x; }
void uc_init(void) { started++; }
void uc_ctors(void) { started += 100; }
__attribute__((constructor)) static void first(void) { started += 10; }

int main(int argc, char **argv)
{
    FILE *f;

    write("x");
    printf("%d %d %s %d %d\n", written, read(), argv[argc - 1], strnlen(4),
           (int)lseek(5));
    printf("%d %d %d\n", CFG_THREADS + CFG_FILES, getchar(), started);
    uc_init();
    f = fopen("names.txt", "w");
    fputs("text", f);
    fseek(f, 1, SEEK_SET);
    printf("%d %ld\n", started, ftell(f));
    return fclose(f);
}
C
clang -w -o native names.c
echo input | ./native an-argument > expected
for libc in musl newlib; do
    unicore-specialize -q --libc $libc names.c
    for platform in linuxu kvm; do
        echo input | unicore-run out/names/$platform-x86_64/image \
            an-argument > got || true
        printf '%s %s: ' $libc $platform
        if cmp -s expected got; then echo equal; else diff expected got || true; fi
    done
done
cat > heap.c <<'C'
#include <stdio.h>
#include <string.h>

static char store[64];

void *malloc(size_t n)
{
    puts("strdup calls our malloc");
    return n < sizeof store ? store : NULL;
}

int main(void) { return strdup("x") != store; }
C
unicore-specialize -q -t kvm-x86_64 --libc musl heap.c
unicore-run out/heap/kvm-x86_64/image
