/* SPDX-License-Identifier: BSD-2-Clause */
/* old.c: the system calls that only the older tables have, as in linux.c. */
#include <asm/unistd.h>
#include <uc/raw.h>
#include <uc/sys.h>

#define SYS_OLD(n, name) UC_FORWARD(n, name)
#define SYS_OLD_WAIT(n, name) UC_FORWARD_WAIT(n, name)
#include <uc/sys.def>
