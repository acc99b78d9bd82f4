/* SPDX-License-Identifier: BSD-2-Clause */
/* stdout.c: the stream, with its buffer. */
#include <stdio.h>

static unsigned char buffer[BUFSIZ];
__FILE uc_stdout = {._flags = __SWR, ._file = 1, ._own = buffer};
#undef stdout
FILE *const stdout = &uc_stdout;
