/* SPDX-License-Identifier: BSD-2-Clause */
/* syscall_arch.h: as musl's, without instructions and without a vDSO. */
#define __SYSCALL_LL_E(x) (x)
#define __SYSCALL_LL_O(x) (x)
#define IPC_64 0
