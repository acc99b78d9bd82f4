#!/bin/bash
# However unicore-run is ended, what it runs ends too, and the status says how.
#
# RUN: bash %S/Inputs/build.sh kvm-x86_64 %S/forever %t.kvm
# RUN: bash %S/Inputs/build.sh linuxu-x86_64 %S/forever %t.linuxu
# RUN: bash %s %t.kvm %t.linuxu 2>/dev/null > %t.out; FileCheck %s < %t.out
# CHECK: INT: status 130, child was there, is gone
# CHECK-NEXT: TERM: status 143, child was there, is gone
# CHECK-NEXT: KILL: status 137, child was there, is gone
# CHECK-NEXT: INT: status 130, child was there, is gone
# CHECK-NEXT: TERM: status 143, child was there, is gone
# CHECK-NEXT: KILL: status 137, child was there, is gone
set -u
alive() { [ -n "$1" ] && [ -e "/proc/$1" ] && ! grep -q '^State:.[ZX]' "/proc/$1/status"; }

for image in "$@"; do
    for signal in INT TERM KILL; do
        # a shell's background jobs ignore SIGINT
        env --default-signal=INT unicore-run --timeout 30 "$image" < /dev/null &
        runner=$! child=
        for _ in $(seq 100); do
            child=$(cat "/proc/$runner/task/$runner/children" 2>/dev/null)
            child=${child%% *}
            [ -z "$child" ] || break
            sleep 0.05
        done
        sleep 0.3
        alive "$child" && was="was there" || was="was not there"
        kill -"$signal" "$runner"
        wait "$runner"
        status=$?
        for _ in $(seq 40); do
            alive "$child" || break
            sleep 0.05
        done
        alive "$child" && is="is alive" || is="is gone"
        echo "$signal: status $status, child $was, $is"
    done
done
