/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of riscv64 (see uc/raw.h). */
#ifndef UC_RISCV64_RAW_H
#define UC_RISCV64_RAW_H

#define UC_RAW "ecall"
#define UC_RAW_CLOBBERS "memory"
#define UC_RAW_NUMBER(n) register long number __asm__("a7") = n
#define UC_RAW_A "a0"
#define UC_RAW_B "a1"
#define UC_RAW_C "a2"
#define UC_RAW_D "a3"
#define UC_RAW_E "a4"
#define UC_RAW_F "a5"

#include <uc/raw_first.h>

#endif
