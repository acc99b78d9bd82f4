/* SPDX-License-Identifier: BSD-2-Clause */
/* printf_error.c: %m of printf. A function of its own, to be cut. */
#include <errno.h>
#include <string.h>

char *uc_printf_error(void);

char *uc_printf_error(void)
{
    return strerror(errno);
}
