/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * map.c: shared mappings of files. A mapping is memory that was filled from
 * the file. What the program changes there goes to the file before anybody
 * reads that part of it, with msync and fsync, when the mapping ends and when
 * the program does: pages are compared with the file, and written if they
 * differ. What is written to the file goes into the mapping byte by byte, at
 * once. Two mappings of a page would not see each other: what lies in one that
 * is there is mapped at the same address once more, and is there until both
 * have ended; other overlaps are refused if one of the two can be written.
 */
#include "walk.h"

struct map {
    struct map *next;
    struct node *node; /* held */
    char *p;
    size_t size; /* whole pages */
    int64_t at;  /* in the file */
    bool writable;
    int process;
    char *buffer; /* a page */
};
static struct map *maps; /* changed in calls only */

/* ---- to the file ---- */

static long flush_page(const struct map *m, size_t i, int64_t size)
{
    int64_t at = m->at + (int64_t)i;
    char *page = m->p + i;

    if (at >= size)
        return 0;
    size_t n = size - at < UC_PAGE ? (size_t)(size - at) : UC_PAGE;
    int access = uc_map_open(page);
    long r = uc_node_read(m->node, m->buffer, n, at);
    if (r >= 0 && ((size_t)r != n || memcmp(m->buffer, page, n) != 0))
        r = uc_node_write(m->node, page, n, at);
    uc_map_close(page, access);
    return r < 0 ? r : 0;
}

/* The pages of m that have bytes of [from, to) of the file. */
static long flush(const struct map *m, int64_t from, int64_t to)
{
    int64_t size, end = m->at + (int64_t)m->size;
    long error = m->writable ? uc_node_size(m->node, &size) : 0;

    from = from < m->at ? m->at : from & -(int64_t)UC_PAGE;
    for (; m->writable && !error && from < to && from < end; from += UC_PAGE)
        error = flush_page(m, (size_t)(from - m->at), size);
    return error;
}

long uc_map_flush(struct node *n, int64_t at, size_t size)
{
    int64_t end;
    long error = 0;

    if (__builtin_add_overflow(at, size, &end))
        end = INT64_MAX;
    for (struct map *m = maps; m && !error; m = m->next)
        if (uc_node_is_same(m->node, n))
            error = flush(m, at, end);
    return error;
}

/* ---- from the file ---- */

/* NULL: zeros. */
static void put(const struct map *m, int64_t at, const char *from, int64_t size)
{
    int64_t end = m->at + (int64_t)m->size, to = at + size;

    if (to > end)
        to = end;
    for (int64_t i = at < m->at ? m->at : at, next; i < to; i = next) {
        char *p = m->p + (i - m->at);
        next = (i | (UC_PAGE - 1)) + 1 < to ? (i | (UC_PAGE - 1)) + 1 : to;
        char *page = p - (uintptr_t)p % UC_PAGE;
        int access = uc_map_open(page);
        if (from)
            memcpy(p, from + (i - at), (size_t)(next - i));
        else
            memset(p, 0, (size_t)(next - i));
        uc_map_close(page, access);
    }
}

void uc_map_wrote(struct node *n, const char *p, size_t size, int64_t at)
{
    for (const struct map *m = maps; m; m = m->next)
        if (uc_node_is_same(m->node, n))
            put(m, at, p, (int64_t)size);
}

void uc_map_cut(struct node *n, int64_t size)
{
    for (const struct map *m = maps; m; m = m->next)
        if (uc_node_is_same(m->node, n))
            put(m, size, NULL, INT64_MAX - size);
}

/* ---- mappings ---- */

static bool is_taken(const struct map *new)
{
    for (const struct map *m = maps; m; m = m->next)
        if (uc_node_is_same(m->node, new->node) &&
            m->at < new->at + (int64_t)new->size &&new->at <
                m->at + (int64_t)m->size &&
            (m->writable || new->writable))
            return true;
    return false;
}

static long add(const struct map *new, bool again)
{
    struct map *m = uc_kalloc(sizeof *m);
    long r = 0;

    if (!m)
        return -ENOMEM;
    *m = *new;
    if (m->writable)
        m->buffer = uc_pages_alloc(1, false);
    if (m->writable && !m->buffer)
        r = -ENOMEM;
    else if (!again)
        r = uc_node_read(m->node, m->p, m->size, m->at);
    if (r < 0) {
        if (m->buffer)
            uc_pages_free(m->buffer, 1);
        uc_kfree(m, sizeof *m);
        return r;
    }
    m->node->refs++;
    m->next = maps;
    maps = m;
    return 0;
}

static struct map mapping(const struct file *f, size_t size, int64_t at,
                          int process)
{
    return (struct map){.node = f->node,
                        .size = size,
                        .at = at,
                        .writable = (f->flags & O_ACCMODE) == O_RDWR,
                        .process = process};
}

