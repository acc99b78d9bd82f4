#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# Three of memcached's own tests on kvm, each a machine: streams, datagrams, a
# counter. The control: a test that is told to differ, and does not, is told.
#
# RUN: bash %s %root %t | FileCheck %s
# CHECK: memcached: 3 files pass ([[#]] assertions), 0 skipped, 0 fail with Linux too, 0 differ as listed, 0 otherwise
# CHECK-NEXT: is listed in memcached.kvm, but does not differ: t/issue_14.t
# CHECK-NEXT: 1 otherwise
set -u
"$1/tests/servers/memcached" -t kvm-x86_64 "$2" t/incrdecr.t t/udp.t t/issue_14.t
rm -rf "$2.tests" && cp -r "$1/tests/servers" "$2.tests"
printf 'issue_14.t\tcontrol\n' >> "$2.tests/memcached.kvm"
UNICORE_BUILD=$1/build "$2.tests/memcached" -t kvm-x86_64 "$2" t/issue_14.t | sed 's/^memcached:.*, //'
