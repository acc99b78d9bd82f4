#!/bin/bash
# unicore-eval --ablate: a row for each switch, and each image prints the right
# output. No row is smaller than the baseline, but for those listed here, which
# are findings: a means that costs bytes in this program.
#
# RUN: bash %s %t %root
set -eu
mkdir -p "$1" && cd "$1"
say() { echo "$*"; exit 1; }
unicore-eval --ablate -q -t linuxu-x86_64 --only without --only format_float \
    --only syscall -o out --csv rows.csv \
    --json rows.json hello-int > table || { cat table; say "failed"; }
[ -z "$(find out -name image)" ] || say "images are left"

# Every switch, a cut, a knob and a fact have a row, after the baseline.
sed -n 2p rows.csv | grep -q '^hello-int,linuxu-x86_64,baseline,' ||
    say "the baseline is not first"
for name in $(unicore-analyze --without help | sed -n 's/^  \([a-z]*\) .*/\1/p'); do
    grep -q ",without $name," rows.csv || say "no row: without $name"
done
for row in 'without _printf_float' 'without ARGS' 'assume format_float'; do
    grep -q ",$row," rows.csv || say "no row: $row"
done
! grep -v '^program,' rows.csv | grep -Ev ',(equal|same),$' ||
    say "an image does something else"
[ "$(jq ".samples | length" rows.json)" = $(($(wc -l < rows.csv) - 1)) ]

# What is known to cost: kinds that this program uses, each by more bytes.
bytes() { awk -F, -v row="$1" '$3 == row { print $4 }' rows.csv; }
for row in 'without cuts' 'without consts' 'without newlib' 'without fold' \
    'assume format_float' 'assume syscall'; do
    [ "$(bytes "$row")" -gt "$(bytes baseline)" ] ||
        say "$row: $(bytes "$row") bytes, baseline $(bytes baseline)"
    grep -q "^$row  *.*+" table || say "the table lacks $row"
done

# seal: functions that are called from one place go there, though some of the
# callers then have more to save. roles: the smaller one by estimate is not.
smaller=$(jq -r '(.samples[0].bytes) as $all | .samples[] | select(.bytes < $all) | .variant' \
    rows.json | sort | tr '\n' ';')
[ "$smaller" = 'without roles;without seal;' ] ||
    say "smaller than the baseline: $smaller"
[ "$(grep -c '  smaller$' table)" = 2 ] || { cat table; say "not said"; }

# The order of the words; a program that does not exist; no experiment.
unicore-eval --ablate -q -t linuxu-x86_64 -o out --only slots hello-int |
    grep -q '^the same image: without slots;' || say "--only"
! unicore-eval --ablate nonsense 2> err
grep -q 'error: nonsense: no program of the corpus' err
! unicore-eval hello-int 2> err
grep -q 'error: no experiment given: --experiment, --ablate' err
