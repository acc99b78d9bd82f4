/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * fs.h: the contract of role root-fs, called by posix/core.
 *
 * Paths are resolved from `dir` (NULL: the root) unless they begin with '/'.
 * Returns 0 or -errno exactly as the Linux call of the same purpose; nothing
 * changes when a call fails. Modes are final: the umask has been applied.
 * What the program may do depends on who it is (uc/user.h): user 0 at first,
 * whom permission bits do not stop.
 */
#ifndef UC_FS_H
#define UC_FS_H

#include <stdbool.h>
#include <uc/file.h>

struct node; /* a file, directory, ...: the file system's own */

/* Fills ops and node of f, whose flags are set. */
long uc_fs_open(struct node *dir, const char *path, unsigned mode,
                struct file *f);
long uc_fs_stat(struct node *dir, const char *path, bool follow,
                struct stat *st);
/* As the real user, or as the effective one. */
long uc_fs_access(struct node *dir, const char *path, bool follow,
                  unsigned mode, bool effective);
long uc_fs_setattr(struct node *dir, const char *path, bool follow,
                   const struct file_attr *attr);
long uc_fs_truncate(struct node *dir, const char *path, int64_t size);
long uc_fs_mkdir(struct node *dir, const char *path, unsigned mode);
/*
 * By the type bits of mode: a regular file, FIFO, the name of a socket, or a
 * device of that number, which can be opened if it is one of uc/devfs.h.
 */
long uc_fs_mknod(struct node *dir, const char *path, unsigned mode,
                 unsigned device);
long uc_fs_unlink(struct node *dir, const char *path, bool rmdir);
long uc_fs_link(struct node *from_dir, const char *from, bool follow,
                struct node *dir, const char *path);
long uc_fs_symlink(const char *target, struct node *dir, const char *path);
long uc_fs_readlink(struct node *dir, const char *path, char *p, size_t n);
/* flags: RENAME_NOREPLACE, RENAME_EXCHANGE. */
long uc_fs_rename(struct node *from_dir, const char *from, struct node *dir,
                  const char *path, unsigned flags);

/* Of posix/core: what uc_fs_open gives a FIFO, where CFG_FIFOS. */
extern const struct file_ops uc_fifo_ops;

/* A directory for chdir, held until dropped. */
long uc_fs_dir(struct node *dir, const char *path, struct node **result);
void uc_fs_drop(struct node *dir);
/* The directory that f is open on, or NULL (not held). */
struct node *uc_fs_dir_of(struct file *f);
void uc_fs_hold(struct node *dir);
/* Absolute path with its NUL, as getcwd: length, -ENOENT, -ERANGE. */
long uc_fs_path(struct node *dir, char *p, size_t n);
/* All that was changed, to the disk, for good. */
long uc_fs_sync(void);
/* The program ends: as uc_fs_sync, and the disk is as after an unmount. */
void uc_fs_end(void);
/* Bytes in use and bytes that could still be had. */
void uc_fs_usage(uint64_t *used, uint64_t *available);

/*
 * Shared mappings, where CFG_MAP_SHARED: whole pages from p on. The first fills
 * them from f; -ENODEV: no file, or its pages are mapped elsewhere. flush
 * brings what was changed to the files, sync to the disk; unmap does the first
 * and forgets those of this process; end is for all, before the program's end.
 */
long uc_fs_map(struct file *f, char *p, size_t size, int64_t at, int process);
/* Where those pages are mapped already, once more; NULL: they are not. */
char *uc_fs_map_again(struct file *f, size_t size, int64_t at, int process);
/* Is a part of it one? Of a file that is open for reading only? */
bool uc_fs_is_map(const char *p, size_t size, bool read_only);
long uc_fs_map_flush(const char *p, size_t size, bool sync);
void uc_fs_unmap(char *p, size_t size, int process);
char *uc_fs_map_of(int process, size_t *size); /* one; NULL: it has none */
void uc_fs_map_end(void);
/* Of posix/core: a page, so that it can be used; what it was, for close. */
int uc_map_open(char *page);
void uc_map_close(char *page, int access);

#endif
