/* SPDX-License-Identifier: BSD-2-Clause */
/* trap.h: exceptions: what each architecture tells of them. */
#ifndef UC_TRAP_H
#define UC_TRAP_H

#include <stdbool.h>
#include <stdint.h>

#include "cpu.h"
#include "registers.h"

/* As x86_64 numbers them, which unicore-run explains. */
enum {
    FAULT_INSTRUCTION = 6,
    FAULT_PAGE = 14,
    FAULT_ALIGNMENT = 17,
    FAULT_MACHINE = 18,
    FAULT_FLOAT = 19,
};
enum { /* of a page: bits of `error` */
    FAULT_PRESENT = 1,
    FAULT_WRITE = 2,
    FAULT_FETCH = 16,
};

struct fault {
    unsigned vector, error;
    uintptr_t address;
};

/* <arch>/fault_read.c */
struct fault uc_fault_read(const struct trap *t);
/* From trap.S. */
void uc_trapped(struct trap *t, int interrupt);
_Noreturn void uc_fault(const struct trap *t, const struct fault *f);
/* exit.c: faults are that of a machine without semihosting. */
extern bool uc_leaving;
/* tick.c: an interrupt outside of halts. */
void uc_tick(struct trap *t);
/* <arch>/tick_divert.c: t will call uc_sched_preempted where it was. */
void uc_tick_divert(struct trap *t);

#endif
