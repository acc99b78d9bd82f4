/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * linux.c: every system call that is not about paths, as the instruction.
 * Numbers are the kernel headers'; the list is uc/sys.def. Functions nobody
 * calls are dropped by the linker. Older calls: <arch>/old.c.
 */
#include <asm/unistd.h>
#include <uc/raw.h>
#include <uc/sys.h>

#define SYS(n, name) UC_FORWARD(n, name)
#define SYS_WAIT(n, name) UC_FORWARD_WAIT(n, name)
#include <uc/sys.def>

long uc_syscall(long number, long a[6])
{
    return uc_raw6(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}
