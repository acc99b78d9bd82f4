/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * mmap.c: mappings, without an MMU's help: a mapping is memory of the heap,
 * readable, writable and never executable, wherever it fits. A private
 * mapping of a file is a copy. A shared one would have to follow the file:
 * it is refused (ENODEV) unless neither side can write.
 */
#include <asm/stat.h>
#include <linux/mman.h>
#include <uc/mem.h>

#include "core.h"

static bool odd(long address)
{
    return address & (UC_PAGE - 1);
}

/* Pages of n bytes; 0 if n is 0 or beyond all memory. */
static size_t pages_of(long n)
{
    if (n <= 0 || n > INT64_MAX - UC_PAGE)
        return 0;
    return ((size_t)n + UC_PAGE - 1) / UC_PAGE;
}

static bool in_heap(long address, size_t pages)
{
    struct heap *h = uc_heap();
    char *p = (char *)address;
    return p >= h->start && p < h->end &&
           pages <= (size_t)(h->end - p) / UC_PAGE;
}

/* Zeroed pages as addr and flags want them, or -errno. */
static long place(long addr, size_t pages, long flags)
{
    if (!(flags & (MAP_FIXED | MAP_FIXED_NOREPLACE))) {
        char *p = uc_pages_alloc(pages, true);
        return p ? (long)p : -ENOMEM;
    }
    if (odd(addr))
        return -EINVAL;
    if (uc_pages_take((char *)addr, pages))
        return addr;
    if (flags & MAP_FIXED_NOREPLACE)
        return in_heap(addr, pages) ? -EEXIST : -ENOMEM;
    if (!uc_pages_used((char *)addr, pages))
        return -ENOMEM;
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
    return access == O_RDWR ? -ENODEV : 0;
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

long uc_sys_mmap(long addr, long n, long prot, long flags, long fd, long offset)
{
    size_t pages = pages_of(n);
    long type = flags & MAP_TYPE, error = 0;
    struct file *f = 0;
    if (n == 0 || odd(offset) ||
        (type != MAP_PRIVATE && type != MAP_SHARED &&
         type != MAP_SHARED_VALIDATE))
        return -EINVAL;
    if (!pages)
        return -ENOMEM;
    if (prot & PROT_EXEC)
        return -EPERM;
    if (!(flags & MAP_ANONYMOUS)) {
        f = uc_fd_file((int)fd);
        if (!f)
            return -EBADF;
        error = check_file(f, prot, flags);
        if (error)
            return error;
    }
    long p = place(addr, pages, flags);
    if (p < 0 || !f)
        return p;
    error = fill(f, (char *)p, (size_t)n, offset);
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
    for (p = p < h->floor ? h->floor : p; p < end; p += UC_PAGE)
        if (uc_pages_used(p, 1))
            uc_pages_free(p, 1);
    return 0; /* elsewhere nothing is mapped */
}

static long move(long addr, size_t old, size_t pages)
{
    char *p = uc_pages_alloc(pages, false);
    if (!p)
        return -ENOMEM;
    memcpy(p, (char *)addr, old * UC_PAGE);
    memset(p + old * UC_PAGE, 0, (pages - old) * UC_PAGE);
    uc_pages_free((char *)addr, old);
    return (long)p;
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
    if (!uc_pages_used((char *)addr, old))
        return -EFAULT;
    if (pages <= old) {
        if (pages < old)
            uc_pages_free((char *)addr + pages * UC_PAGE, old - pages);
        return addr;
    }
    if (uc_pages_take((char *)addr + old * UC_PAGE, pages - old))
        return addr;
    return flags & MREMAP_MAYMOVE ? move(addr, old, pages) : -ENOMEM;
}

/* Protection is fixed when the image is made; less of it is promised here. */
long uc_sys_mprotect(long addr, long n, long prot)
{
    size_t pages = pages_of(n);
    if (odd(addr) || (prot & ~(PROT_READ | PROT_WRITE | PROT_EXEC)))
        return -EINVAL;
    if (!n)
        return 0;
    if (prot & PROT_EXEC)
        return -EACCES;
    struct heap *h = uc_heap();
    if (in_heap(addr, pages) && (char *)addr >= h->brk &&
        !uc_pages_used((char *)addr, pages))
        return -ENOMEM;
    return 0;
}

long uc_sys_madvise(long addr, long n, long advice)
{
    size_t pages = pages_of(n);
    if (odd(addr) || n < 0 || (unsigned long)advice > MADV_POPULATE_WRITE)
        return -EINVAL;
    if (advice != MADV_DONTNEED || !pages)
        return 0;
    if (!uc_pages_used((char *)addr, pages))
        return -ENOMEM;
    memset((char *)addr, 0, pages * UC_PAGE);
    return 0;
}

long uc_sys_msync(long addr, long n, long flags)
{
    const long known = MS_ASYNC | MS_INVALIDATE | MS_SYNC;
    if (odd(addr) || (flags & ~known) ||
        (flags & (MS_ASYNC | MS_SYNC)) == (MS_ASYNC | MS_SYNC))
        return -EINVAL;
    if (n && !uc_pages_used((char *)addr, pages_of(n)))
        return -ENOMEM;
    return 0;
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
