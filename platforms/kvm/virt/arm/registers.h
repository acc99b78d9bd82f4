/* SPDX-License-Identifier: BSD-2-Clause */
/* registers.h: what trap.S keeps of the interrupted code. */
#ifndef UC_REGISTERS_H
#define UC_REGISTERS_H

/* kinds of exceptions, as trap.S notes them */
#define KIND_UNDEFINED 1
#define KIND_CALL 2
#define KIND_PREFETCH 3
#define KIND_DATA 4
#define KIND_INTERRUPT 5

#ifndef __ASSEMBLER__
#include <stdint.h>

struct trap {
    uint32_t r[13], sp, lr, pc, state, kind;
};

#define TRAP_REGISTERS 15
#define TRAP_REGISTER(t, i) ((t)->r[i])
#define TRAP_FIRST 0
#define TRAP_NAME 'r'
#endif

#endif
