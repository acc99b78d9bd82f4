/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * walk.c: from paths to nodes, by the rules of path_resolution(7). Targets of
 * symbolic links that have to be read are in memory that lasts until a walk
 * ends: one call at a time walks, and looks at no name after that.
 */
#include "walk.h"

static struct text {
    struct text *next;
    char s[PATH_LIMIT];
} *texts;

static void set_dir(struct walk *w, struct node *dir)
{
    struct node *old = w->dir;

    w->dir = dir;
    if (old)
        uc_node_drop(old);
}

/*
 * Follows what the last component names while it is a symbolic link. May
 * stand in the middle of a longer path, so it must not disturb *w but for
 * the count of links.
 */
static long target(struct walk *w, struct node **result)
{
    struct walk inner = *w;
    struct node *n;
    long error;

    uc_node_hold(inner.dir);
    for (;;) {
        error = uc_walk_last(&inner, &n);
        if (error || !uc_node_is(n, NODE_LINK))
            break;
        error = uc_walk_follow(&inner, n);
        uc_node_drop(n);
        if (error)
            break;
    }
    set_dir(&inner, NULL);
    w->links = inner.links;
    if (!error && inner.slash && !uc_node_is(n, NODE_DIR)) {
        uc_node_drop(n);
        error = -ENOTDIR;
    }
    if (!error)
        *result = n;
    return error;
}

/* Walks on from w->dir along path. */
static long walk(struct walk *w, const char *path)
{
    struct node *n;
    long error;

    if (*path == '/') {
        error = uc_node_root(&n);
        if (error)
            return error;
        set_dir(w, n);
    }
    for (;;) {
        while (*path == '/')
            path++;
        size_t length = 0;
        while (path[length] && path[length] != '/')
            length++;
        if (length > NAME_LONGEST)
            return -ENAMETOOLONG;
        const char *rest = path + length;
        while (*rest == '/')
            rest++;
        w->name = length ? path : "/";
        w->length = length ? length : 1;
        w->slash = rest != path + length;
        if (!*rest)
            return 0;
        w->slash = false; /* the check below is for all directories */
        error = target(w, &n);
        if (error)
            return error;
        if (!uc_node_is(n, NODE_DIR)) {
            uc_node_drop(n);
            return -ENOTDIR;
        }
        set_dir(w, n);
        path = rest;
    }
}

long uc_walk(struct walk *w, struct node *dir, const char *path)
{
    *w = (struct walk){.dir = NULL};
    if (!*path)
        return -ENOENT;
    if (strlen(path) >= PATH_LIMIT)
        return -ENAMETOOLONG;
    long error = uc_node_again(dir, &w->dir);
    if (!error)
        error = walk(w, path);
    if (error)
        uc_walk_end(w);
    return error;
}

void uc_walk_end(struct walk *w)
{
    if (w->dir)
        uc_node_drop(w->dir);
    while (!UC_NODE_TEXT && texts) {
        struct text *t = texts;
        texts = t->next;
        uc_kfree(t, sizeof *t);
    }
}

bool uc_walk_is_dots(const struct walk *w)
{
    return (w->length == 1 && (w->name[0] == '.' || w->name[0] == '/')) ||
           (w->length == 2 && w->name[0] == '.' && w->name[1] == '.');
}

long uc_walk_last(struct walk *w, struct node **n)
{
    long error = w->name[0] == '/' ? 0 : uc_may(w->dir, MAY_RUN);

    if (error)
        return error;
    if (!uc_walk_is_dots(w))
        return uc_node_lookup(w->dir, w->name, w->length, n);
    if (w->length == 2)
        return uc_node_parent(w->dir, n);
    if (UC_NODE_HOST) /* what is opened leads nowhere */
        return uc_node_again(w->dir, n);
    uc_node_hold(*n = w->dir);
    return 0;
}

static long text_of(struct node *link, const char **s)
{
    if (UC_NODE_TEXT) {
        *s = uc_node_text(link);
        return 0;
    }
    struct text *t = uc_kalloc(sizeof *t); /* zeroed: the NUL */
    if (!t)
        return -ENOMEM;
    t->next = texts;
    texts = t;
    *s = t->s;
    return uc_node_target(link, t->s, sizeof t->s - 1);
}

long uc_walk_follow(struct walk *w, struct node *link)
{
    bool slash = w->slash;
    const char *s;

    if (++w->links > LINKS_LIMIT)
        return -ELOOP;
    long error = text_of(link, &s);
    if (error >= 0)
        error = *s ? walk(w, s) : -ENOENT;
    w->slash |= slash;
    return error;
}

long uc_walk_find(struct node *dir, const char *path, bool follow,
                  struct node **n)
{
    struct walk w;
    long error = uc_walk(&w, dir, path);

    if (error)
        return error;
    error = follow || w.slash ? target(&w, n) : uc_walk_last(&w, n);
    uc_walk_end(&w);
    return error;
}
