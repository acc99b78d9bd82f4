#!/bin/sh
# fork on other machines, each with a mark of its own to come back to; at
# 128 MiB riscv64's large pages are split while they are protected.
#
# REQUIRES: long
# RUN: sh %S/Inputs/fork.sh %t %S/fork.c kvm-arm kvm-riscv64 bare-mips bare-mipsel xen-aarch64 > %t.out
# RUN: cat %t.out; FileCheck %s < %t.out
# CHECK: kvm-arm 16M: as on Linux
# CHECK: kvm-arm 128M: as on Linux
# CHECK: kvm-arm threads: as on Linux
# CHECK: kvm-riscv64 16M: as on Linux
# CHECK: kvm-riscv64 128M: as on Linux
# CHECK: kvm-riscv64 threads: as on Linux
# CHECK: bare-mips 16M: as on Linux
# CHECK: bare-mips 128M: as on Linux
# CHECK: bare-mips threads: as on Linux
# CHECK: bare-mipsel 16M: as on Linux
# CHECK: bare-mipsel 128M: as on Linux
# CHECK: bare-mipsel threads: as on Linux
# CHECK: xen-aarch64 16M: as on Linux
# CHECK: xen-aarch64 128M: as on Linux
# CHECK: xen-aarch64 threads: as on Linux
# CHECK: control: told
