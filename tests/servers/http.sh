#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# nginx under curl and wrk on both targets: what curl sees is what it sees of
# the program itself, and under wrk nothing fails.
#
# REQUIRES: long, tap
# RUN: %root/tests/servers/http %t > %t.out 2>&1
# RUN: %root/tests/servers/http -t linuxu-x86_64 %t >> %t.out 2>&1
# RUN: FileCheck %s < %t.out
# CHECK: http: kvm-x86_64: 24 requests, the same
# CHECK: http: linuxu-x86_64: 24 requests, the same
