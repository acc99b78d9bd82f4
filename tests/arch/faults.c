/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * faults.c: --faults, on an architecture that QEMU's user mode runs: what a
 * program handles is its own, what it sends itself is no fault, what it dies of
 * is named; without the option, that there is one is.
 *
 * RUN: unicore-specialize -q -t linuxu-arm -o %t %s
 * RUN: unicore-run --faults %t/faults/linuxu-arm/image 2>&1 | FileCheck %s --check-prefix=HANDLED
 * RUN: not unicore-run --faults %t/faults/linuxu-arm/image kill > %t/out 2>&1
 * RUN: FileCheck %s --check-prefix=KILL < %t/out
 * RUN: not unicore-run --faults %t/faults/linuxu-arm/image die > %t/out 2>&1
 * RUN: FileCheck %s --check-prefix=DIE < %t/out
 * RUN: not unicore-run %t/faults/linuxu-arm/image die > %t/out 2>&1
 * RUN: FileCheck %s --check-prefix=UNASKED < %t/out
 *
 * HANDLED: 100 handled, 100 counted
 * HANDLED-NOT: unicore: fault
 * KILL: 100 handled, 100 counted
 * KILL-NOT: unicore: fault
 * DIE: 100 handled, 100 counted
 * DIE: unicore: fault 14 {{.*}} address=10
 * DIE-NEXT: >>> in die
 * DIE-NEXT: >>> access at 0x10, where nothing is mapped: a null pointer
 * UNASKED: 100 handled, 100 counted
 * UNASKED-NOT: unicore: fault
 * UNASKED: note: unicore-run --faults says
 */
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static sigjmp_buf back;
static volatile int counted;
static int *volatile nowhere = (int *)16;

static void on_fault(int sig)
{
    (void)sig;
    siglongjmp(back, 1);
}

static void on_signal(int sig)
{
    (void)sig;
    counted++;
}

__attribute__((noinline)) static void die(void)
{
    *nowhere = 1;
}

int main(int argc, char **argv)
{
    volatile int handled = 0;

    signal(SIGSEGV, on_fault);
    signal(SIGUSR1, on_signal);
    for (volatile int i = 0; i < 100; i++) {
        raise(SIGUSR1);
        if (sigsetjmp(back, 1))
            handled++;
        else
            die();
    }
    printf("%d handled, %d counted\n", handled, counted);
    fflush(stdout);
    signal(SIGSEGV, SIG_DFL);
    if (argc > 1 && !strcmp(argv[1], "kill"))
        kill(getpid(), SIGSEGV);
    if (argc > 1)
        die();
    return 0;
}
