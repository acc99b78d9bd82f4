/* SPDX-License-Identifier: BSD-2-Clause */
/* exit.c: handlers, destructors, streams, the end. */
#include <stdlib.h>

#include "libc.h"

static void dummy()
{
}

/* atexit.c and __stdio_exit.c override these when they are linked. */
weak_alias(dummy, __funcs_on_exit);
weak_alias(dummy, __stdio_exit);

void uc_dtors(void);

_Noreturn void exit(int code)
{
    __funcs_on_exit();
    uc_dtors();
    __stdio_exit();
    _Exit(code);
}
