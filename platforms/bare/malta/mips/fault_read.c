/* SPDX-License-Identifier: BSD-2-Clause */
/* fault_read.c: the register Cause (MIPS32 volume III, table 9.53). */
#include "layout.h"
#include "trap.h"

enum {
    WRITE_PROTECTED = 1,
    NO_LOAD = 2,
    NO_STORE = 3,
    BAD_LOAD = 4, /* an address of the kernel, or one not aligned */
    BAD_STORE = 5,
    BUS_FETCH = 6,
    BUS_DATA = 7,
    FLOAT = 15,
    MAY_NOT_READ = 19,
    MAY_NOT_RUN = 20,
};

static struct fault page_fault(const struct trap *t, unsigned cause)
{
    struct fault f = {FAULT_PAGE, 0, t->address};

    if (cause == NO_STORE || cause == BAD_STORE || cause == WRITE_PROTECTED)
        f.error = FAULT_WRITE;
    else if (t->address == t->pc)
        f.error = FAULT_FETCH;
    if (cause == WRITE_PROTECTED || cause >= MAY_NOT_READ)
        f.error |= FAULT_PRESENT;
    if ((cause == BAD_LOAD || cause == BAD_STORE) && f.address < KERNEL)
        f.vector = FAULT_ALIGNMENT;
    return f;
}

struct fault uc_fault_read(const struct trap *t)
{
    unsigned cause = t->cause >> 2 & 31;
    struct fault f = {FAULT_INSTRUCTION, 0, 0};

    if ((cause >= WRITE_PROTECTED && cause <= BAD_STORE) ||
        cause == MAY_NOT_READ || cause == MAY_NOT_RUN)
        return page_fault(t, cause);
    if (cause == BUS_FETCH || cause == BUS_DATA)
        f.vector = FAULT_MACHINE;
    else if (cause == FLOAT)
        f.vector = FAULT_FLOAT;
    return f;
}
