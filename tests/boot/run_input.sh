#!/bin/bash
# Standard input arrives however the program gets at it; each way is a program
# of its own, so that no other one keeps the code for input. The control is one
# that reads nothing: it has no such code.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK:      read(0, b, 3): abc
# CHECK-NEXT: (dup2(0, 5), read(5, b, 3)): abc
# CHECK-NEXT: fread(b, 1, 3, fdopen(0, "r")): abc
# CHECK-NEXT: syscall(SYS_read, 0, b, 3): abc
# CHECK-NEXT: fread(b, 1, 3, fopen("/dev/stdin", "r")): abc
# CHECK-NEXT: readv(0, &(struct iovec){b, 3}, 1): abc
# CHECK-NEXT: read(dup(0), b, 3): abc
# CHECK-NEXT: read(fcntl(0, F_DUPFD, 7), b, 3): abc
# CHECK-NEXT: scanf("%{{.*}}3s", b): abc
# CHECK-NEXT: reads nothing: 0
# CHECK-NEXT: copied
set -u
cd "$1"
try() { # EXPRESSION
    cat > in.c <<C
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

int main(void)
{
    char b[4] = {0};

    $1;
    return write(1, b, strlen(b)) < 0;
}
C
    unicore-specialize -q -t kvm-x86_64 in.c
    echo "$1: $(printf abcdef | unicore-run out/in/kvm-x86_64/image)"
}

try 'read(0, b, 3)'
try '(dup2(0, 5), read(5, b, 3))'
try 'fread(b, 1, 3, fdopen(0, "r"))'
try 'syscall(SYS_read, 0, b, 3)'
try 'fread(b, 1, 3, fopen("/dev/stdin", "r"))'
try 'readv(0, &(struct iovec){b, 3}, 1)'
try 'read(dup(0), b, 3)'
try 'read(fcntl(0, F_DUPFD, 7), b, 3)'
try 'scanf("%3s", b)'
try 'b[0] = 0' > /dev/null
echo "reads nothing: $(grep -c console_read out/in/kvm-x86_64/image.map)"

# more than any buffer, by a program without an array on its stack
cat > copy.c <<'C'
#include <unistd.h>

int main(void)
{
    static char b[5000];
    long n;

    while ((n = read(0, b, sizeof b)) > 0)
        write(1, b, n);
    return 0;
}
C
unicore-specialize -q -t kvm-x86_64 copy.c
head -c 300000 /dev/urandom > bytes
unicore-run out/copy/kvm-x86_64/image < bytes | cmp - bytes && echo copied
