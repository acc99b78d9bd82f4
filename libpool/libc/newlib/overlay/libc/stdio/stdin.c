/* SPDX-License-Identifier: BSD-2-Clause */
/* stdin.c: the stream, with its buffer. */
#include <stdio.h>

static unsigned char buffer[BUFSIZ];
__FILE uc_stdin = {._flags = __SRD, ._file = 0, ._own = buffer};
#undef stdin
FILE *const stdin = &uc_stdin;
