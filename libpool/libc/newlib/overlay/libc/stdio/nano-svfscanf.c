/* SPDX-License-Identifier: BSD-2-Clause */
/* nano-svfscanf.c: nano-vfscanf.c for strings. */
#define STRING_ONLY
#include "nano-vfscanf.c"
