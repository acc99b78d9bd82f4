/* SPDX-License-Identifier: BSD-2-Clause */
/* fault_read.c: fault status, of long descriptors (ARM DDI 0406, B4.1.52). */
#include "cpu.h"
#include "trap.h"

enum {
    WRITE = 0x800,
    STATUS = 0x3c, /* without its level */
    NOT_MAPPED = 0x04,
    ALIGNMENT = 0x20,
};

struct fault uc_fault_read(const struct trap *t)
{
    struct fault f = {FAULT_INSTRUCTION, 0, 0};
    unsigned status;

    if (t->kind != KIND_PREFETCH && t->kind != KIND_DATA)
        return f;
    f.vector = FAULT_PAGE;
    if (t->kind == KIND_PREFETCH) {
        status = cpu_read(0, c5, c0, 1);
        f.error = FAULT_FETCH;
        f.address = cpu_read(0, c6, c0, 2);
    } else {
        status = cpu_read(0, c5, c0, 0);
        f.error = status & WRITE ? FAULT_WRITE : 0;
        f.address = cpu_read(0, c6, c0, 0);
    }
    if ((status & STATUS) == ALIGNMENT)
        f.vector = FAULT_ALIGNMENT;
    if ((status & STATUS) != NOT_MAPPED)
        f.error |= FAULT_PRESENT;
    return f;
}
