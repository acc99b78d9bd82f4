/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap.c: mappings: a mapping is memory of the heap, wherever it fits, with
 * the accesses that were asked for (protect.c), and never executable: for
 * that, mmap fails with EPERM and mprotect with EACCES, as where Linux has a
 * policy against it. What can be written can be read. A private mapping of a
 * file is a copy. A shared one follows the file, and the file it
 * (fs/core/map.c).
 */
#include <linux/mman.h>
#include <uc/fs.h>
#include <uc/mem.h>
#include <uc/platform.h>
#include <uc/stat.h>

#include "core.h"
#include "fork.h"

extern const int CFG_MAP_FILE, CFG_MAP_FIXED, CFG_MAP_SHARED;

static bool odd(long address)
{
    return address & (UC_PAGE - 1);
}

/* Pages of n bytes; 0 if n is 0 or beyond all memory. */
static size_t pages_of(long n)
{
    if (n <= 0 || n > INTPTR_MAX - UC_PAGE)
        return 0;
    return ((size_t)n + UC_PAGE - 1) / UC_PAGE;
}

static int access_of(long prot)
{
    if (prot & PROT_WRITE)
        return UC_ACCESS_ALL;
    return prot & PROT_READ ? UC_ACCESS_READ : UC_ACCESS_NONE;
}

static bool in_heap(long address, size_t pages)
{
    struct heap *h = uc_heap();
    char *p = (char *)address;
    return p >= h->start && p < h->end &&
           pages <= (size_t)(h->end - p) / UC_PAGE;
}

/* Are all of them pages in use, and none a table of ours? */
static bool is_mapped(char *p, size_t pages)
{
    if (!uc_pages_used(p, pages))
        return false;
    for (; !CFG_LAZY && uc_protected && pages; pages--, p += UC_PAGE)
        if (uc_page_is_ours(p))
            return false;
    return true;
}

/* Is a part of it a mapping that follows a file? */
static bool is_shared(long addr, size_t pages)
{
    return CFG_MAP_SHARED && uc_fs_is_map((char *)addr, pages * UC_PAGE, false);
}

/* Zeroed pages as addr and flags want them, or -errno. */
static long place(long addr, size_t pages, long prot, long flags)
{
    if (!CFG_MAP_FIXED || !(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE))) {
        char *p = prot == PROT_NONE ? uc_pages_reserve(pages, true)
                                    : uc_pages_alloc(pages, true);
        return p ? (long)p : -ENOMEM;
    }
    if (odd(addr))
        return -EINVAL;
    if (uc_pages_take((char *)addr, pages))
        return addr;
    if (flags & MAP_FIXED_NOREPLACE)
        return in_heap(addr, pages) ? -EEXIST : -ENOMEM;
    if (!is_mapped((char *)addr, pages))
        return -ENOMEM;
    if (uc_protected &&
        uc_protect_again((char *)addr, pages, UC_ACCESS_ALL) != 0)
        return -ENOMEM;
    if (CFG_MAP_SHARED)
        uc_fs_unmap((char *)addr, pages * UC_PAGE, uc_pid());
    if (is_shared(addr, pages))
        return -ENOMEM; /* mapped twice */
    memset((char *)addr, 0, pages * UC_PAGE);
    return addr;
}

/* May f be mapped so? */
static long check_file(const struct file *f, long prot, long flags)
{
    int access = f->flags & O_ACCMODE;
    if (f->flags & O_PATH)
        return -EBADF;
    if (access == O_WRONLY)
        return -EACCES;
    if (!f->ops->seek || !f->ops->read)
        return -ENODEV;
    if ((flags & MAP_TYPE) == MAP_PRIVATE)
        return 0;
    if (access != O_RDWR && (prot & PROT_WRITE))
        return -EACCES;
    return 0;
}

int uc_map_open(char *page)
{
    int access = uc_protected ? uc_protection(page) : UC_ACCESS_ALL;
    if (access != UC_ACCESS_ALL)
        uc_protect_again(page, 1, UC_ACCESS_ALL);
    return access;
}

void uc_map_close(char *page, int access)
{
    if (access != UC_ACCESS_ALL)
        uc_protect_again(page, 1, access);
}

