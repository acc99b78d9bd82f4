/* SPDX-License-Identifier: BSD-2-Clause */
/* assert_func.c: newlib's own assertions: strtod has no memory. */
#include <stdlib.h>

_Noreturn void __assert_func(const char *file, int line, const char *function,
                             const char *what);

_Noreturn void __assert_func(const char *file, int line, const char *function,
                             const char *what)
{
    (void)file, (void)line, (void)function, (void)what;
    abort();
}
