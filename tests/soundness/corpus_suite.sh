# corpus/suite: the results of a tree's tests, with the program that was built and
# with others in its place; tests that never start it, or make it again, have no
# results.
#
# RUN: rm -rf %t && mkdir %t && sh %s %root/corpus/suite %t > %t/said
# RUN: FileCheck %s < %t/said
# CHECK: built
# CHECK-NEXT: PASS: as user 1000
# CHECK-NEXT: PASS: sum
# CHECK-NEXT: suite 1: exit code 0
# CHECK-NEXT: suite 2: exit code 3
# CHECK-NEXT: wrong
# CHECK-NEXT: FAIL: sum
# CHECK-NEXT: PASS: as user 1000
# CHECK-NEXT: suite 1: exit code 0
# CHECK-NEXT: suite 2: exit code 3
# CHECK-NEXT: faults
# CHECK-NEXT: FAIL: sum
# CHECK-NEXT: PASS: as user 1000
# CHECK-NEXT: fault: Segmentation fault
# CHECK-NEXT: fault: unicore: fault 14
# CHECK-NEXT: suite 1: exit code 0
# CHECK-NEXT: suite 2: exit code 3
# CHECK-NEXT: says no verdict
# CHECK-NEXT: = 2
# CHECK-NEXT: = an error is a line, too
# CHECK-NEXT: = suite 1: exit code 0
# CHECK-NEXT: not started
# CHECK-NEXT: the tests do not start {{.*}}/tree/tool
# CHECK-NEXT: 2
# CHECK-NEXT: made again
# CHECK-NEXT: the tests made {{.*}}/tree/tool again
# CHECK-NEXT: 2
# CHECK-NEXT: a device
# CHECK-NEXT: PASS: /dev/null stays
# CHECK-NEXT: suite 1: exit code 0
# CHECK-NEXT: the tree: check.sh tool
set -e
suite=$1
cd "$2"
mkdir tree
printf '#!/bin/sh\necho $((1 + 1)) # built\n' > tree/tool
printf '#!/bin/sh\necho $((1 + 2)) # other\n' > wrong
chmod +x tree/tool wrong
cp tree/tool native
cat > tree/check.sh <<'END'
touch made
[ "$(./tool)" = 2 ] && echo "PASS: sum" || echo "FAIL: sum"
echo "PASS: as user $(id -u)"
END
printf '# suite  echo PASS: a remark\nsuite  sh check.sh\nsuite  exit 3\n' > app
printf 'suite  ./tool; echo an error is a line, too\n' > plain
printf 'suite  echo PASS: nothing\n' > idle
echo built
"$suite" app tree native 2> log
echo wrong
"$suite" app tree native wrong 2> log
echo faults
printf '#!/bin/sh\necho unicore: fault 14 >&2\nkill -SEGV $$\n' > faults
chmod +x faults
"$suite" app tree native faults 2> log
echo says no verdict
"$suite" plain tree native 2> log
echo not started
code=0
"$suite" idle tree native 2> log || code=$?
sed -n 's/.*: \(the tests do\)/\1/p' log
echo $code
echo made again
printf 'suite  cp tool old; rm tool; cp ../native tool; ./tool; echo PASS: it\n' > makes
code=0
"$suite" makes tree native wrong 2> log || code=$?
sed -n 's/.*: \(the tests made\)/\1/p' log
echo $code
echo a device
printf 'suite  ./tool; grep -q " /dev/null " /proc/self/mountinfo && ! rm -f /dev/null && [ -c /dev/null ] && echo PASS: /dev/null stays\n' > device
"$suite" device tree native 2> log
echo "the tree: $(ls tree | tr '\n' ' ')"
