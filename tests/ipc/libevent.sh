#!/bin/bash
# SPDX-License-Identifier: BSD-2-Clause
# libevent's own tests as machines, one for each test, over each of its ways to
# wait. What needs a second process that lives beside the first (FORKS) is left
# out; what hangs on milliseconds gets three tries. The control: a test that is
# none is told.
#
# REQUIRES: long
# RUN: bash %s %t 2>&1 | FileCheck %s
# CHECK: control: fails
# CHECK-NEXT: epoll: {{3[0-9][0-9]}} tests, 0 fail
# CHECK-NEXT: poll: {{2[0-9][0-9]}} tests, 0 fail
# CHECK-NEXT: select: {{2[0-9][0-9]}} tests, 0 fail
set -u
rm -rf "$1" && mkdir -p "$1/root/etc" "$1/root/tmp" && cd "$1" || exit 1
echo nameserver 10.0.2.3 > root/etc/resolv.conf
unicore-specialize -q -t kvm-x86_64 --root root --bin regress deb:libevent
FORKS='main/fork thread/forking util/log'

one() { # NAME [OPTION...]
    local name=$1
    shift
    timeout 60 unicore-run "$@" out/regress/kvm-x86_64/image --no-fork \
        "$name" > log 2>&1 < /dev/null
}
all() { # LABEL NAMES [OPTION...]
    local label=$1 names=$2 n=0 bad=0 t
    shift 2
    for t in $names; do
        case " $FORKS " in *" $t "*) continue ;; esac
        n=$((n + 1))
        one "$t" "$@" || one "$t" "$@" || one "$t" "$@" || {
            bad=$((bad + 1))
            echo "$label $t: $(tail -3 log | tr '\n' ' ')"
        }
    done
    echo "$label: $n tests, $bad fail"
}

one no/such || echo "control: fails"
unicore-run out/regress/kvm-x86_64/image --list-tests 2>&1 |
    grep -o '[a-z]*/[a-zA-Z_0-9+-]*' | sort -u > names
local_ones=$(grep -Ev 'connect|^(dns|http|rpc)/' names)
all epoll "$(cat names)"
all poll "$local_ones" -e EVENT_NOEPOLL=1
all select "$local_ones" -e EVENT_NOEPOLL=1 -e EVENT_NOPOLL=1
