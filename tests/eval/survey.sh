#!/bin/bash
# What the images of a batch have in common, as text, JSON, and a page that a
# browser shows: figures, answers, and a row for each program. What runs show is
# less than what is kept, and measured once.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: kvm-x86_64: 3 programs
# CHECK-NEXT: console 3 programs, median [[#%u,B:]] bytes, of which system [[#%u,]] ([[#%u,]] to
# CHECK: by section of Debian's archive:
# CHECK-NEXT: example 3 programs
# CHECK: system calls enough for 50 %: [[#%u,]]
# CHECK: of what is kept, runs of 3 programs use
# CHECK: 100 % platforms/kvm
# CHECK: sums: true
# CHECK: seen: true
# CHECK: again: 0 measured
# CHECK: chain: __stack_chk_guard < _vfprintf_r < printf < main{{$}}
# CHECK: page: 13 figures, numbered 1 to 13, 10 answers, 3 rows, 3 files
# CHECK: unicore-eval: error: {{.*}}none: no images of unicore-batch there (its -o)
set -u
cd "$1"
unicore-batch -q -t kvm-x86_64 -o batch hello hello-int hello-float > /dev/null
unicore-eval --survey --measure -t kvm-x86_64 -o batch --json survey.json | sed 's/  */ /g; s/^ //'
echo "sums: $(jq 'all(.targets[].programs[]; .bytes == .app_bytes + .libc_bytes + .system_bytes + .other_bytes)' survey.json)"
echo "seen: $(jq 'all(.targets[].programs[]; (.measured | .to_output > 0 and .min_kib >= 1024) and
    (.measured.observed | .functions_run > 0 and .functions_run < .functions and .code_run > 0 and .code_run < .code))' survey.json)"
touch mark
unicore-eval --survey --measure -q -t kvm-x86_64 -o batch
echo "again: $(find batch -name measured.json -newer mark | wc -l) measured"
jq -r '.targets[0].programs[] | select(.app == "hello-int") | .reasons | to_entries[] | "chain: \(.value)"' survey.json | grep 'stack_chk.*main$'
"$2/eval/page" survey.json page.html "$2"/eval/experiments/baselines.json
chromium --headless --no-sandbox --disable-gpu --dump-dom "file://$PWD/page.html" 2> /dev/null > dom
numbers=$(grep -o '<figcaption>Figure [0-9]*' dom | grep -o '[0-9]*$')
echo "page: $(grep -c '<svg' dom) figures, numbered $(head -1 <<< "$numbers") to $(tail -1 <<< "$numbers"), $(grep -o 'class="answer"' dom | wc -l) answers, $(grep -c '<details><summary>hello' dom) rows, $(ls batch/jobs | wc -l) files"
unicore-eval --survey -o none
