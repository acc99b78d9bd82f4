/* SPDX-License-Identifier: BSD-2-Clause */
/* lseek.c: the system call. */
#include <unistd.h>

#include "glue.h"

off_t _lseek_r(struct _reent *r, int fd, off_t offset, int whence);

off_t lseek(int fd, off_t offset, int whence)
{
    return uc_result(uc_sys_lseek(fd, offset, whence));
}

off_t _lseek_r(struct _reent *r, int fd, off_t offset, int whence)
{
    (void)r;
    return lseek(fd, offset, whence);
}
