#!/bin/bash
# The statistics of --survey, of products whose answers are known: twenty
# programs, the n-th with 2^(n+9) bytes of program and as many of system, n system
# calls, and fewer functions the larger it is. The interval of a median of twenty is from the
# 6th to the 15th (95.9 %: any table of binomial intervals).
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: enough: 10 16 19 20
# CHECK-NEXT: median: 1572864 (from 65536 to 33554432), 0.9586
# CHECK-NEXT: program: spearman 1 (1 to 1), slope 1.0, r2 1.0, n 20
# CHECK-NEXT: functions: spearman -1 (-1 to -1), n 20
# CHECK-NEXT: calls: spearman 1, slope larger
# CHECK-NEXT: components: none
# CHECK-NEXT: chain: leaf < middle < main
# CHECK-NEXT: fact: called by x.c:1 in f; reached from main (entry point)
# CHECK-NEXT: again: the same
set -u
cd "$1"
for ((n = 1; n <= 20; n++)); do
    d=$(printf 'out/images/p%02d/p/kvm-x86_64' $n)
    mkdir -p "$d"
    b=$((1 << (n + 9)))
    printf '{"bytes": %d, "components": {"app": %d, "platforms/kvm": %d}, "cpu_seconds": 1, "link_seconds": 1,
        "analysis": {"functions_kept": %d, "functions_total": 100, "components": 5}}' $((2 * b)) $b $b $((30 - n)) > "$d/report.json"
    printf 'argv\n>>> called by x.c:1 in f\n>>> reached from main (entry point)\n' > "$d/facts"
    {
        printf 'function\t1\tapp\tmain\t-\t-\t-\tkept for\t-\n'
        printf 'function\t1\tapp\tmiddle:app\t-\t0\t0\tcalled by\tx.c:1\n'
        printf 'function\t1\tplatforms/kvm\tleaf\t-\t1\t1\tcalled by\tx.c:2\n'
        for ((i = 1; i <= n; i++)); do printf 'function\t1\tlibpool/x\tuc_sys_c%02d\t-\t1\t1\tcalled by\tx.c:3\n' $i; done
    } > "$d/reached"
done
unicore-eval --survey -q -t kvm-x86_64 -o out --json s.json || exit
jq -r '.targets[0] as $t | ($t.bytes_predictors | map({key: .name, value: .}) | from_entries) as $p |
    "enough: \($t.syscalls_enough | "\(.["50"]) \(.["80"]) \(.["95"]) \(.["100"])")",
    ($t.classes[0].bytes | "median: \(.median) (from \(.low) to \(.high)), \(.coverage * 10000 | round / 10000)"),
    ($p["bytes of the program in the image"] | "program: spearman \(.spearman.value) (\(.spearman.low) to \(.spearman.high)), slope \(.slope.value * 100 | round / 100 | if . == 1 then "1.0" else . end), r2 \(.r2.value * 100 | round / 100 | if . == 1 then "1.0" else . end), n \(.n)"),
    ($p["functions kept"] | "functions: spearman \(.spearman.value) (\(.spearman.low) to \(.spearman.high)), n \(.n)"),
    ($p["system calls"] | "calls: spearman \(.spearman.value), slope \(if .slope.value > 3 then "larger" else .slope.value end)"),
    "components: \($p["components"] // "none")",
    ($t.programs[0].reasons | "chain: \(.["platforms/kvm"])", "fact: \(.argv)")' s.json
unicore-eval --survey -q -t kvm-x86_64 -o out --json s2.json
cmp s.json s2.json && echo 'again: the same'