long uc_fs_map(struct file *f, char *p, size_t size, int64_t at, int process)
{
    struct map m = mapping(f, size, at, process);
    long error = f->ops != &uc_node_file_ops ? -ENODEV : uc_node_enter(false);

    m.p = p;
    if (error)
        return error;
    return uc_node_leave(false, is_taken(&m) ? -ENODEV : add(&m, false));
}

char *uc_fs_map_again(struct file *f, size_t size, int64_t at, int process)
{
    struct map new = mapping(f, size, at, process);
    int64_t end = at + (int64_t)size;
    const struct map *m = maps;

    if (f->ops != &uc_node_file_ops || uc_node_enter(false))
        return NULL;
    while (m && !(uc_node_is_same(m->node, new.node) && m->at <= at &&
                  end <= m->at + (int64_t)m->size))
        m = m->next;
    if (m)
        new.p = m->p + (at - m->at);
    if (m && add(&new, true))
        new.p = NULL;
    uc_node_leave(false, 0);
    return new.p;
}

bool uc_fs_is_map(const char *p, size_t size, bool read_only)
{
    for (const struct map *m = maps; m; m = m->next)
        if (p < m->p + m->size && m->p < p + size &&
            !(read_only && m->writable))
            return true;
    return false;
}

char *uc_fs_map_of(int process, size_t *size)
{
    const struct map *m = maps;

    while (m && m->process != process)
        m = m->next;
    *size = m ? m->size : 0;
    return m ? m->p : NULL;
}

static long begin(void)
{
    return uc_node_enter(!uc_node_is_read_only());
}

static long sync_node(struct node *n)
{
    static long (*const sync)(struct file *, bool) = UC_NODE_SYNC;
    struct file f = {.node = n};

    return sync ? sync(&f, false) : 0;
}

long uc_fs_map_flush(const char *p, size_t size, bool sync)
{
    struct node *n = NULL;
    long error = begin();

    if (error)
        return error;
    for (struct map *m = maps; m && !error; m = m->next) {
        if (p >= m->p + m->size || m->p >= p + size)
            continue;
        int64_t first = p > m->p ? p - m->p : 0;
        error = flush(m, m->at + first, m->at + (p + size - m->p));
        n = m->node;
    }
    if (n && sync)
        n->refs++;
    uc_node_leave(false, 0);
    if (n && sync) {
        error = error ? error : sync_node(n);
        uc_fs_drop(n);
    }
    return error;
}

/* Takes [p, p + size) from *at, which may be the whole, an end or the middle.
 */
static void cut_out(struct map **at, char *p, size_t size)
{
    struct map *m = *at, *rest;
    size_t before = p > m->p ? (size_t)(p - m->p) : 0;
    size_t to = (size_t)(p + size - m->p);

    if (to < m->size) {
        rest = before ? uc_kalloc(sizeof *rest) : m;
        if (!rest) { /* the end is memory only; it was written */
            m->size = before;
            return;
        }
        *rest = *m;
        rest->p += to;
        rest->at += (int64_t)to;
        rest->size -= to;
        if (!before)
            return;
        rest->buffer = m->writable ? uc_pages_alloc(1, false) : NULL;
        rest->writable = rest->buffer;
        rest->node->refs++;
        m->next = rest;
    }
    m->size = before;
    if (before)
        return;
    *at = m->next;
    if (m->buffer)
        uc_pages_free(m->buffer, 1);
    uc_node_drop_later(m->node);
    uc_kfree(m, sizeof *m);
}

/* Of several at one address, only one that is just this, if there is one. */
static struct map **exactly(const char *p, size_t size, int process)
{
    struct map **at = &maps;

    while (*at &&
           ((*at)->p != p || (*at)->size != size || (*at)->process != process))
        at = &(*at)->next;
    return *at ? at : NULL;
}

void uc_fs_unmap(char *p, size_t size, int process)
{
    if (!uc_fs_is_map(p, size, false) || begin())
        return;
    struct map **one = exactly(p, size, process);
    for (struct map **at = one ? one : &maps; *at;) {
        struct map *m = *at;
        if (p < m->p + m->size && m->p < p + size) {
            flush(m, m->at, m->at + (int64_t)m->size);
            if (m->process == process)
                cut_out(at, p, size);
        }
        if (one)
            break;
        if (*at == m)
            at = &m->next;
    }
    uc_node_leave(false, 0);
}

void uc_fs_map_end(void)
{
    if (!maps || begin())
        return;
    for (struct map *m = maps; m; m = m->next)
        flush(m, m->at, m->at + (int64_t)m->size);
    uc_node_leave(false, 0);
}
