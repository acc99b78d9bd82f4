/* SPDX-License-Identifier: BSD-2-Clause */
/* errno.h: the kernel's numbers, and errno where programs look for it. */
#ifndef _SYS_ERRNO_H_
#define _SYS_ERRNO_H_

#include <asm/errno.h>
#include <sys/reent.h>

#define ENOTSUP EOPNOTSUPP
#define errno (uc_reent._errno)
#define __errno_r(r) ((r)->_errno)

#endif
