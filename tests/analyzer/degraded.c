/*
 * A system call that no component has: the image answers ENOSYS, and the
 * chain says who asks; --strict makes it an error.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s
 * RUN: FileCheck %s --check-prefix=PICK < %t/pick
 * RUN: FileCheck %s --check-prefix=FACT < %t/facts
 * RUN: FileCheck %s --check-prefix=JSON < %t/analyze.json
 * RUN: not %S/Inputs/analyze.sh %t.pool %t.s %s --strict 2>&1 \
 * RUN:     | FileCheck %s --check-prefix=STRICT
 */
int fork(void);

static int start(void) { return fork(); }
int main(void) { return start(); }
/*
 * PICK: nosys uc_sys_fork
 * FACT: {{^}}degraded fork
 * FACT-NEXT: >>> called by libpool/libc/musl/misc.c:{{[0-9]+}} in fork
 * FACT-NEXT: >>> called by degraded.c:{{[0-9]+}} in start
 * FACT-NEXT: >>> called by degraded.c:{{[0-9]+}} in main
 * FACT: {{^}}fork{{$}}
 * JSON: "name": "fork"
 * STRICT: error: needs fork, which no component provides (--strict)
 * STRICT-NEXT: >>> called by
 */
