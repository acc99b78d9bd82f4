/* SPDX-License-Identifier: BSD-2-Clause */
/* registers.h: what trap.S keeps of the interrupted code. */
#ifndef UC_REGISTERS_H
#define UC_REGISTERS_H

#include <stdint.h>

struct trap {
    uint64_t x[31], sp, pc, state, hole[2];
};

#define TRAP_REGISTERS 31
#define TRAP_REGISTER(t, i) ((t)->x[i])
#define TRAP_FIRST 0
#define TRAP_NAME 'x'

#endif
