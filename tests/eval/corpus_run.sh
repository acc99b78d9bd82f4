# corpus/run: where an image does something else than the program, every run is
# compared all the same, and what is kept for corpus/table says how many are equal.
# Here the program for Linux is another one.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root
set -eu
cd "$1"
say() { echo "$*"; exit 1; }
is() { [ "$(cat out/hello-int/linuxu-x86_64.said)" = "$1" ] || { cat out/hello-int/linuxu-x86_64.said; say "not kept: $1"; }; }
"$2/corpus/run" hello-int linuxu-x86_64 out > text || { cat text; say "the image differs"; }
is '0 hello-int linuxu-x86_64: 2 of 2 runs equal'
printf '#!/bin/sh\nseq 1000\n' > other
chmod +x other
report=$(ls out/hello-int/*/linuxu-x86_64/report.json)
jq --arg n "$PWD/other" '.native = $n' "$report" > new
mv new "$report"
! "$2/corpus/run" --check hello-int linuxu-x86_64 "$PWD/out" > text || say "no difference"
is '1 hello-int linuxu-x86_64: 0 of 2 runs equal'
[ "$(grep -c 'differs from Linux: run' text)" = 2 ] || { cat text; say "not two differences"; }
