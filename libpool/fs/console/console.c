/* SPDX-License-Identifier: BSD-2-Clause */
/* console.c: a file system without a single path. */
#include <linux/errno.h>
#include <uc/fs.h>

long uc_fs_open(struct node *dir, const char *path, unsigned mode,
                struct file *f)
{
    (void)dir, (void)path, (void)mode, (void)f;
    return -ENOENT;
}

long uc_fs_stat(struct node *dir, const char *path, bool follow,
                struct stat *st)
{
    (void)dir, (void)path, (void)follow, (void)st;
    return -ENOENT;
}

long uc_fs_access(struct node *dir, const char *path, bool follow,
                  unsigned mode, bool effective)
{
    (void)dir, (void)path, (void)follow, (void)mode, (void)effective;
    return -ENOENT;
}

long uc_fs_setattr(struct node *dir, const char *path, bool follow,
                   const struct file_attr *attr)
{
    (void)dir, (void)path, (void)follow, (void)attr;
    return -ENOENT;
}

long uc_fs_truncate(struct node *dir, const char *path, int64_t size)
{
    (void)dir, (void)path, (void)size;
    return -ENOENT;
}

long uc_fs_mkdir(struct node *dir, const char *path, unsigned mode)
{
    (void)dir, (void)path, (void)mode;
    return -ENOENT;
}

long uc_fs_mknod(struct node *dir, const char *path, unsigned mode,
                 unsigned device)
{
    (void)dir, (void)path, (void)mode, (void)device;
    return -ENOENT;
}

long uc_fs_unlink(struct node *dir, const char *path, bool rmdir)
{
    (void)dir, (void)path, (void)rmdir;
    return -ENOENT;
}

long uc_fs_link(struct node *from_dir, const char *from, bool follow,
                struct node *dir, const char *path)
{
    (void)from_dir, (void)from, (void)follow, (void)dir, (void)path;
    return -ENOENT;
}

long uc_fs_symlink(const char *target, struct node *dir, const char *path)
{
    (void)target, (void)dir, (void)path;
    return -ENOENT;
}

long uc_fs_readlink(struct node *dir, const char *path, char *p, size_t n)
{
    (void)dir, (void)path, (void)p, (void)n;
    return -ENOENT;
}

long uc_fs_rename(struct node *from_dir, const char *from, struct node *dir,
                  const char *path, unsigned flags)
{
    (void)from_dir, (void)from, (void)dir, (void)path, (void)flags;
    return -ENOENT;
}

long uc_fs_dir(struct node *dir, const char *path, struct node **result)
{
    (void)dir, (void)path, (void)result;
    return -ENOENT;
}

void uc_fs_hold(struct node *dir)
{
    (void)dir;
}

void uc_fs_drop(struct node *dir)
{
    (void)dir;
}

struct node *uc_fs_dir_of(struct file *f)
{
    (void)f;
    return 0;
}

long uc_fs_path(struct node *dir, char *p, size_t n)
{
    (void)dir, (void)p, (void)n;
    return -ENOENT;
}

void uc_fs_usage(uint64_t *used, uint64_t *available)
{
    *used = *available = 0;
}

long uc_fs_sync(void)
{
    return 0;
}

void uc_fs_end(void)
{
}

/* ---- no mappings ---- */

long uc_fs_map(struct file *f, char *p, size_t size, int64_t at, int process)
{
    (void)f, (void)p, (void)size, (void)at, (void)process;
    return -ENODEV;
}

char *uc_fs_map_again(struct file *f, size_t size, int64_t at, int process)
{
    (void)f, (void)size, (void)at, (void)process;
    return 0;
}

bool uc_fs_is_map(const char *p, size_t size, bool read_only)
{
    (void)p, (void)size, (void)read_only;
    return false;
}

long uc_fs_map_flush(const char *p, size_t size, bool sync)
{
    (void)p, (void)size, (void)sync;
    return 0;
}

void uc_fs_unmap(char *p, size_t size, int process)
{
    (void)p, (void)size, (void)process;
}

char *uc_fs_map_of(int process, size_t *size)
{
    (void)process, (void)size;
    return 0;
}

void uc_fs_map_end(void)
{
}
