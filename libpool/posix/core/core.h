/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * core.h: what the files of posix/core share.
 *
 * CFG_FILES: descriptors other than 0, 1 and 2 can exist. Without it these
 * three are the console, and no table of descriptors is linked.
 *
 * An argument that Linux declares as int may come with anything in its upper
 * half, as C leaves it there: it is used as (int) or by an int parameter.
 *
 * 32-bit machines: a number of 64 bits comes as two longs, in the order that
 * they have in memory, times are struct __kernel_timespec under names of their
 * own (UC_TIME64), and struct stat is the pool's (uc/stat.h). What else is
 * other there, older calls among it: calls32.c.
 */
#ifndef UC_POSIX_CORE_H
#define UC_POSIX_CORE_H

#include <linux/errno.h>
#include <linux/fcntl.h>
#include <stdbool.h>
#include <uc/file.h>
#include <uc/string.h>
#include <uc/sys.h>

extern const int CFG_FILES;
extern const int CFG_DISK;       /* files are on a disk */
extern const int CFG_SYNC;       /* or the host may keep them for later */
extern const int CFG_FILES_WAIT; /* calls on files let other threads run */
extern const int CFG_FIFOS;      /* there can be FIFOs */

enum {
    FD_MAX = 65536,
    IO_MAX = 0x7ffff000, /* most bytes of one read or write, as in Linux */
    IOV_MAX = 1024,
    PIPE_WHOLE = 4096, /* PIPE_BUF: not to be written in parts */
    SELF = 1, /* the process, its group, its session, its only thread */
};

/*
 * UC_FCNTL: commands of fcntl that are a file's own, for its ioctl, beside all
 * requests. UC_TIME64: the call's name where its times have 64 bits.
 */
#if __SIZEOF_POINTER__ == 8
#define UC_FCNTL ((unsigned long)1 << 32)
#define UC_TIME64(name, end) uc_sys_##name
#else
#define UC_FCNTL 0xffff0000ul
#define UC_TIME64(name, end) uc_sys_##name##end
#endif

/* Not an address: as in Linux the last page has none. */
static inline bool uc_is_error(long result)
{
    return (unsigned long)result >= -4095ul;
}

/* An offset in two halves; the second is for 32 bits. */
static inline int64_t uc_of_halves(long low, long high)
{
    const int half = sizeof(long) * 4;
    return (int64_t)((uint64_t)(unsigned long)high << half << half |
                     (unsigned long)low);
}

/*
 * Signals as bits, the first is bit 0; libc and the kernel have them as an
 * array of longs.
 */
#if defined(__mips__)
typedef unsigned _BitInt(128) sigbits;
#else
typedef uint64_t sigbits;
#endif

struct node;
struct iovec;
struct __kernel_timespec;

/* ---- fd.c: the table of descriptors ---- */

/* As in Linux, a descriptor is an int, whatever else is in the register. */
struct file *uc_fd_file(int fd); /* NULL: not open */
/* Lowest free descriptor >= least, -EMFILE, -EINVAL. */
int uc_fd_free(int least);
/* Puts f, with its reference, at the free descriptor fd. */
void uc_fd_set(int fd, struct file *f, bool cloexec);
/* Puts f at the lowest free descriptor, or drops it: -EMFILE. */
long uc_fd_install(struct file *f, bool cloexec);
/* The same for both of f, or for none: 0, and what fds is then. */
long uc_fd_install_pair(struct file *f[2], bool cloexec, int *fds);
extern unsigned uc_fd_limit; /* RLIMIT_NOFILE, at most FD_MAX */
/* A file description with one reference; NULL: no memory. */
struct file *uc_file_new(const struct file_ops *ops, int flags);
void uc_file_free(struct file *f); /* one that is not released, or NULL */
void uc_file_drop(struct file *f);
/* For files that no file system has. */
long uc_anonymous_stat(struct file *f, struct stat *st);

/* Held over a call of an operation that may let another thread close it. */
static inline struct file *uc_file_hold(struct file *f)
{
    if (CFG_FILES_WAIT)
        f->refs++;
    return f;
}
static inline long uc_file_done(struct file *f, long result)
{
    if (CFG_FILES_WAIT)
        uc_file_drop(f);
    return result;
}

