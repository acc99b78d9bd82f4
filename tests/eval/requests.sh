#!/bin/bash
# A request costs a Linux guest with the same server at least 1.5 times the
# instructions. The control: nothing is 100 times as good.
#
# REQUIRES: long
# RUN: bash %s %root/eval/requests > %t; cat %t; FileCheck %s < %t
# CHECK: redis: good
# CHECK: nginx: good
# CHECK: memcached: good
# CHECK-NOT: {{.}}
for app in redis nginx memcached; do
    "$1" -n 1000 $app | awk -v app=$app '
        { n[$2] = $5 }
        END { r = n["linux"] / n["unicore"]
            print app ": " (r >= 1.5 && r < 100 ? "good" : "ratio " r) }'
done
