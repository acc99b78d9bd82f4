/* SPDX-License-Identifier: BSD-2-Clause */
/* registers.h: what trap.S keeps of the interrupted code. */
#ifndef UC_REGISTERS_H
#define UC_REGISTERS_H

/* offsets in struct trap */
#define TRAP_SP 8 /* x2 */
#define TRAP_PC 248
#define TRAP_STATE 256
#define TRAP_STACK 264
#define TRAP_SIZE 272

#ifndef __ASSEMBLER__
#include <stdint.h>

struct trap {
    uint64_t ra, sp, x[29], pc, state;
    uint64_t stack; /* sscratch, for the next exception */
};

#define TRAP_REGISTERS 31
#define TRAP_REGISTER(t, i) ((i) < 2 ? (&(t)->ra)[i] : (t)->x[(i) - 2])
#define TRAP_FIRST 1
#define TRAP_NAME 'x'
#endif

#endif