/* ---- what calls32.c, too, makes calls of ---- */

long uc_read_at(int fd, void *p, long n, int64_t at);
long uc_write_at(int fd, const void *p, long n, int64_t at);
int64_t uc_seek(int fd, int64_t offset, int whence);
/* offset: in and out; NULL: the file's own. */
long uc_send_file(int out, int in, int64_t *offset, long n);
long uc_truncate(const char *path, int64_t size);
long uc_truncate_open(int fd, int64_t size);
long uc_allocate(int fd, long mode, int64_t offset, int64_t n);
long uc_advise(int fd, int64_t n, long advice);
long uc_read_ahead(int fd);
long uc_sync_range(int fd, int64_t offset, int64_t n, long flags);
long uc_map(long addr, long n, long prot, long flags, int fd, int64_t offset);
struct stat;
long uc_stat_open(int fd, struct stat *st);
/* As fstatat. */
long uc_stat_path(int dirfd, const char *path, struct stat *st, long flags);
struct file_system { /* what statfs tells that is not zero */
    long type, block, name_most;
    uint64_t blocks, free;
};
long uc_file_system(const char *path, struct file_system *s);
long uc_file_system_of(int fd, struct file_system *s);

/* ---- exit.c ---- */

_Noreturn void uc_exit(int status);

/* ---- std.c: descriptors 0, 1 and 2 ---- */

extern const struct file_ops uc_std_ops;
extern struct file uc_std_files[3];
/* Without CFG_FILES: 0 if fd is open for this access, else -EBADF. */
long uc_std_check(int fd, int access);
void uc_std_close(int fd);
/* Writes all n bytes to 1 or 2. */
void uc_std_out(int fd, const void *p, size_t n);

/* ---- pipe.c ---- */

/* The rest of opening a file of uc_fifo_ops; if it fails, the node is let go.
 */
long uc_fifo_open(struct file *f);

/* ---- message.c ---- */

/* readv and writev of sockets, where the parts are one message. */
long uc_socket_vector(struct file *f, const struct iovec *v, long count,
                      long size, bool sending);

/* ---- time.c ---- */

/* *ns for a timespec, UINT64_MAX for none or too much; 0 or -EINVAL. */
long uc_timespec_ns(const struct __kernel_timespec *t, uint64_t *ns);

long uc_clock_read(long id, uint64_t *ns); /* of a clock's number: -EINVAL */

/* ---- path.c ---- */

/* The directory that paths without a leading '/' begin at. */
long uc_path_base(int dirfd, const char *path, struct node **dir);

/* The permission bits of mode that the umask leaves. */
unsigned uc_path_masked(long mode);

/* ---- heap.c: one region, brk at its low end, pages at its high end ---- */

struct heap {
    char *start, *brk;
    char *floor; /* lowest page in use; end: none */
    char *end;
    char *brk_touched; /* [start, this) may be dirty */
    char *map_touched; /* [this, end) may be dirty */
};
struct heap *uc_heap(void);
/* Clears what may be dirty of free memory. */
void uc_heap_clear(char *from, char *to);

extern const int CFG_LAZY;
bool uc_heap_has(size_t n); /* bytes, if CFG_LAZY; else others will see */

/* ---- protect.c: linked when a call takes accesses away ---- */

extern bool uc_protected; /* there may be pages that are not for all accesses */
/* n pages at p: UC_ACCESS_...; else as uc_plat_protect. */
long uc_protect(char *p, size_t n, int access);
/*
 * The same where uc_protected: who only keeps or undoes what others did calls
 * this, so that without others all of it is dropped.
 */
long uc_protect_again(char *p, size_t n, int access);
bool uc_page_is_ours(const char *p); /* used, but by no mapping */
int uc_protection(const char *p);    /* of a page of the heap in use */
void uc_unmap(char *p, size_t n); /* frees pages, which nobody may touch then */
/* Makes free pages ready for use, where uc_protected; false: no memory. */
bool uc_open(char *p, size_t n);

#endif
