/* SPDX-License-Identifier: BSD-2-Clause */
/* _default_fcntl.h: the kernel's numbers for what stdio opens and asks. */
#ifndef _SYS__DEFAULT_FCNTL_H_
#define _SYS__DEFAULT_FCNTL_H_

#include <asm/fcntl.h>

#endif
