#!/bin/bash
# unicore-eval --experiment: what is wrong in a file is said with its line and the
# nearest name; what a file describes is made, measured, written with where it is
# from, and not measured again; one that is killed leaves no process, and goes on;
# a changed figure is told from the earlier run's.
#
# RUN: rm -rf %t && mkdir %t && bash %s %t %root
set -eu
cd "$1"
say() { echo "$*"; exit 1; }

# ---- a bad file ----
cat > bad.exp << 'END'
app      hello-itn
target   kvm-x86_65
variant  --without cutz
variant  --assume signalz
variant  --withuot cuts
metric   byte
repeat   0
against  glib
colour   red
END
! unicore-eval --experiment bad.exp 2> err || say "a bad file is taken"
for want in "bad.exp:1: \`hello-itn' is no program of the corpus; the nearest is \`hello-int'" \
    "bad.exp:2: \`kvm-x86_65' is no target; the nearest is \`kvm-x86_64'" \
    "bad.exp:3: \`cutz' is no switch, cut or knob; the nearest is \`cuts'" \
    "bad.exp:4: \`signalz' is no fact; the nearest is \`signals'" \
    "bad.exp:5: \`--withuot' found, expected --without" \
    "bad.exp:6: \`byte' is no metric; the nearest is \`bytes'" \
    "bad.exp:7: repeat: \`0' found, expected a number" \
    "bad.exp:8: \`glib' is no kind of eval/against; the nearest is \`glibc'" \
    "bad.exp:9: \`colour' found, expected title, app, target"; do
    grep -qF "error: $want" err || { cat err; say "not said: $want"; }
done
[ "$(wc -l < err)" = 9 ] || { cat err; say "more is said"; }
echo 'target kvm-x86_64' > empty.exp
! unicore-eval --experiment empty.exp 2> err
grep -q "error: empty.exp: no .app. line" err
! unicore-eval --experiment none.exp 2> err
grep -q 'none.exp' err

! unicore-eval --experiment bad.exp -t kvm-x86_64 2> err
grep -q 'error: --experiment: its file says' err || say "-t is ignored"

# ---- a good one ----
cat > small.exp << 'END'
title    What do its cuts save?
app      hello-int
target   linuxu-x86_64
variant  --without cuts --without knobs
variant  --without slots
against  musl-lto
metric   bytes parts to_output link_seconds
repeat   3
END
unicore-eval --experiment small.exp -o out --csv a.csv --json a.json > text 2> err || { cat err; say "failed"; }
[ -z "$(find out -name image)" ] || say "images are left"
grep -q '^What do its cuts save?$' text
sample() { jq -r ".samples[] | select(.variant == \"$1\") | $2" a.json; }
[ "$(jq '[.samples[] | .result] | sort | join(" ")' a.json)" = '"equal equal equal same"' ] || say "results"
jq -e '.samples[0] | [to_entries[] | select(.key | startswith("bytes_")).value] | add == $b' --argjson b \
    "$(sample baseline .bytes)" a.json > /dev/null || say "the parts are not the file"
jq -e '.samples[0].of_components | to_entries | map(.value) | add == $b' --argjson b \
    "$(sample baseline .bytes)" a.json > /dev/null || say "the components are not the file"
[ "$(sample 'without cuts, without knobs' .bytes)" -gt "$(sample baseline .bytes)" ] || say "no larger"
[ "$(sample 'against musl-lto' .bytes)" -gt "$(sample baseline .bytes)" ] || say "musl-lto is no larger"
jq -e '.samples[0].link_seconds | .all | length == 3' a.json > /dev/null || say "not three"
jq -e '.samples[0].link_seconds | .low <= .median and .median <= .high and .coverage == 0.75' a.json > /dev/null || say "interval"
for key in commit clang qemu processor pools; do
    jq -e ".origin.$key != null" a.json > /dev/null || say "no $key"
done
[ "$(jq -r .experiment.hash a.json | wc -c)" = 33 ] || say "no hash"
grep -q '^hello-int,linuxu-x86_64,"without cuts, without knobs",' a.csv || say "csv"
grep -q 'link_seconds,link_seconds_low,link_seconds_high,result,why$' a.csv || say "the head of csv"

# ---- what a program of a kind has not ----
printf 'app microsocks\nagainst linux\nmetric bytes\n' > none.exp
unicore-eval --experiment none.exp -o none --csv none.csv > text 2> err || { cat err; say "no figure is a failure"; }
grep -q '^microsocks,kvm-x86_64,baseline,[0-9]*,equal,$' none.csv || { cat none.csv; say "baseline"; }
grep -q '^microsocks,kvm-x86_64,against linux,,none,"against: microsocks: linux: a server: .*"$' none.csv || { cat none.csv; say "none"; }

# ---- again: nothing is made, and compared it is the same ----
touch mark
unicore-eval --experiment small.exp -o out --compare a.json > text
[ -z "$(find out -newer mark -name sample.json)" ] || say "made again"
grep -q 'exact figures: [1-9][0-9]* equal, 0 not' text || { cat text; say "compare"; }
jq '.samples[1].bytes += 1 | .origin.qemu = "none"' a.json > b.json
! unicore-eval --experiment small.exp -o out --compare b.json > text 2> err || say "a difference is none"
grep -q 'without cuts, without knobs: bytes: was' text || { cat text; say "the difference is not told"; }
grep -q 'qemu: was "none", is' text || say "nor is QEMU's"

# ---- killed, it leaves nothing, and goes on ----
unicore-eval --experiment small.exp -o killed --keep > /dev/null 2>&1 &
pid=$!
for ((i = 0; i < 300; i++)); do
    [ ! -d killed/small/hello-int-linuxu-x86_64/baseline ] || break
    sleep 0.1
done
kill $pid
wait $pid 2> /dev/null || :
for ((i = 0; i < 50; i++)); do
    pgrep -f "$PWD/killed" > /dev/null || break
    sleep 0.1
done
! pgrep -af "$PWD/killed" || say "processes are left"
unicore-eval --experiment small.exp -o killed --json c.json > /dev/null 2> err || { cat err; say "does not go on"; }
[ "$(jq '[.samples[].bytes]' a.json)" = "$(jq '[.samples[].bytes]' c.json)" ] || say "other figures"
