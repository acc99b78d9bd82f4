/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fault_read.c: the cause of an exception (RISC-V Privileged Architecture,
 * scause). It does not say whether a page was there; the tables do.
 */
#include "trap.h"

#include "tables.h"

enum {
    FETCH_ALIGNMENT = 0,
    FETCH_ACCESS = 1,
    BREAK = 3,
    LOAD_ALIGNMENT = 4,
    LOAD_ACCESS = 5,
    STORE_ALIGNMENT = 6,
    STORE_ACCESS = 7,
    FETCH_PAGE = 12,
    STORE_PAGE = 15,
    FAULT_BREAK = 3,
};

static bool is_present(uintptr_t v)
{
    bool present = false;

    tables_begin();
    if (!(v >> TOP_SHIFT) && large_of(v) && *large_of(v))
        present = (is_large(v) ? *large_of(v) : *page_of(v)) & PAGE_TABLE;
    tables_end();
    return present;
}

struct fault uc_fault_read(const struct trap *t)
{
    uint64_t cause = cpu_read(scause);
    struct fault f = {FAULT_INSTRUCTION, 0, cpu_read(stval)};

    (void)t;
    if (cause >= FETCH_PAGE && cause <= STORE_PAGE) {
        f.vector = FAULT_PAGE;
        f.error = cause == FETCH_PAGE   ? FAULT_FETCH
                  : cause == STORE_PAGE ? FAULT_WRITE
                                        : 0;
        if (is_present(f.address))
            f.error |= FAULT_PRESENT;
    } else if (cause == BREAK) {
        f.vector = FAULT_BREAK;
    } else if (cause == FETCH_ALIGNMENT || cause == LOAD_ALIGNMENT ||
               cause == STORE_ALIGNMENT) {
        f.vector = FAULT_ALIGNMENT;
    } else if (cause == FETCH_ACCESS || cause == LOAD_ACCESS ||
               cause == STORE_ACCESS) {
        f.vector = FAULT_MACHINE;
    }
    return f;
}
