/* SPDX-License-Identifier: BSD-2-Clause */
/* raw.h: the Linux system call instruction of aarch64 (see uc/raw.h). */
#ifndef UC_AARCH64_RAW_H
#define UC_AARCH64_RAW_H

#define UC_RAW "svc 0"
#define UC_RAW_CLOBBERS "memory"
#define UC_RAW_NUMBER(n) register long number __asm__("x8") = n
#define UC_RAW_A "x0"
#define UC_RAW_B "x1"
#define UC_RAW_C "x2"
#define UC_RAW_D "x3"
#define UC_RAW_E "x4"
#define UC_RAW_F "x5"

#include <uc/raw_first.h>

#endif
