/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * bump.c: an allocator without reuse. Blocks follow each other in the brk
 * region; the word before a block holds its size, for realloc, which grows
 * the last block where it stands. free() keeps the memory.
 */
#include <linux/errno.h>
#include <stdint.h>
#include <uc/malloc.h>
#include <uc/string.h>
#include <uc/sys.h>

enum {
    ALIGN = 16,
    STEP = 32 << 10
};

int *__errno_location(void);

static char *top; /* end of the last block */
static char *end; /* of the memory we have */

static size_t *size_of(void *p)
{
    return (size_t *)p - 1;
}

static void *no_memory(void)
{
    *__errno_location() = ENOMEM;
    return 0;
}

/* Makes [top, top + n) ours. */
static int reserve(size_t n)
{
    if (n <= (size_t)(end - top))
        return 1;
    char *brk = (char *)uc_sys_brk(0);
    if (brk != end) /* the first call, or somebody else moved it */
        top = brk;
    if (n > PTRDIFF_MAX)
        return 0;
    char *want = top + (n + STEP - 1) / STEP * STEP;
    if (want < top || (char *)uc_sys_brk((long)want) != want) {
        want = top + n; /* the last few bytes */
        if ((char *)uc_sys_brk((long)want) != want)
            return 0;
    }
    end = want;
    return 1;
}

void *memalign(size_t align, size_t n)
{
    if (align < ALIGN)
        align = ALIGN;
    if (n > PTRDIFF_MAX - align - ALIGN || !reserve(n + align + sizeof(size_t)))
        return no_memory();
    uintptr_t block = (uintptr_t)top + sizeof(size_t);
    char *p = top + sizeof(size_t) + (-block & (align - 1));
    *size_of(p) = n;
    top = p + n;
    return p;
}

void *aligned_alloc(size_t align, size_t n)
{
    return memalign(align, n);
}

void *malloc(size_t n)
{
    return memalign(ALIGN, n);
}

/* Memory from brk is zero and is handed out once. */
void *calloc(size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes))
        return no_memory();
    return memalign(ALIGN, bytes);
}

void *realloc(void *p, size_t n)
{
    if (!p)
        return malloc(n);
    size_t old = *size_of(p);
    if (n <= old)
        return p;
    if ((char *)p + old == top && n <= PTRDIFF_MAX) {
        char *was = top;
        if (reserve(n - old) && top == was) {
            *size_of(p) = n;
            top = (char *)p + n;
            return p;
        }
    }
    void *copy = malloc(n);
    if (copy)
        memcpy(copy, p, old);
    return copy;
}

void free(void *p)
{
    (void)p;
}

size_t malloc_usable_size(void *p)
{
    return p ? *size_of(p) : 0;
}
