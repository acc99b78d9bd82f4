# corpus/judge: what passes on Linux has to be there; a failure, a skipped test or a
# fault that the image alone has is a difference, though all that passes is there; so is
# any line of a suite without verdicts. One answer for a whole suite is a run. What
# an app file says to be missing may be, and has to be.
#
# RUN: rm -rf %t && mkdir %t && sh %s %root/corpus/judge %t > %t/said
# RUN: FileCheck %s < %t/said
# CHECK: equal: t: 2 of 2 verdicts equal
# CHECK-NEXT: equal: 0
# CHECK-NEXT: passes by now: t: 2 of 2 verdicts equal
# CHECK-NEXT: passes by now: 0
# CHECK-NEXT: one lacks: t: 1 of 2 verdicts equal
# CHECK-NEXT: one lacks: 1
# CHECK-NEXT: a failure more: t: 2 of 2 verdicts equal
# CHECK-NEXT: a failure more: 1
# CHECK-NEXT: a skipped one more: t: 2 of 2 verdicts equal
# CHECK-NEXT: a skipped one more: 1
# CHECK-NEXT: a fault more: t: 2 of 2 verdicts equal
# CHECK-NEXT: a fault more: 1
# CHECK-NEXT: another exit code: t: 2 of 2 verdicts equal
# CHECK-NEXT: another exit code: 1
# CHECK-NEXT: as the app file says: t: 1 of 2 verdicts equal
# CHECK-NEXT: as the app file says: 0
# CHECK-NEXT: not as it says: t: reached by now: suite-fails /^PASS: b/
# CHECK-NEXT: not as it says: t: 2 of 2 verdicts equal
# CHECK-NEXT: not as it says: 1
# CHECK-NEXT: lines: t: 2 of 2 lines equal
# CHECK-NEXT: lines: 0
# CHECK-NEXT: a line more: t: 2 of 2 lines equal
# CHECK-NEXT: a line more: 1
# CHECK-NEXT: one answer: t: 1 of 1 runs equal
# CHECK-NEXT: one answer: 0
# CHECK-NEXT: another answer: t: 0 of 1 runs equal
# CHECK-NEXT: another answer: 1
# CHECK-NEXT: none passes: t: error: no test passes on Linux
# CHECK-NEXT: none passes: 2
set -e
judge=$1
cd "$2"
# is WHAT: native's and image's lines, of the files
is() {
    code=0
    sort native > n
    sort image > i
    "$judge" "${2:-plain}" t linuxu-x86_64 n i > judged 2>&1 || code=$?
    # the differences themselves are for a reader
    grep '^t: ' judged | grep -v 'differs from Linux' | sed "s/^/$1: /"
    [ $code != 1 ] || grep -q . judged
    echo "$1: $code"
}
lines() { printf '%s\n' "$@"; }
echo 'suite make check' > plain
printf 'suite make check\nsuite-fails /^PASS: b/ why\n' > excused

lines 'PASS: a' 'PASS: b' 'FAIL: c' 'suite 1: exit code 0' > native
cp native image
is equal
lines 'PASS: a' 'PASS: b' 'PASS: c' 'suite 1: exit code 0' > image
is 'passes by now'
lines 'PASS: a' 'FAIL: c' 'suite 1: exit code 0' > image
is 'one lacks'
lines 'PASS: a' 'PASS: b' 'FAIL: c' 'FAIL: d' 'suite 1: exit code 0' > image
is 'a failure more'
lines 'PASS: a' 'PASS: b' 'FAIL: c' 'SKIP: d' 'suite 1: exit code 0' > image
is 'a skipped one more'
lines 'PASS: a' 'PASS: b' 'FAIL: c' 'fault: Segmentation fault' 'suite 1: exit code 0' > image
is 'a fault more'
lines 'PASS: a' 'PASS: b' 'FAIL: c' 'suite 1: exit code 2' > image
is 'another exit code'
lines 'PASS: a' 'FAIL: c' 'suite 1: exit code 0' > image
is 'as the app file says' excused
cp native image
is 'not as it says' excused
lines '= x' '= an error' '= suite 1: exit code 0' > native
cp native image
is lines
lines '= x' '= y' '= an error' '= suite 1: exit code 0' > image
is 'a line more'
lines 'all tests ok' 'suite 1: exit code 0' > native
cp native image
is 'one answer'
lines 'suite 1: exit code 2' > image
is 'another answer'
lines '0 passed, 3 failed' 'suite 1: exit code 0' > native
is 'none passes'
