#!/bin/bash
# unicore-batch: what is done stays done, limits end a job and no other, a
# batch that is killed leaves nothing running and goes on where it was, and GNU
# Parallel runs the same jobs.
#
# RUN: rm -rf %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: linuxu-x86_64 2 of 2 converted
# CHECK-NEXT: exit 0
# CHECK-NEXT: again: linuxu-x86_64 2 of 2 converted
# CHECK-NEXT: again: nothing was run
# CHECK-NEXT: hello.linuxu-x86_64: memory: took more than 5 MB
# CHECK-NEXT: linuxu-x86_64 1 of 2 converted
# CHECK-NEXT: exit 1
# CHECK-NEXT: failed: linuxu-x86_64 1 of 1 converted
# CHECK-NEXT: lua.linuxu-x86_64: time: took more than 1 s
# CHECK-NEXT: killed: nothing is left
# CHECK-NEXT: interrupted: 130
# CHECK-NEXT: interrupted: nothing is left
# CHECK-NEXT: then: linuxu-x86_64 1 of 1 converted
# CHECK-NEXT: parallel: linuxu-x86_64 2 of 2 converted
# CHECK-NEXT: lines: hello converted hello-int converted
# CHECK-NEXT: unicore-batch: error: nosuch: no program of the corpus; corpus/apps has them
set -u
out=$1
batch() { unicore-batch -t linuxu-x86_64 -o "$out" "$@" | sed 's/, [0-9]* s CPU$//; s/  */ /g'; return "${PIPESTATUS[0]}"; }

batch hello hello-int
echo "exit $?"
touch "$out/then"
batch hello hello-int | sed 's/^/again: /'
[ -n "$(find "$out/jobs" -newer "$out/then")" ] || echo "again: nothing was run"
rm "$out/jobs/hello.linuxu-x86_64/result.json" # due again, the other is not
batch --memory 5 hello hello-int
echo "exit $?"
batch --failed | sed 's/^/failed: /'
batch --time 1 lua | head -1

# processes that know the folder, as all of a job's do by their TMPDIR
left() { grep -lsz "^TMPDIR=$out/" /proc/[0-9]*/environ | wc -l; }
gone() { # WHAT
    local i
    for ((i = 0; i < 100; i++)); do
        [ "$(left)" = 0 ] && [ ! -e "$out/jobs/lua.linuxu-x86_64/tmp" ] &&
            echo "$1: nothing is left" && return
        sleep 0.1
    done
    echo "$1: $(left) processes are left"
}
began() { # once it has
    local i
    for ((i = 0; i < 400; i++)); do
        [ "$(left)" -gt 1 ] && return
        sleep 0.05
    done
    echo "the job does not begin"
}
unicore-batch -t linuxu-x86_64 -o "$out" lua > /dev/null &
began; kill -9 $!; wait $! 2> /dev/null
gone killed
unicore-batch -t linuxu-x86_64 -o "$out" lua > /dev/null 2>&1 &
began; kill -TERM $!; wait $!; echo "interrupted: $?"
gone interrupted
batch lua | sed 's/^/then: /'

rm -r "$out/jobs"
batch --parallel : --json "$out/lines" hello hello-int | sed 's/^/parallel: /'
echo "lines:" $(jq -r '.app + " " + .result' "$out/lines" | sort)
unicore-batch nosuch
