/* SPDX-License-Identifier: BSD-2-Clause */
/* boot.c: the first C code, on the final stack: what Linux's exec does. */
#include <uc/config.h>

#include "boot.h"

_Noreturn void uc_boot(void)
{
    if (CFG_ARGV || CFG_ENV || CFG_WORD)
        uc_boot_args();

    long none[8] = {0}; /* no arguments, no environment, the page size */
    none[3] = AUX_PAGE_SIZE;
    none[4] = 4096;
    uc_start(none);
}
