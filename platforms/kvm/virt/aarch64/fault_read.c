/* SPDX-License-Identifier: BSD-2-Clause */
/* fault_read.c: the exception syndrome (ARM DDI 0487, ESR_EL1). */
#include "cpu.h"
#include "trap.h"

enum {
    FETCH = 0x21,
    PC_ALIGNMENT = 0x22,
    DATA = 0x25,
    SP_ALIGNMENT = 0x26,
    FLOAT = 0x2c,
    SYSTEM_ERROR = 0x2f,
    WRITE = 0x40,
    STATUS = 0x3c, /* of an abort, without its level */
    NOT_MAPPED = 0x04,
    ALIGNMENT = 0x20,
};

PLAIN struct fault uc_fault_read(const struct trap *t)
{
    unsigned syndrome = (unsigned)cpu_read(esr_el1), class = syndrome >> 26;
    unsigned status = syndrome & STATUS;
    struct fault f = {FAULT_INSTRUCTION, 0, 0};

    if (class == PC_ALIGNMENT) {
        f = (struct fault){FAULT_PAGE, FAULT_FETCH, t->pc};
    } else if (class == FETCH || class == DATA) {
        f.vector = status == ALIGNMENT ? FAULT_ALIGNMENT : FAULT_PAGE;
        f.address = cpu_read(far_el1);
        if (class == FETCH)
            f.error = FAULT_FETCH;
        else if (syndrome & WRITE)
            f.error = FAULT_WRITE;
        if (status != NOT_MAPPED)
            f.error |= FAULT_PRESENT;
    } else if (class == SP_ALIGNMENT) {
        f.vector = FAULT_ALIGNMENT;
    } else if (class == FLOAT) {
        f.vector = FAULT_FLOAT;
    } else if (class == SYSTEM_ERROR) {
        f.vector = FAULT_MACHINE;
    }
    return f;
}
