/* SPDX-License-Identifier: BSD-2-Clause */
/* change.c: making, removing and moving names; the host checks, too. */
#include "walk.h"

/* A request about a name in a directory. */
static void begin_at(unsigned type, const struct walk *w)
{
    uc_9p_begin(type);
    uc_9p_put(w->dir->fid, 4);
    uc_9p_put_string(w->name, w->length);
}

long uc_node_may_add(struct node *dir)
{
    return dir->made_up ? -EROFS : 0;
}

long uc_node_make(struct walk *w, const struct owner *o, const char *target,
                  struct node **n)
{
    enum {
        LONGEST = UC_PAGE - 512 /* a request is one page */
    };
    bool dir = (o->mode & S_IFMT) == S_IFDIR;

    if (target && strlen(target) >= LONGEST)
        return -ENAMETOOLONG;
    begin_at(target ? T_SYMLINK : dir ? T_MKDIR : T_MKNOD, w);
    if (target)
        uc_9p_put_string(target, strlen(target));
    else
        uc_9p_put(dir ? o->mode & 07777 : o->mode, 4);
    if (!target && !dir) {
        uc_9p_put(o->device >> 8 & 0xfff, 4);
        uc_9p_put((o->device & 0xff) | (o->device >> 12 & 0xfff00), 4);
    }
    uc_9p_put(o->gid, 4);
    long error = uc_9p_send();
    return error || !n ? error : uc_node_lookup(w->dir, w->name, w->length, n);
}

long uc_node_create(struct walk *w, const struct owner *o, struct file *f,
                    struct node **result)
{
    struct node *n;
    long error = uc_node_again(w->dir, &n);

    if (error)
        return error;
    begin_at(T_CREATE,
             &(struct walk){.dir = n, .name = w->name, .length = w->length});
    uc_9p_put(uc_9p_flags(f->flags) | P_CREATE | P_EXCLUSIVE, 4);
    uc_9p_put(o->mode & 07777, 4);
    uc_9p_put(o->gid, 4);
    error = uc_9p_send();
    if (error) {
        uc_node_drop(n);
        return error;
    }
    n->qid = uc_9p_qid();
    n->root = n->dev = false;
    n->open = true;
    *result = n;
    return 0;
}

long uc_node_link(struct walk *w, struct node *n)
{
    if (n->device)
        return -EXDEV;
    uc_9p_begin(T_LINK);
    uc_9p_put(w->dir->fid, 4);
    uc_9p_put(n->fid, 4);
    uc_9p_put_string(w->name, w->length);
    return uc_9p_send();
}

long uc_node_remove(struct walk *w, struct node *n)
{
    enum {
        REMOVE_DIR = 0x200
    };

    if (n->made_up || n->device)
        return -EROFS;
    begin_at(T_UNLINK, w);
    uc_9p_put(uc_node_is(n, S_IFDIR) ? REMOVE_DIR : 0, 4);
    return uc_9p_send();
}

/* The protocol has no exchange, and Linux's client answers the same. */
long uc_node_rename(struct side *a, struct side *b, bool exchange)
{
    if (exchange)
        return -EINVAL;
    if (a->walk.dir->made_up || b->walk.dir->made_up || a->node->device ||
        a->node->made_up)
        return -EROFS;
    begin_at(T_RENAME, &a->walk);
    uc_9p_put(b->walk.dir->fid, 4);
    uc_9p_put_string(b->walk.name, b->walk.length);
    return uc_9p_send();
}
