/* SPDX-License-Identifier: BSD-2-Clause */
/* assert.c: an assertion that does not hold. */
#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

_Noreturn void __assert_fail(const char *what, const char *file, int line,
                             const char *function)
{
    fprintf(stderr, "Assertion failed: %s (%s: %s: %d)\n", what, file, function,
            line);
    abort();
}
