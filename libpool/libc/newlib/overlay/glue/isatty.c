/* SPDX-License-Identifier: BSD-2-Clause */
/* isatty.c: a terminal has a size. */
#include <errno.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "glue.h"

int _isatty_r(struct _reent *r, int fd);

int _isatty_r(struct _reent *r, int fd)
{
    struct winsize size;

    (void)r;
    return uc_sys_ioctl(fd, TIOCGWINSZ, SYS_ARG(&size)) == 0;
}

int isatty(int fd)
{
    struct winsize size;

    return uc_result(uc_sys_ioctl(fd, TIOCGWINSZ, SYS_ARG(&size))) == 0;
}
