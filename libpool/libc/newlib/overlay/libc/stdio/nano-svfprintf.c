/* SPDX-License-Identifier: BSD-2-Clause */
/* nano-svfprintf.c: nano-vfprintf.c for strings. */
#define STRING_ONLY
#include "nano-vfprintf.c"
