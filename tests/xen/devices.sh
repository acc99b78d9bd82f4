#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# A first domain of Xen on ARM has the machine's devices, and all else that an
# image has on the same machine without Xen (tests/arch/virt.sh).
# REQUIRES: long
# RUN: rm -rf %t && mkdir %t
# RUN: bash %root/tests/arch/virt.sh %t %root xen-aarch64 > %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: aarch64 threads: xen: as on Linux
# CHECK: aarch64 pipes: xen: as on Linux
# CHECK: aarch64 epoll: xen: as on Linux
# CHECK: aarch64 turns: bad 0, enough 1
# CHECK: aarch64 virt: the same
# CHECK: aarch64 virt-gic3: the same
# CHECK: aarch64 disk: 5000 lines, clean
# CHECK: aarch64 folder: 5000 lines
# CHECK: aarch64 hello: at most 8192 bytes
