/*
 * A program that only prints: the whole of `pick`, the start-up order, and
 * the same bytes from a second run. flush.bc is there although nothing that
 * runs names it: a function that nobody calls does, as in musl.
 *
 * RUN: %S/Inputs/mkpool.sh %t.pool
 * RUN: %S/Inputs/analyze.sh %t.pool %t %s
 * RUN: FileCheck %s --match-full-lines < %t/pick
 * RUN: FileCheck %s --check-prefix=INIT < %t/init.c
 * RUN: FileCheck %s --check-prefix=FACTS --match-full-lines < %t/facts
 * RUN: FileCheck %s --check-prefix=CONFIG < %t/unicore.config
 * RUN: %S/Inputs/analyze.sh %t.pool %t.again %s
 * RUN: for f in pick facts init.c config.h unicore.config; do \
 * RUN:     cmp %t/$f %t.again/$f; done
 */
int puts(const char *);

int main(void)
{
    return puts("hello");
}
/*
 * CHECK:      target test-x86_64
 * CHECK-NEXT: component libpool/libc/musl role=libc
 * CHECK-NEXT: module libpool/libc/musl/exit.bc
 * CHECK-NEXT: module libpool/libc/musl/flush.bc
 * CHECK-NEXT: module libpool/libc/musl/puts.bc
 * CHECK-NEXT: module libpool/libc/musl/start.bc
 * CHECK-NEXT: module libpool/libc/musl/write.bc
 * CHECK-NEXT: component libpool/posix/core role=posix
 * CHECK-NEXT: module libpool/posix/core/core.bc
 * CHECK-NEXT: component platforms/test role=platform
 * CHECK-NEXT: object platforms/test/entry.o
 * CHECK-NEXT: knob HEAP_CHECK 0
 * CHECK-NEXT: knob THREADS 0
 * CHECK-NEXT: drop start_threads
 * CHECK-NEXT: value main 0 5
 * CHECK-NEXT: value puts 0 5
 * CHECK-NEXT: value uc_start 3 5
 * CHECK-NEXT: device test-net
 * CHECK-NOT:  {{.}}
 *
 * INIT:      void uc_init(void){{$}}
 * INIT-NEXT: {
 * INIT-NEXT: uc_early_init(); /* 10: libpool/posix/core *
 * INIT-NEXT: uc_files_init(); /* 20: libpool/posix/core *
 *
 * FACTS:      libcall puts
 * FACTS-NEXT: >>> called by hello.c:{{[0-9]+}} in main
 * FACTS-NEXT: >>> reached from main (entry point)
 * FACTS-NEXT: stdout
 *
 * CONFIG:      # threads ? 2 : 0
 * CONFIG-NEXT: # CONFIG_HEAP_CHECK is not set
 */
