#!/bin/bash
# What compare.py must find. All that happened here is allowed; without the line
# of the analysis that allows it, each is an error of its own, and nothing else.
#
# RUN: rm -rf %t && mkdir -p %t && cd %t && bash %s %root/tests/soundness/tools/compare.py > o; FileCheck --match-full-lines %s < o
# CHECK:      all: 2 functions ran of 2 kept of 3, 2 indirect calls went to 3 targets, 2 system calls, 4 formats, 2 opens, 1 signals: 0 not foreseen
# CHECK-NEXT: main ran, but is not kept
# CHECK-NEXT: step:app.2 ran, but is not kept
# CHECK-NEXT: indirect call 0 of main ran, but is not known to
# CHECK-NEXT: indirect call 1 of main went to step:app.2, which is not among its targets
# CHECK-NEXT: indirect call 1 of main went to free, which is not among its targets
# CHECK-NEXT: system call fork was made, but is not reached
# CHECK-NEXT: system call read was made, but is not reached
# CHECK-NEXT: printf "%*2$d %g" was used, but format_float is no fact
# CHECK-NEXT: printf "%*2$d %g" was used, but format_positional is no fact
# CHECK-NEXT: printf "%ls %%" was used, but format_wide is no fact
# CHECK-NEXT: scanf "%ms" was used, but scan_allocate is no fact
# CHECK-NEXT: printf "%m" was used, but format_error is no fact
# CHECK-NEXT: a.txt was opened (rdonly), but no fact says so
# CHECK-NEXT: b.txt was opened (write), but no fact says so
# CHECK-NEXT: b.txt was opened to write, but file_write is no fact
# CHECK-NEXT: signal 2 got a handler, but no fact says so
# CHECK-NEXT: nothing was recorded
set -u
compare() { # TITLE FILE EXPRESSION: without the part that the expression takes
    mkdir -p a
    cp reach a/x.reach; cp sites a/x.sites; cp facts pick a; cp happened a/happened
    [ $# -eq 1 ] || sed -i "$3" "a/$2"
    python3 "$tool" "$1" a/happened . calls a a/x | sed 's/^gone: error: //; /^gone:/d'
}
tool=$1
printf '%s\n' 'run main' 'run step:app.2' 'call main 0 1000' 'call main 1 1000' \
    'call main 1 2000' 'printf %*2$d %g' 'printf %ls %%' 'printf %m' 'scanf %ms' \
    'open rdonly a.txt' 'open write b.txt' 'signal 2' > happened
printf '%s\n' '0000000000001000 t step:app.2' '0000000000002000 T free' > names
printf '%s\n' main step:app.2 never > functions
printf '%s\n' vfork readv brk > calls
printf 'reach: %s\n' main step:app.2 uc_sys_fork > reach
printf 'site: %s\n' 'main 0 step:app.2' 'main 1 step:app.2 free' > sites
printf '%s\n' 'format_error' 'format_float' 'format_positional "%*2$d"' format_wide \
    printf scanf scan_allocate 'opens a.txt rdonly' 'opens b.txt write' file_write \
    'signals 2' > facts
printf '%s\n' 'nosys uc_sys_read' > pick
compare all
for i in 'x.reach /main/d' 'x.reach /step/d' 'x.sites /main 0/d' \
    'x.sites s/1 step:app.2/1/' 'x.sites s/ free//' 'x.reach /fork/d' 'pick d' \
    'facts /format_float/d' 'facts /format_positional/d' 'facts /format_wide/d' \
    'facts /scan_allocate/d' 'facts /format_error/d' 'facts s/a.txt/c.txt/' \
    'facts /b.txt/d' 'facts /file_write/d' 'facts /signals/d' 'happened /run/d'; do
    compare gone "${i%% *}" "${i#* }"
done
