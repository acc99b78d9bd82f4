/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * console_xen.c: Xen's own console, which it has for the first domain; what
 * another one writes goes nowhere, unless Xen was built to show it. It keeps
 * 128 bytes of input, and drops more.
 */
#include "console.h"
#include "hypercall.h"

bool uc_console_asked;

static char kept;
static bool has;

void uc_console_xen_put(const char *p, size_t n)
{
    enum {
        PAGE = 4096
    };

    /* a page that was never touched is none to Xen */
    for (size_t i = 0; i < n; i += PAGE - (uintptr_t)(p + i) % PAGE)
        *(const volatile char *)(p + i);
    xen_console(CONSOLEIO_write, (unsigned)n, p);
}

bool uc_console_xen_has(void)
{
    if (!has)
        has = xen_console(CONSOLEIO_read, 1, &kept) == 1;
    return has;
}

char uc_console_xen_take(void)
{
    has = false;
    return kept;
}
