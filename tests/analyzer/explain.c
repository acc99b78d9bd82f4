/*
 * --explain for a function, data, a dropped function, a component, a knob, a
 * fact that holds, one that does not, a section, a source file of the program
 * and of the pool, all bytes, and a name that is nothing. Without a map the
 * bytes are estimates, and said to be; with one they are its own.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s --explain deep --explain table \
 * RUN:     --explain lonely --explain libpool/posix/core \
 * RUN:     --explain HEAP_CHECK --explain env --explain fork \
 * RUN:     | FileCheck %s
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s --explain .text \
 * RUN:     --explain explain.c --explain misc.c --explain BYTES \
 * RUN:     | FileCheck %s --check-prefix=PART
 * RUN: (echo bytes 1000; echo at 0x0 700 .text app deep:app; \
 * RUN:     echo at 0x2bc 290 .text app main; \
 * RUN:     echo at 0x3de 10 .text libpool/libc/musl getenv; \
 * RUN:     echo zero 0x2000 64 .bss app table:app) > %t.map
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s --map %t.map --explain middle \
 * RUN:     --explain deep --explain .text --explain .bss --explain BYTES \
 * RUN:     | FileCheck %s --check-prefix=MAP
 * RUN: not %S/Inputs/analyze.sh %t.pool %t %s --explain nonesuch 2>&1 \
 * RUN:     | FileCheck %s --check-prefix=NONE
 */
char *getenv(const char *);
static float lonely(float f) { return f; }
static struct { long n; float (*f)(float); } table = {3, lonely};
static int deep(int n) { return getenv("A") ? n : deep(n - 1); }
static int middle(int n) { return deep(n) + (int)table.n; }
int main(void) { return middle(3); }
/*
 * CHECK:      deep: function of the program
 * CHECK-NEXT: >>> called by explain.c:[[#@LINE-4]] in middle
 * CHECK-NEXT: >>> called by explain.c:[[#@LINE-4]] in main
 * CHECK-NEXT: >>> reached from main (entry point)
 * CHECK-NEXT: >>> also called by explain.c:[[#@LINE-8]] in deep
 * CHECK:      table: data of the program
 * CHECK:      used by explain.c:{{[0-9]+}} in middle
 * CHECK:      lonely: dropped: its address is taken
 * CHECK-NEXT: >>> named in the data of table
 * CHECK:      libpool/posix/core: component, role posix
 * CHECK:      HEAP_CHECK: knob, 0
 * CHECK-NEXT: >>> = threads ? 2 : 0
 * CHECK-NEXT: >>> threads is false
 * CHECK:      env: fact, holds
 * CHECK-NEXT: >>> called by explain.c:{{[0-9]+}} in deep
 * CHECK:      fork: fact, does not hold
 * PART: .text: section, about {{[0-9]+}} bytes, {{[0-9]+}} parts
 * PART: >>> middle of app, {{[0-9]+}} bytes, {{.*}} %: called by explain.c:
 * PART: note: goes if all its parts go
 * PART-NEXT: note: saves about
 * PART: explain.c: file of the program, 3 of 4 functions reached, about
 * PART-NEXT: >>> first needed for main
 * PART: >>> main: called by
 * PART: note: saves about {{[0-9]+}} bytes{{.*}} by estimate: {{.*}} more parts
 * PART: misc.c: file of libpool/libc/musl, {{.}} of {{.}} functions reached
 * PART: >>> getenv: called by explain.c:{{[0-9]+}} in deep
 * PART: BYTES: about {{[0-9]+}} by estimate
 * PART: >>> app: {{[0-9]+}} bytes, {{.*}} %
 *
 * MAP: middle: function of the program ({{.*}}), no bytes of its own: inlined
 * MAP: note: saves 710 bytes and 64 of memory by image.map: deep 700, getenv 10
 * MAP: note: and about {{[0-9]+}} bytes that were inlined elsewhere or merged
 * MAP: deep: function of the program ({{.*}}), 700 bytes
 * MAP: note: goes with any of middle, main
 * MAP: note: saves 710 bytes by image.map: deep 700, getenv 10
 * MAP: .text: section, 1000 bytes of 1000, 100.0 %, 3 parts
 * MAP-NEXT: >>> deep of app, 700 bytes, 70.0 %: called by explain.c:
 * MAP: .bss: section, 64 bytes of memory, none in the file, 1 parts
 * MAP: BYTES: 1000 by image.map
 * MAP-NEXT: >>> app: 990 bytes, 99.0 %
 * MAP-NEXT: >>> libpool/libc/musl: 10 bytes, 1.0 %
 * MAP-NEXT: >>> deep of app, 700 bytes, 70.0 %: called by
 *
 * NONE: error: --explain nonesuch: no function, variable, component, role,
 */