static long fill(struct file *f, char *p, size_t n, int64_t offset)
{
    while (n) {
        long r = f->ops->read(f, p, n, &offset);
        if (r <= 0)
            return r;
        p += r;
        n -= (size_t)r;
    }
    return 0;
}

long uc_map(long addr, long n, long prot, long flags, int fd, int64_t offset)
{
    size_t pages = pages_of(n);
    long type = flags & MAP_TYPE, error = 0;
    struct file *f = 0;
    if (n == 0 || odd((long)offset) ||
        (type != MAP_PRIVATE && type != MAP_SHARED &&
         type != MAP_SHARED_VALIDATE))
        return -EINVAL;
    if (!pages)
        return -ENOMEM;
    if (prot & PROT_EXEC)
        return -EPERM;
    if (CFG_MAP_FILE && !(flags & MAP_ANONYMOUS)) {
        f = uc_fd_file(fd);
        if (!f)
            return -EBADF;
        error = check_file(f, prot, flags);
        if (error)
            return error;
    }
    bool shared =
        CFG_MAP_SHARED && f && type != MAP_PRIVATE && f->ops->truncate;
    if (shared && !(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE))) {
        char *there = uc_fs_map_again(f, pages * UC_PAGE, offset, uc_pid());
        if (there && uc_protected && access_of(prot) == UC_ACCESS_ALL)
            uc_protect_again(there, pages, UC_ACCESS_ALL);
        if (there)
            return (long)there;
    }
    long p = place(addr, pages, prot, flags);
    if (uc_is_error(p))
        return p;
    if (shared)
        error = uc_fs_map(f, (char *)p, pages * UC_PAGE, offset, uc_pid());
    else if (CFG_MAP_FILE && f)
        error = fill(f, (char *)p, (size_t)n, offset);
    if (!error && access_of(prot) != UC_ACCESS_ALL)
        error = uc_protect((char *)p, pages, access_of(prot));
    if (CFG_CHILDREN && !error && type == MAP_PRIVATE)
        uc_fork_mapped((char *)p, pages, true);
    if (error) {
        uc_pages_free((char *)p, pages);
        return error == -EISDIR ? -ENODEV : error;
    }
    return p;
}

long uc_sys_munmap(long addr, long n)
{
    size_t pages = pages_of(n);
    if (odd(addr) || !pages)
        return -EINVAL;
    struct heap *h = uc_heap();
    char *p = (char *)addr, *end = p + pages * UC_PAGE;
    if (end < p || end > h->end)
        end = h->end;
    if (CFG_MAP_SHARED && p < end)
        uc_fs_unmap(p, (size_t)(end - p), uc_pid());
    for (p = p < h->floor ? h->floor : p; p < end; p += UC_PAGE) {
        char *first = p;
        while (p < end && is_mapped(p, 1) && !is_shared((long)p, 1))
            p += UC_PAGE;
        if (p > first)
            uc_unmap(first, (size_t)(p - first) / UC_PAGE);
    }
    return 0; /* elsewhere nothing is mapped */
}

static long move(char *from, size_t old, size_t pages)
{
    int access = uc_protection(from);
    char *p = uc_pages_alloc(pages, false);
    if (!p)
        return -ENOMEM;
    if (access != UC_ACCESS_ALL)
        uc_protect_again(from, old, UC_ACCESS_ALL);
    if (CFG_CHILDREN)
        uc_fork_mapped(p, pages, true);
    memcpy(p, from, old * UC_PAGE);
    memset(p + old * UC_PAGE, 0, (pages - old) * UC_PAGE);
    uc_unmap(from, old);
    if (access != UC_ACCESS_ALL)
        uc_protect_again(p, pages, access);
    return (long)p;
}

/* Room for more behind the old pages, with the same accesses. */
static bool extend(char *p, size_t old, size_t pages)
{
    int access = uc_protection(p);
    if (!uc_pages_take(p + old * UC_PAGE, pages - old))
        return false;
    if (CFG_CHILDREN)
        uc_fork_mapped(p, pages, true);
    if (access != UC_ACCESS_ALL)
        uc_protect_again(p + old * UC_PAGE, pages - old, access);
    return true;
}

