#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# The servers' own suites and their clients on kvm, whole: what differs from
# Linux is what the lists say, no more and no less. An hour.
#
# REQUIRES: long, tap
# RUN: %root/tests/servers/memcached -t kvm-x86_64 %t.memcached
# RUN: %root/tests/servers/redis_external %t.redis
# RUN: %root/tests/servers/redis_benchmark %t.redis
# RUN: %root/tests/servers/redis_benchmark -t linuxu-x86_64 %t.redis
