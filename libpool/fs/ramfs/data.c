/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * data.c: the contents of regular files, in pages that are there or not: a
 * file of any size grows by a page at a time, and holes cost nothing.
 */
#include "walk.h"

enum {
    LEAVES_FIRST = 4
};

/* Where files end at last: the numbers of pages have to be a size_t. */
static const int64_t most = SIZE_MAX > INT64_MAX / UC_PAGE
                                ? INT64_MAX
                                : (int64_t)SIZE_MAX *UC_PAGE;

static size_t page_of(int64_t at)
{
    return (size_t)((uint64_t)at / UC_PAGE);
}

/* Makes room for leaf number i. */
static bool more_leaves(struct data *d, size_t i)
{
    size_t now = d->leaf_count ? d->leaf_count : LEAVES_FIRST;
    while (now <= i)
        now *= 2;
    char ***leaves = uc_kalloc(now * sizeof *leaves);
    if (!leaves)
        return false;
    if (d->leaves) {
        memcpy(leaves, d->leaves, d->leaf_count * sizeof *leaves);
        uc_kfree(d->leaves, d->leaf_count * sizeof *leaves);
    }
    d->leaves = leaves;
    d->leaf_count = now;
    return true;
}

/* Where the pointer to page i is; NULL if nothing holds it yet. */
static char **slot(struct data *d, size_t i)
{
    if (i < DIRECT)
        return &d->direct[i];
    i -= DIRECT;
    if (i / LEAF >= d->leaf_count || !d->leaves[i / LEAF])
        return 0;
    return &d->leaves[i / LEAF][i % LEAF];
}

static char **make_slot(struct data *d, size_t i)
{
    char **s = slot(d, i);
    if (s)
        return s;
    i -= DIRECT;
    if (i / LEAF >= d->leaf_count && !more_leaves(d, i / LEAF))
        return 0;
    char **leaf = uc_kalloc(LEAF * sizeof *leaf);
    d->leaves[i / LEAF] = leaf;
    return leaf ? leaf + i % LEAF : 0;
}

/* Copies what `base` has of [at, at + n); the rest is zeros. */
static void from_base(const struct data *d, char *p, size_t n, int64_t at)
{
    size_t have = 0;
    if (at < d->base_size) {
        have = (size_t)(d->base_size - at);
        if (have > n)
            have = n;
        memcpy(p, d->base + at, have);
    }
    memset(p + have, 0, n - have);
}

/* The page i to write to; `whole`: all of it will be overwritten. */
static char *page_for_write(struct data *d, size_t i, bool whole)
{
    char **s = make_slot(d, i);
    if (!s)
        return 0;
    if (*s)
        return *s;
    char *p = uc_pages_alloc(1, false);
    if (!p)
        return 0;
    if (!whole)
        from_base(d, p, UC_PAGE, (int64_t)i * UC_PAGE);
    d->pages++;
    return *s = p;
}

long uc_node_read(struct node *n, void *p, size_t size, int64_t at)
{
    char *to = p;
    if (at >= n->size)
        return 0;
    if (size > (uint64_t)(n->size - at))
        size = (size_t)(n->size - at);
    for (size_t left = size; left;) {
        size_t in_page = (size_t)at % UC_PAGE, part = UC_PAGE - in_page;
        char **s = slot(&n->data, page_of(at));
        if (part > left)
            part = left;
        if (s && *s)
            memcpy(to, *s + in_page, part);
        else
            from_base(&n->data, to, part, at);
        to += part;
        at += (int64_t)part;
        left -= part;
    }
    return (long)size;
}

long uc_node_write(struct node *n, const void *p, size_t size, int64_t at)
{
    const char *from = p;
    size_t left = size;
    if (at > most - (int64_t)size)
        return -EFBIG;
    while (left) {
        size_t in_page = (size_t)at % UC_PAGE, part = UC_PAGE - in_page;
        if (part > left)
            part = left;
        char *page = page_for_write(&n->data, page_of(at), part == UC_PAGE);
        if (!page)
            break;
        memcpy(page + in_page, from, part);
        from += part;
        at += (int64_t)part;
        left -= part;
        if (at > n->size)
            n->size = at;
    }
    if (size && left == size)
        return -ENOSPC;
    uc_ramfs_touch(n);
    return (long)(size - left);
}

/* ---- size ---- */

static void free_page(struct data *d, char **s)
{
    if (!s || !*s)
        return;
    uc_pages_free(*s, 1);
    *s = 0;
    d->pages--;
}

/* Frees pages from number `from` on, and the leaves that held only those. */
static void free_from(struct data *d, size_t from)
{
    for (size_t i = from; i < DIRECT; i++)
        free_page(d, &d->direct[i]);
    size_t first = from > DIRECT ? from - DIRECT : 0;
    for (size_t l = first / LEAF; l < d->leaf_count; l++) {
        char **leaf = d->leaves[l];
        size_t i = l == first / LEAF ? first % LEAF : 0;
        bool all = i == 0;
        for (; leaf && i < LEAF; i++)
            free_page(d, &leaf[i]);
        if (!all || !leaf)
            continue;
        uc_kfree(leaf, LEAF * sizeof *leaf);
        d->leaves[l] = 0;
    }
}

long uc_node_resize(struct node *n, int64_t size)
{
    struct data *d = &n->data;
    size_t in_page = (size_t)size % UC_PAGE;
    if (size > most)
        return -EFBIG;
    if (size < n->size) {
        free_from(d, page_of(size) + (in_page != 0));
        char **s = in_page ? slot(d, page_of(size)) : 0;
        if (s && *s)
            memset(*s + in_page, 0, UC_PAGE - in_page);
        if (d->base_size > size)
            d->base_size = size;
    }
    n->size = size;
    uc_ramfs_touch(n);
    return 0;
}

long uc_ramfs_allocate(struct file *f, int64_t at, int64_t size)
{
    struct node *n = f->node;
    if (!CFG_WRITE)
        return -EBADF;
    int64_t end = at + size;
    size_t first = page_of(at), last = page_of(end - 1);
    uint64_t used, available;
    if (end > most)
        return -EFBIG;
    uc_fs_usage(&used, &available);
    if (last - first >= available / UC_PAGE)
        return -ENOSPC;
    for (size_t i = first; i <= last; i++)
        if (!page_for_write(&n->data, i, false))
            return -ENOSPC;
    if (end > n->size)
        n->size = end;
    uc_ramfs_touch(n);
    return 0;
}

int64_t uc_node_next(struct node *n, int64_t at, bool data)
{
    while (at < n->size) {
        char **s = slot(&n->data, page_of(at));
        bool is_data = (s && *s) || at < n->data.base_size;
        if (is_data == data)
            return at;
        at = (at / UC_PAGE + 1) * UC_PAGE;
    }
    return n->size;
}

void uc_ramfs_free_data(struct node *n)
{
    struct data *d = &n->data;
    free_from(d, 0);
    if (d->leaves)
        uc_kfree(d->leaves, d->leaf_count * sizeof *d->leaves);
}
