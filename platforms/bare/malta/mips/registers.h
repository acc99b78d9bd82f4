/* SPDX-License-Identifier: BSD-2-Clause */
/* registers.h: what trap.S keeps of the interrupted code. */
#ifndef UC_REGISTERS_H
#define UC_REGISTERS_H

#include <stdint.h>

struct trap {
    union {
        uint32_t r[32]; /* without 26 and 27, which are the handlers' */
        struct {
            uint32_t to_sp[29], sp;
        };
    };
    uint32_t hi, lo, pc, state, cause, address;
};

#define TRAP_REGISTERS 32
#define TRAP_REGISTER(t, i) ((t)->r[i])
#define TRAP_FIRST 0
#define TRAP_NAME 'r'

#endif
