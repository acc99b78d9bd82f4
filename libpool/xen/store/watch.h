/* SPDX-License-Identifier: BSD-2-Clause */
/* watch.h: what the files of xen/store share. */
#ifndef UC_XS_WATCH_H
#define UC_XS_WATCH_H

#include <stdbool.h>

/* XS_WATCH or XS_UNWATCH; errno is set. */
bool uc_xs_ask_watch(unsigned type, const char *path, const char *token);

#endif
