/* SPDX-License-Identifier: BSD-2-Clause */
/* console.h: the contract of role console: descriptors 0, 1 and 2. */
#ifndef UC_CONSOLE_H
#define UC_CONSOLE_H

#include <stddef.h>

/* As read(0): waits for the first byte, 0 at the end of input. */
long uc_console_read(void *p, size_t n);

/* Writes all n bytes. */
void uc_console_write(const void *p, size_t n);

#endif
