#!/bin/bash
# What was captured and not used for 30 days goes, once a day, when something
# else is captured; what was used lately stays; UNICORE_CACHE_DAYS=0 keeps all.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t > %t/out 2>&1; FileCheck %s < %t/out
# CHECK: nothing may go: 3
# CHECK-NEXT: the old one went: 3
# CHECK-NEXT: the same day: 5
# CHECK-NEXT: what is used stays: 5
set -u
cd "$1"
real=${UNICORE_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/unicore}
export UNICORE_CACHE=$1/cache
mkdir cache
for x in pool sysroot prepared obj src apt; do # these take their time
    [ ! -e "$real/$x" ] || ln -s "$real/$x" cache/$x
done
cp -r "$real/stamp" "$real"/uapi-* cache/ && rm -f cache/stamp/prune-*
fake() { mkdir -p "cache/app/$1" && touch -d "$2" "cache/app/$1/done"; }
capture() { # NAME
    echo "int main(void) { return '$1'; }" > "$1.c"
    unicore-capture "$1.c" > /dev/null
}
tell() { echo "$1: $(find cache/app -mindepth 1 -maxdepth 1 | wc -l)"; }
fake old '40 days ago'
fake new '2 days ago'
UNICORE_CACHE_DAYS=0 capture a
tell 'nothing may go'
capture b
tell 'the old one went'
fake old '40 days ago'
capture c
tell 'the same day'
touch -d '40 days ago' cache/app/*/done
touch cache/app/new/done
for x in a b c; do capture $x; done
rm cache/stamp/prune-app
capture d
tell 'what is used stays'
