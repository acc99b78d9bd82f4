/* SPDX-License-Identifier: BSD-2-Clause */
/* registers.h: what trap.S keeps of the interrupted code. */
#ifndef UC_REGISTERS_H
#define UC_REGISTERS_H

#include <stdint.h>

struct trap {
    uint32_t r[13], sp, lr, pc, state, kind;
};

#define TRAP_REGISTERS 15
#define TRAP_REGISTER(t, i) ((t)->r[i])
#define TRAP_NAME 'r'

#endif
