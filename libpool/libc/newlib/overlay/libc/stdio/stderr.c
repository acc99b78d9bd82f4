/* SPDX-License-Identifier: BSD-2-Clause */
/* stderr.c: the stream, without a buffer. */
#include <stdio.h>

__FILE uc_stderr = {._flags = __SRW | __SNBF, ._file = 2};
#undef stderr
FILE *const stderr = &uc_stderr;
