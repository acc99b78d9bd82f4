#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Images as Xen's first domain, without a second: output and input go by Xen's
# own console, and Xen ends with them.
# REQUIRES: long
# RUN: bash %s %t | FileCheck %s
# CHECK: == xenpvh
# CHECK: lines 2
# CHECK: Hardware Dom0 halted
# CHECK: unicore: exit status 007
# CHECK: Hardware Dom0 crashed
# CHECK: == xenpv
# CHECK: lines 2
# CHECK: Hardware Dom0 halted
# CHECK: unicore: exit status 007
# CHECK: Hardware Dom0 crashed
set -eu
out=$1 here=$(cd "$(dirname "$0")" && pwd)
rm -rf "$out"
mkdir -p "$out"
cd "$out"
unicore-specialize -q -t xenpvh-x86_64,xenpv-x86_64 "$here/Inputs/lines.c"
# a guest, for the host's files to be there
unicore-run -t 100 out/lines/xenpvh-x86_64/image 0
xen=$(ls -t "${UNICORE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/unicore}"/xen-host/*/xen | head -1)
cpu=EPYC,+svm,+npt,-smap,-monitor,-rdtscp
boot() { # TARGET ARGUMENTS
    local more=() words=
    : > console # not the last machine's, until this one writes its own
    [ "$1" != xenpvh ] || more=(-device amd-iommu) words='dom0=pvh dom0_mem=64M'
    qemu-system-x86_64 -M q35 -accel tcg -cpu $cpu "${more[@]}" -m 512 -nodefaults -display none \
        -no-reboot -serial stdio -kernel "$xen" -append "console=com1 com1=115200,8n1 loglvl=warning $words" \
        -initrd "out/lines/$1-x86_64/image p $2" > console 2> errors < input &
    local qemu=$! i
    for ((i = 0; i < 600; i++)); do
        ! grep -q begun console || [ -e typed ] || { touch typed && printf 'a\nb\n' >&3; }
        ! grep -qE 'Dom0 (halted|crashed)' console || break
        sleep 0.1
    done
    rm -f typed
    kill $qemu
    wait $qemu || true
    tr -d '\r\035' < console
}
mkfifo input
exec 3<> input
for target in xenpvh xenpv; do
    echo "== $target"
    boot $target ''
    boot $target 7
done
