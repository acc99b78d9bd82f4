#!/bin/bash
# Two minutes of each server's mixed load (tests/servers/hour, which is for an
# hour): every answer is right, and at the end the network holds no more than
# before the first connection.
#
# REQUIRES: long, tap
# RUN: rm -rf %t && mkdir %t
# RUN: %root/tests/servers/hour redis %t/redis 120 > %t/out 2>&1
# RUN: %root/tests/servers/hour memcached %t/memcached 120 >> %t/out 2>&1
# RUN: %root/tests/servers/hour nginx %t/nginx 120 >> %t/out 2>&1
# RUN: FileCheck %s < %t/out
# CHECK: redis: errors: 0
# CHECK: redis: good
# CHECK: memcached: errors: 0
# CHECK: memcached: good
# CHECK: nginx: errors: 0
# CHECK: nginx: good