long uc_sys_mremap(long addr, long old_n, long n, long flags, long to)
{
    size_t old = pages_of(old_n), pages = pages_of(n);
    (void)to;
    if (odd(addr) || !old || !pages ||
        (flags & ~(MREMAP_MAYMOVE | MREMAP_FIXED)))
        return -EINVAL;
    if (flags & MREMAP_FIXED) /* a place of the caller's choice: none is */
        return flags & MREMAP_MAYMOVE ? -ENOMEM : -EINVAL;
    if (!is_mapped((char *)addr, old))
        return -EFAULT;
    if (pages > old && is_shared(addr, old))
        return -ENOMEM; /* it would have to be filled from the file */
    if (pages <= old) {
        if (CFG_MAP_SHARED && pages < old)
            uc_fs_unmap((char *)addr + pages * UC_PAGE, (old - pages) * UC_PAGE,
                        uc_pid());
        if (pages < old)
            uc_unmap((char *)addr + pages * UC_PAGE, old - pages);
        return addr;
    }
    if (extend((char *)addr, old, pages))
        return addr;
    return flags & MREMAP_MAYMOVE ? move((char *)addr, old, pages) : -ENOMEM;
}

long uc_sys_mprotect(long addr, long n, long prot)
{
    size_t pages = pages_of(n);
    if (odd(addr) || (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC)))
        return -EINVAL;
    if (!n)
        return 0;
    if (!pages)
        return -ENOMEM;
    if (prot & PROT_EXEC)
        return -EACCES;
    if (CFG_MAP_SHARED && prot & PROT_WRITE &&
        uc_fs_is_map((char *)addr, pages * UC_PAGE, true))
        return -EACCES;
    struct heap *h = uc_heap();
    if (in_heap(addr, pages) && (char *)addr >= h->brk &&
        !is_mapped((char *)addr, pages))
        return -ENOMEM;
    return uc_protect((char *)addr, pages, access_of(prot));
}

/* Their memory is free, and what may be done with them is as it was. */
static void release(char *p, size_t pages)
{
    if (!uc_protected) {
        uc_plat_release(p, pages * UC_PAGE);
        return;
    }
    for (; pages; pages--, p += UC_PAGE) {
        uc_plat_release(p, UC_PAGE);
        uc_protect_again(p, 1, uc_protection(p));
    }
}

/* Clears pages whatever the program may do with them. */
static void wipe(char *p, size_t pages)
{
    if (CFG_LAZY) {
        release(p, pages);
        return;
    }
    if (!uc_protected) {
        memset(p, 0, pages * UC_PAGE);
        return;
    }
    for (; pages; pages--, p += UC_PAGE) {
        int access = uc_protection(p);
        if (access != UC_ACCESS_ALL)
            uc_protect_again(p, 1, UC_ACCESS_ALL);
        memset(p, 0, UC_PAGE);
        if (access != UC_ACCESS_ALL)
            uc_protect_again(p, 1, access);
    }
}

long uc_sys_madvise(long addr, long n, long advice)
{
    size_t pages = pages_of(n);
    if (odd(addr) || n < 0 || (unsigned long)advice > MADV_POPULATE_WRITE)
        return -EINVAL;
    if (advice != MADV_DONTNEED || !pages)
        return 0;
    if (!is_mapped((char *)addr, pages))
        return -ENOMEM;
    if (is_shared(addr, pages)) /* the file has it: nothing is lost */
        return 0;
    wipe((char *)addr, pages);
    return 0;
}

long uc_sys_msync(long addr, long n, long flags)
{
    const long known = MS_ASYNC | MS_INVALIDATE | MS_SYNC;
    if (odd(addr) || (flags & ~known) ||
        (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
        return -EINVAL;
    if (n && !is_mapped((char *)addr, pages_of(n)))
        return -ENOMEM;
    if (!is_shared(addr, pages_of(n)))
        return 0;
    return uc_fs_map_flush((char *)addr, pages_of(n) * UC_PAGE,
                           flags & MS_SYNC);
}

/* All memory is locked: there is nowhere to page it to. */
long uc_sys_mlock(long addr, long n)
{
    (void)addr, (void)n;
    return 0;
}

long uc_sys_munlock(long addr, long n)
{
    (void)addr, (void)n;
    return 0;
}

long uc_sys_mlockall(long flags)
{
    return flags && !(flags & ~7) ? 0 : -EINVAL;
}

long uc_sys_munlockall(void)
{
    return 0;
}
