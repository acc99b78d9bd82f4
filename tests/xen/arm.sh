#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Xen on ARM without unicore-run: images as the first domain, on Xen's own
# console, and as domains that Xen itself starts (dom0less), two at a time, on
# the line that it emulates. Their input, status and faults; and the least
# memory that hello has there.
# RUN: bash %s %t | FileCheck %s
# CHECK: == first
# CHECK: begun
# CHECK-NEXT: got a
# CHECK-NEXT: got b
# CHECK-NEXT: lines 2
# CHECK-NEXT: Hardware Dom0 halted
# CHECK: == first, which waits for input
# CHECK: begun
# CHECK-NEXT: waited 1
# CHECK-NEXT: got a
# CHECK: Hardware Dom0 halted
# CHECK: == first, status 7
# CHECK: unicore: exit status 007
# CHECK: Hardware Dom0 crashed
# CHECK: == two that Xen starts
# CHECK-DAG: DOM[[ONE:[12]]]: argument one
# CHECK-DAG: DOM[[ONE]]: unicore: exit status 005
# CHECK-DAG: DOM[[TWO:[12]]]: argument two
# CHECK-DAG: DOM[[TWO]]: unicore: fault 14 error=2 {{.*}} address=10 x0=
# CHECK-DAG: DOM[[TWO]]: unicore: exit status 139
# CHECK: == input to one that Xen starts
# CHECK: begun
# CHECK: got a
# CHECK: got b
# CHECK: lines 2
# CHECK: == least memory
# CHECK-NEXT: 4096: 0
# CHECK-NEXT: 4100: 1
# CHECK: == unicore-run
# CHECK-NEXT: LOADING DOMAIN 0, 2 times hello
# CHECK-NEXT: 15M: hello
# CHECK-NEXT: 200M: hello
# CHECK-NEXT: error: --mem 7M: the first domain of Xen gets 8M at least
# CHECK-NEXT: error: --count: QEMU's instructions would be those of Xen as well
# CHECK-NEXT: error: {{.*}}: arguments of 1030 bytes; Xen passes 1023
set -eu
out=$1 here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$out"
mkdir -p "$out"
cd "$out"
cat > hello.c <<'C'
#include <stdio.h>

int main(void)
{
    puts("hello");
    return 0;
}
C
cat > w.c <<'C'
#include <poll.h>
#include <stdio.h>

int main(void)
{
    struct pollfd p = {.events = POLLIN};
    char line[100];

    puts("begun");
    fflush(stdout);
    printf("waited %d\n", poll(&p, 1, -1));
    if (fgets(line, sizeof line, stdin))
        printf("got %s", line);
    return 0;
}
C
unicore-specialize -q -t xen-aarch64 "$here/Inputs/lines.c"
unicore-specialize -q -t xen-aarch64 w.c
unicore-specialize -q -t xen-aarch64 hello.c
unicore-run -t 100 out/hello/xen-aarch64/image > /dev/null # Xen is there then
xen=${UNICORE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/unicore}/xen-arm64/xen
machine=(-M virt,virtualization=on,gic-version=3 -accel tcg -cpu max -m 512 -nodefaults -display none -no-reboot)

# The machine ends by itself, or once its console has had the line DONE as often
# as COUNT says; what is typed after "begun" is in `typed`.
boot() { # DONE COUNT WORDS...
    local done=$1 count=$2 i
    shift 2
    : > console # not the last machine's, until this one writes its own
    qemu-system-aarch64 "${machine[@]}" -serial stdio -kernel "$xen" "$@" > console 2> errors < input &
    local qemu=$!
    for ((i = 0; i < 300; i++)); do
        [ ! -e typed ] || ! grep -q begun console || { cat typed >&3 && rm typed; }
        [ "$(grep -c "$done" console)" -lt "$count" ] || break
        kill -0 $qemu 2> /dev/null || break
        sleep 0.1
    done
    kill -9 $qemu 2> /dev/null || true
    wait $qemu 2> /dev/null || true
    tr -d '\r\035' < console
}
mkfifo input
exec 3<> input

first() { # PROGRAM [ARGUMENT]
    boot 'Hardware Dom0' 1 -append 'console=dtuart dom0_mem=64M' \
        -device "guest-loader,addr=0x4a000000,kernel=out/$1/xen-aarch64/image,bootargs=$*"
}
echo "== first"
printf 'a\nb\n' > typed
first lines
echo "== first, which waits for input"
printf 'a\n' > typed
first w
echo "== first, status 7"
first lines 7

# The machine's tree, with a domain for each image and its line.
domains() { # KIB [IMAGE LINE]...
    local kib=$1 at=$((0x4a000000)) n=1 d m
    shift
    qemu-system-aarch64 "${machine[@]/gic-version=3/gic-version=3,dumpdtb=tree}" -serial null 2> /dev/null
    fdtput -t x tree /chosen '#address-cells' 2
    fdtput -t x tree /chosen '#size-cells' 2
    load=()
    for (( ; $#; n++, at += 0x100000)); do
        d=/chosen/domU$n
        m=$d/module@$(printf %x $at)
        fdtput -c tree $d "$m"
        fdtput -t s tree $d compatible xen,domain
        fdtput -t x tree $d '#address-cells' 2
        fdtput -t x tree $d '#size-cells' 2
        fdtput -t x tree $d memory 0 "$(printf %x "$kib")"
        fdtput -t x tree $d cpus 1
        fdtput tree $d vpl011
        fdtput -t s tree "$m" compatible multiboot,kernel multiboot,module
        fdtput -t x tree "$m" reg 0 $(printf %x $at) 0 "$(printf %x "$(stat -c%s "$1")")"
        fdtput -t s tree "$m" bootargs "$2"
        load+=(-device "loader,file=$1,addr=$at,force-raw=on")
        shift 2
    done
}
p=out/lines/xen-aarch64/image
echo "== two that Xen starts"
domains 16384 $p 'p 5 one' $p 'p -1 two'
boot 'exit status' 2 -append console=dtuart -dtb tree "${load[@]}"
echo "== input to one that Xen starts"
printf '\001\001\001a\nb\n' > typed # the first three: to the next domain
domains 16384 $p p
boot 'lines 2' 1 -append console=dtuart -dtb tree "${load[@]}"
echo "== least memory"
for kib in 4096 4100; do
    domains $kib out/hello/xen-aarch64/image hello
    boot 'DOM1: hello\|Reboot' 1 -append console=dtuart -dtb tree "${load[@]}" > all
    echo "$kib: $(grep -c 'DOM1: hello' all)"
done
echo "== unicore-run"
i=out/hello/xen-aarch64/image
unicore-run -t 60 --host-log log $i > said
echo "$(grep -ao 'LOADING DOMAIN 0' log), $(cat said log | grep -ac '^hello') times hello"
for m in 15M 200M; do # in pieces
    echo "$m: $(unicore-run -t 60 --mem $m $i)"
done
unicore-run --mem 7M $i 2>&1 | sed 's/.*error/error/' || true
unicore-run --count $i 2>&1 | sed 's/.*error/error/' || true
unicore-run $i "$(printf '%01024d' 0)" 2>&1 | sed 's/.*error/error/' || true
