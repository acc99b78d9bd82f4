/*
 * Calls that kvm lacks, found by the pool's index, with the line and the
 * condition they stand under. read() is the control: the pool has it.
 *
 * RUN: rm -rf %t && mkdir -p %t/p && cp %s %t/p
 * RUN: %S/Inputs/scan.sh %t/pool %t/p | FileCheck %s
 */
#include <dlfcn.h>
#include <setjmp.h>
#include <signal.h>
#include <unistd.h>

#define MAKE_CHILD fork()

static void handler(int n)
{
    (void)n;
}

int main(void)
{
    static jmp_buf again;
    struct sigaction a = {handler};
    long n = read(0, &a, 1);
#ifdef __linux__
    fork();
#else
    vfork();
#endif
    MAKE_CHILD;
    dlopen("x", 0);
    setjmp(again);
    sigaction(11, &a, 0);
    sigaction(2, &a, 0);
    signal(8, handler);
    signal(7, (void (*)(int))0);
    syscall(0, 0, 0, 0);
    syscall(57);
    syscall(n);
    return 0;
}
/*
 * CHECK: p: 1 files, 2 functions, 0 files with errors; flags guessed
 * CHECK-NEXT: needs: nothing
 * CHECK-NEXT: degraded on kvm:
 * CHECK-NEXT: dynamic loading dlopen 1 images are static: it fails
 * CHECK-NEXT: calls.c:31: dlopen("x", 0);
 * CHECK-NEXT: fault handler SIGFPE 1
 * CHECK-NEXT: calls.c:35: signal(8, handler);
 * CHECK-NEXT: fault handler SIGSEGV 1 faults end the machine
 * CHECK-NEXT: calls.c:33: sigaction(11, &a, 0);
 * CHECK-NEXT: processes fork 2 no fork{{$}}
 * CHECK-NEXT: calls.c:26: fork();
 * CHECK-NEXT: under #if defined(__linux__)
 * CHECK-NEXT: calls.c:30: MAKE_CHILD;
 * CHECK-NEXT: syscall() fork 1 no fork
 * CHECK-NEXT: calls.c:38: syscall(57);
 * CHECK-NEXT: notes:
 * CHECK-NEXT: jumps: setjmp 1
 * CHECK-NEXT: calls.c:32: setjmp(again);
 * CHECK-NEXT: signals: sigaction 2, signal 2
 * CHECK: syscall(): ? 1 (number not constant: all calls stay), read 1
 * CHECK-NOT: read(0
 */
