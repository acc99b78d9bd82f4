/* SPDX-License-Identifier: BSD-2-Clause */
/* string.h: the pure functions that pool code may use before any libc. */
#ifndef UC_STRING_H
#define UC_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *p, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);
size_t strlen(const char *s);

#endif
