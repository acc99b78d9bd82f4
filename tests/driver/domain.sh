#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# What others start an image with: image.xml is what libvirt's schema asks for,
# with the devices that the image can use and with none, whatever its name has;
# image.xl is xl's. No other target has either.
# RUN: bash %s %t | FileCheck %s
set -eu
rm -rf "$1"
mkdir -p "$1/a&b's"
cd "$1/a&b's"
echo 'int main(void) { return 0; }' > plain.c
cat > 'a&b.c' <<'C'
#include <netinet/in.h>
#include <stdio.h>
#include <sys/socket.h>

int main(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(7)};
    FILE *f = fopen("/f", "w");

    bind(socket(AF_INET, SOCK_STREAM, 0), (void *)&a, sizeof a);
    return !f || fputs("x", f) < 0 || fclose(f) != 0;
}
C
unicore-specialize -q -t kvm-x86_64,kvm-aarch64,xenpvh-x86_64,xenpv-x86_64,linuxu-x86_64 plain.c
unicore-specialize -q -t kvm-x86_64,xenpvh-x86_64 --disk 'a&b.c'
unicore-specialize -q -o share -t kvm-x86_64 --share 'a&b.c'
for f in out/*/*/image.xml share/*/*/image.xml; do
    echo "== $f"
    virt-xml-validate "$f" domain 2>&1 | sed 's/.* //'
    grep -cE '<(interface|disk|filesystem) ' "$f" || true
done
# CHECK: == out/a&b/kvm-x86_64/image.xml
# CHECK-NEXT: validates
# CHECK-NEXT: 2
# CHECK: == out/plain/kvm-aarch64/image.xml
# CHECK-NEXT: validates
# CHECK-NEXT: 0
# CHECK: == out/plain/kvm-x86_64/image.xml
# CHECK-NEXT: validates
# CHECK-NEXT: 0
# CHECK: == share/a&b/kvm-x86_64/image.xml
# CHECK-NEXT: validates
# CHECK-NEXT: 2
sed 's,"/.*/a&b.s,"...,; s,=/.*/a&b.s,=...,' out/*/*/image.xl
# CHECK: # xl create -c image.xl
# CHECK-NEXT: name = "a&b"
# CHECK-NEXT: type = "pvh"
# CHECK-NEXT: kernel = ".../out/a&b/xenpvh-x86_64/image"
# CHECK-NEXT: cmdline = "a&b"
# CHECK-NEXT: memory = 128
# CHECK-NEXT: vcpus = 1
# CHECK-NEXT: disk = [ "format=raw, vdev=xvda, access=rw, target=.../out/a&b/xenpvh-x86_64/image.disk" ]
# CHECK-NEXT: vif = [ "" ]
# CHECK-NEXT: # xl create -c image.xl
# CHECK-NEXT: name = "plain"
# CHECK-NEXT: type = "pv"
# CHECK: name = "plain"
# CHECK-NEXT: type = "pvh"
ls out/*/*/image.x*
# CHECK-NOT: linuxu
