/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * initrd.c: the baked-in root: a cpio archive in the "newc" format, as
 * `cpio -o -H newc` writes it and Linux reads it. Regular files keep their
 * bytes in the image until they are written to; of hard links, the last one
 * in the archive has the data. Devices in it are skipped: /dev has ours.
 */
#include "walk.h"

/* Made by the linker from the folder given to --root. */
extern const char uc_initrd_start[], uc_initrd_end[];

enum {
    HEADER = 110,
    FIELD = 8
};
enum {
    INO = 0,
    MODE,
    UID,
    GID,
    NLINK,
    MTIME,
    FILESIZE,
    NAMESIZE = 11
};

/* Hard-linked nodes seen so far, by their inode number in the archive. */
struct seen {
    struct seen *next;
    unsigned ino;
    struct node *node;
};

struct member {
    const char *header, *name, *data;
    size_t name_length, size;
};

static unsigned field(const char *header, int i)
{
    const char *p = header + 6 + i * FIELD;
    unsigned value = 0;
    for (int k = 0; k < FIELD; k++) {
        unsigned c = (unsigned char)p[k];
        value = value * 16 + (c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
    }
    return value;
}

static size_t padded(size_t n)
{
    return (n + 3) & ~(size_t)3;
}

/* Reads the member at p; the next one's place, NULL at the end. */
static const char *next_member(const char *p, struct member *m)
{
    size_t left = (size_t)(uc_initrd_end - p);
    if (left < HEADER || memcmp(p, "070701", 6) != 0)
        return 0;
    size_t name = field(p, NAMESIZE);
    m->header = p;
    m->name = p + HEADER;
    m->size = field(p, FILESIZE);
    size_t data = padded(HEADER + name), all = padded(data + m->size);
    if (!name || data + m->size > left)
        return 0;
    m->name_length = name - 1;
    m->data = p + data;
    if (m->name_length == 10 && memcmp(m->name, "TRAILER!!!", 10) == 0)
        return 0;
    return all < left ? p + all : uc_initrd_end;
}

static struct node *find_seen(struct seen *list, const struct member *m)
{
    unsigned ino = field(m->header, INO);
    while (list && list->ino != ino)
        list = list->next;
    return list ? list->node : 0;
}

static void note_seen(struct seen **list, const struct member *m,
                      struct node *n)
{
    struct seen *s = uc_kalloc(sizeof *s);
    if (!s)
        return;
    s->ino = field(m->header, INO);
    s->node = n;
    s->next = *list;
    *list = s;
}

static void describe(struct node *n, const struct member *m)
{
    n->mode = (n->mode & S_IFMT) | (field(m->header, MODE) & 07777);
    n->uid = field(m->header, UID);
    n->gid = field(m->header, GID);
    n->mtime = n->atime = n->ctime =
        (uint64_t)field(m->header, MTIME) * 1000000000;
    if ((n->mode & S_IFMT) == S_IFREG && m->size) {
        n->data.base = m->data;
        n->data.base_size = n->size = (int64_t)m->size;
    }
}

static struct node *new_node(const struct member *m)
{
    unsigned mode = field(m->header, MODE);
    struct node *n = uc_ramfs_node(mode);
    if (!n || (mode & S_IFMT) != S_IFLNK)
        return n;
    n->target = uc_kalloc(m->size + 1);
    if (!n->target) {
        uc_kfree(n, sizeof *n);
        return 0;
    }
    memcpy(n->target, m->data, m->size);
    n->size = (int64_t)m->size;
    return n;
}

/* The folder of a member, which comes before it, and its name in that. */
static struct node *folder_of(const struct member *m, const char **name,
                              size_t *length)
{
    const char *s = m->name, *end = s + m->name_length, *to;
    struct node *dir = uc_ramfs_root();
    for (;; s = to + 1) {
        for (to = s; to < end && *to != '/'; to++)
            ;
        if (to == end)
            break;
        struct entry *e = uc_ramfs_lookup(dir, s, (size_t)(to - s));
        if (e && !uc_node_is(e->node, S_IFDIR))
            return 0;
        if (e)
            dir = e->node;
        else if (to - s > 1 || (to > s && *s != '.'))
            return 0; /* not an empty name or "." */
    }
    *name = s;
    *length = (size_t)(end - s);
    return *length && *length <= NAME_LONGEST ? dir : 0;
}

static void add(const struct member *m, struct seen **seen)
{
    unsigned mode = field(m->header, MODE), type = mode & S_IFMT;
    const char *name;
    size_t length;
    if (type != S_IFREG && type != S_IFDIR && type != S_IFLNK)
        return;
    struct node *dir = folder_of(m, &name, &length), *n;
    if (!dir)
        return;
    struct entry *e = uc_ramfs_lookup(dir, name, length);
    n = e ? e->node : length == 1 && *name == '.' ? dir : 0;
    if (!n) {
        bool linked = type == S_IFREG && field(m->header, NLINK) > 1;
        n = linked ? find_seen(*seen, m) : 0;
        bool first = !n;
        if (first)
            n = new_node(m);
        if (first && n && linked)
            note_seen(seen, m, n);
        if (!n || uc_ramfs_enter(dir, name, length, n) != 0)
            return;
    }
    describe(n, m);
}

void uc_ramfs_load(void)
{
    struct seen *seen = 0, *next;
    struct member m;
    const char *p = uc_initrd_start, *after;
    for (; (after = next_member(p, &m)); p = after)
        add(&m, &seen);
    for (; seen; seen = next) {
        next = seen->next;
        uc_kfree(seen, sizeof *seen);
    }
}
