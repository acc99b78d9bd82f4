#!/bin/bash
# What the images of a batch have in common, as text, JSON, and a page that a
# browser shows: figures, and a row for each program.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root > %t.out 2>&1; FileCheck %s < %t.out
# CHECK: linuxu-x86_64: 2 programs
# CHECK-NEXT: console 2 programs, median [[#%u,B:]] bytes, of which system
# CHECK: system calls enough for 50 %: [[#%u,]]
# CHECK: 100 % platforms/linuxu
# CHECK: sums: true
# CHECK: page: 7 figures, 2 rows
# CHECK: unicore-eval: error: {{.*}}none: no images of unicore-batch there (its -o)
set -u
cd "$1"
unicore-batch -q -t linuxu-x86_64 -o batch hello hello-int > /dev/null
unicore-eval --survey -t linuxu-x86_64 -o batch --json survey.json | sed 's/  */ /g; s/^ //'
echo "sums: $(jq 'all(.[].programs[]; .bytes == .app_bytes + .libc_bytes + .system_bytes + .other_bytes)' survey.json)"
"$2/eval/page" survey.json page.html
chromium --headless --no-sandbox --disable-gpu --dump-dom "file://$PWD/page.html" 2> /dev/null > dom
echo "page: $(grep -c '<svg' dom) figures, $(grep -c '<details>' dom) rows"
unicore-eval --survey -o none
