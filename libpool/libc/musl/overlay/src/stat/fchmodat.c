/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fchmodat.c: flags are the kernel's, by fchmodat2, which images have. On
 * linuxu the kernel may be older: then, as in musl, the file is held by a
 * descriptor that has only its path, so that no link can take its place, and
 * changed by the descriptor's name in /proc.
 */
#include <sys/stat.h>

#include <errno.h>
#include <fcntl.h>

#include "syscall.h"

#ifndef SYS_fchmodat2 /* musl's table is older */
#define UC_COUNT_sys_fchmodat2 4
long uc_sys_fchmodat2(long, long, long, long); /* uc/sys.h */
#endif

static long by_proc(int dir, const char *path, mode_t mode)
{
	int fd = __syscall(SYS_openat, dir, path,
	                   O_RDONLY | O_PATH | O_NOFOLLOW | O_NOCTTY | O_CLOEXEC);
	char name[15 + 3 * sizeof(int)];
	struct stat st;
	long ret = fd;

	if (fd < 0)
		return fd;
	__procfdname(name, fd);
	if (fstatat(AT_FDCWD, name, &st, 0))
		ret = -errno;
	else if (S_ISLNK(st.st_mode))
		ret = -EOPNOTSUPP;
	else
		ret = __syscall(SYS_fchmodat, AT_FDCWD, name, mode);
	__syscall(SYS_close, fd);
	return ret;
}

int fchmodat(int dir, const char *path, mode_t mode, int flags)
{
	long ret;

	if (!flags)
		return syscall(SYS_fchmodat, dir, path, mode);
	if (flags != AT_SYMLINK_NOFOLLOW)
		return __syscall_ret(-EINVAL);
	ret = UC_CALLED(sys_fchmodat2, dir, path, mode, flags);
	if (ret == -ENOSYS)
		ret = by_proc(dir, path, mode);
	return __syscall_ret(ret);
}
