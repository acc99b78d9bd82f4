/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * hostfs.c: system calls on paths, answered by the Linux that the process
 * runs on. Goes with posix/linux, which has the calls on descriptors.
 */
#include <asm/unistd.h>
#include <uc/arch.h>
#include <uc/raw.h>
#include <uc/sys.h>

#define SYS_FILE(n, name) UC_FORWARD(n, name)
#define SYS_FILE_WAIT(n, name) UC_FORWARD_WAIT(n, name)
#define SYS_FILE_OLD(n, name) UC_OLD(UC_FORWARD, n, name)
#define SYS_FILE_OLD_WAIT(n, name) UC_OLD(UC_FORWARD_WAIT, n, name)
#define SYS_FILE_32(n, name) UC_32(UC_FORWARD, n, name)
#include <uc/sys.def>
UC_FORWARD(4, fchmodat2)
