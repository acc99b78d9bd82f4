/* SPDX-License-Identifier: BSD-2-Clause */
/* kinds.h: of exceptions, as trap.S notes them. */
#ifndef UC_KINDS_H
#define UC_KINDS_H

#define KIND_UNDEFINED 1
#define KIND_CALL 2
#define KIND_PREFETCH 3
#define KIND_DATA 4
#define KIND_INTERRUPT 5

#endif
