/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * names.c: system calls that make, move and remove names, that list them, and
 * that ask about the file system as a whole.
 */
#include <linux/magic.h>
#include <linux/stat.h>
#include <uc/fs.h>
#include <uc/mem.h>
#include <uc/user.h>

#include "core.h"

/* ---- one name ---- */

long uc_sys_mkdirat(long dirfd, long name, long mode)
{
    const char *path = (const char *)name;
    struct node *dir;
    long error = uc_path_base((int)dirfd, path, &dir);
    return error ? error : uc_fs_mkdir(dir, path, uc_path_masked(mode));
}

long uc_sys_mkdir(long path, long mode)
{
    return uc_sys_mkdirat(AT_FDCWD, path, mode);
}

long uc_sys_mknodat(long dirfd, long name, long mode, long device)
{
    const char *path = (const char *)name;
    unsigned type = (unsigned)mode & S_IFMT;
    struct node *dir;
    bool is_device = type == S_IFCHR || type == S_IFBLK;
    if (type == S_IFDIR || (is_device && uc_user_id()))
        return -EPERM;
    if (!type)
        type = S_IFREG;
    if (!is_device && type != S_IFREG && type != S_IFIFO && type != S_IFSOCK)
        return -EINVAL;
    long error = uc_path_base((int)dirfd, path, &dir);
    if (error)
        return error;
    return uc_fs_mknod(dir, path, type | uc_path_masked(mode),
                       is_device ? (unsigned)device : 0);
}

long uc_sys_mknod(long path, long mode, long device)
{
    return uc_sys_mknodat(AT_FDCWD, path, mode, device);
}

long uc_sys_unlinkat(long dirfd, long name, long flags)
{
    const char *path = (const char *)name;
    struct node *dir;
    if (flags & ~AT_REMOVEDIR)
        return -EINVAL;
    long error = uc_path_base((int)dirfd, path, &dir);
    return error ? error : uc_fs_unlink(dir, path, flags & AT_REMOVEDIR);
}

long uc_sys_unlink(long path)
{
    return uc_sys_unlinkat(AT_FDCWD, path, 0);
}

long uc_sys_rmdir(long path)
{
    return uc_sys_unlinkat(AT_FDCWD, path, AT_REMOVEDIR);
}

/* ---- two names ---- */

long uc_sys_linkat(long from_fd, long from, long dirfd, long name, long flags)
{
    struct node *from_dir, *dir;
    if (flags & ~(AT_SYMLINK_FOLLOW | AT_EMPTY_PATH))
        return -EINVAL;
    long error = uc_path_base((int)from_fd, (const char *)from, &from_dir);
    if (!error)
        error = uc_path_base((int)dirfd, (const char *)name, &dir);
    if (error)
        return error;
    return uc_fs_link(from_dir, (const char *)from, flags & AT_SYMLINK_FOLLOW,
                      dir, (const char *)name);
}

long uc_sys_link(long from, long path)
{
    return uc_sys_linkat(AT_FDCWD, from, AT_FDCWD, path, 0);
}

long uc_sys_symlinkat(long target, long dirfd, long name)
{
    const char *to = (const char *)target, *path = (const char *)name;
    struct node *dir;
    if (!to)
        return -EFAULT;
    if (!*to)
        return -ENOENT;
    long error = uc_path_base((int)dirfd, path, &dir);
    return error ? error : uc_fs_symlink(to, dir, path);
}

long uc_sys_symlink(long target, long path)
{
    return uc_sys_symlinkat(target, AT_FDCWD, path);
}

long uc_sys_renameat2(long from_fd, long from, long dirfd, long name,
                      long flags)
{
    enum {
        NOREPLACE = 1,
        EXCHANGE = 2
    };
    struct node *from_dir, *dir;
    if ((flags & ~(NOREPLACE | EXCHANGE)) || flags == (NOREPLACE | EXCHANGE))
        return -EINVAL;
    long error = uc_path_base((int)from_fd, (const char *)from, &from_dir);
    if (!error)
        error = uc_path_base((int)dirfd, (const char *)name, &dir);
    if (error)
        return error;
    return uc_fs_rename(from_dir, (const char *)from, dir, (const char *)name,
                        (unsigned)flags);
}

long uc_sys_renameat(long from_fd, long from, long dirfd, long path)
{
    return uc_sys_renameat2(from_fd, from, dirfd, path, 0);
}

long uc_sys_rename(long from, long path)
{
    return uc_sys_renameat2(AT_FDCWD, from, AT_FDCWD, path, 0);
}

/* ---- lists, and the whole ---- */

long uc_sys_getdents64(long fd, long p, long n)
{
    struct file *f = uc_fd_file((int)fd);
    if (!f || f->flags & O_PATH)
        return -EBADF;
    if (!f->ops->getdents)
        return -ENOTDIR;
    uc_file_hold(f);
    return uc_file_done(f, f->ops->getdents(f, (void *)p, (size_t)(unsigned)n));
}

static long fill(struct file_system *s)
{
    uint64_t used, available;
    uc_fs_usage(&used, &available);
    s->type = CFG_DISK ? EXT4_SUPER_MAGIC : TMPFS_MAGIC;
    s->block = UC_PAGE;
    s->name_most = 255;
    s->blocks = (used + available) / UC_PAGE;
    s->free = available / UC_PAGE;
    return 0;
}

long uc_file_system(const char *path, struct file_system *s)
{
    struct node *dir;
    long error = uc_path_base(AT_FDCWD, path, &dir);
    if (!error)
        error = uc_fs_access(dir, path, true, 0, true);
    return error ? error : fill(s);
}

long uc_file_system_of(int fd, struct file_system *s)
{
    return uc_fd_file(fd) ? fill(s) : -EBADF;
}

long uc_sys_sync(void)
{
    if (CFG_DISK)
        uc_fs_sync();
    return 0;
}

long uc_sys_syncfs(long fd)
{
    if (!uc_fd_file((int)fd))
        return -EBADF;
    return CFG_DISK ? uc_fs_sync() : 0;
}
