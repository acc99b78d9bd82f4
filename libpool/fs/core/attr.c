/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * attr.c: who may do what, and asking about nodes and changing what they are,
 * by the rules of path_resolution(7), chmod(2), chown(2) and utimensat(2). User
 * 0 may do all but run what nobody may. Reading a file does not change its time
 * of access, as with the mount option noatime.
 */
#include <uc/stat.h>

#include "walk.h"

enum {
    ANY_RUN = 0111
};

/* ---- permissions ---- */

static long may(const struct owner *o, unsigned user, unsigned group,
                unsigned access)
{
    unsigned bits = o->mode;

    if (!user)
        return access & MAY_RUN && (o->mode & NODE_TYPE) != NODE_DIR &&
                       !(o->mode & ANY_RUN)
                   ? -EACCES
                   : 0;
    if (user == o->uid)
        bits >>= 6;
    else if (group == o->gid || uc_user_has_group(o->gid))
        bits >>= 3;
    return access & ~bits & 7 ? -EACCES : 0;
}

long uc_may(struct node *n, unsigned access)
{
    struct owner o;

    if (UC_NODE_HOST || !uc_user_id())
        return 0;
    long error = uc_node_owner(n, &o);
    return error ? error : may(&o, uc_user_id(), uc_user_group(), access);
}

long uc_may_add(struct node *dir)
{
    long error = uc_node_may_add(dir);

    return error ? error : uc_may(dir, MAY_WRITE | MAY_RUN);
}

long uc_may_remove(struct node *dir, struct node *n)
{
    struct owner d, o;
    long error = uc_may(dir, MAY_WRITE | MAY_RUN);

    if (error || UC_NODE_HOST || !uc_user_id())
        return error;
    error = uc_node_owner(dir, &d);
    if (!error)
        error = uc_node_owner(n, &o);
    if (error)
        return error;
    return d.mode & STICKY && uc_user_id() != d.uid && uc_user_id() != o.uid
               ? -EPERM
               : 0;
}

long uc_own(struct node *dir, unsigned mode, struct owner *o)
{
    struct owner d;

    *o = (struct owner){mode, uc_user_id(), uc_user_group(), 0};
    long error = UC_NODE_HOST ? 0 : uc_node_owner(dir, &d);
    if (UC_NODE_HOST || error || !(d.mode & SET_GROUP))
        return error;
    o->gid = d.gid;
    if ((mode & NODE_TYPE) == NODE_DIR)
        o->mode |= SET_GROUP;
    return 0;
}

/* ---- changing ---- */

static bool is_of(unsigned gid)
{
    return gid == uc_user_group() || uc_user_has_group(gid);
}

/* May it change so? */
static long check(struct node *n, const struct owner *o,
                  const struct file_attr *a)
{
    bool mine = !uc_user_id() || uc_user_id() == o->uid;

    if (uc_user_id() && a->set & ATTR_UID && !(mine && a->uid == o->uid))
        return -EPERM;
    if (uc_user_id() && a->set & ATTR_GID &&
        !(mine && (a->gid == o->gid || is_of(a->gid))))
        return -EPERM;
    if (mine)
        return 0;
    if (a->set & ATTR_MODE)
        return -EPERM;
    if (!(a->set & (ATTR_ATIME | ATTR_MTIME)))
        return 0;
    return a->set & ATTR_NOW ? uc_may(n, MAY_WRITE) : -EPERM;
}

long uc_may_set(struct node *n, const struct file_attr *attr)
{
    struct file_attr a = *attr;
    struct owner o;
    long error;

    if (UC_NODE_HOST)
        return uc_node_setattr(n, attr);
    error = uc_node_owner(n, &o);
    if (!error)
        error = check(n, &o, &a);
    if (error)
        return error;
    if (a.set & ATTR_MODE && (o.mode & NODE_TYPE) == NODE_LINK)
        return -EOPNOTSUPP;
    if (a.set & ATTR_MODE && uc_user_id() && !is_of(o.gid))
        a.mode &= ~(unsigned)SET_GROUP;
    if (a.set & ATTR_OWNER && (o.mode & NODE_TYPE) != NODE_DIR) {
        a.mode = o.mode & 07777 & ~(unsigned)SET_USER;
        if (o.mode & GROUP_RUN)
            a.mode &= ~(unsigned)SET_GROUP;
        a.set |= a.mode != (o.mode & 07777) ? ATTR_MODE : 0;
    }
    return uc_node_setattr(n, &a);
}

long uc_fs_setattr(struct node *dir, const char *path, bool follow,
                   const struct file_attr *attr)
{
    struct node *n;
    long error = uc_node_enter(true);

    if (error)
        return error;
    error = uc_walk_find(dir, path, follow, &n);
    if (!error) {
        error = uc_may_set(n, attr);
        uc_node_drop(n);
    }
    return uc_node_leave(true, error);
}

long uc_fs_truncate(struct node *dir, const char *path, int64_t size)
{
    struct node *n;
    long error = uc_node_enter(true);

    if (error)
        return error;
    error = uc_walk_find(dir, path, true, &n);
    if (!error) {
        error = uc_node_is(n, NODE_DIR) ? -EISDIR : uc_may(n, MAY_WRITE);
        if (!error)
            error = UC_NODE_HOST || uc_node_is(n, NODE_FILE)
                        ? uc_node_resize(n, size)
                        : -EINVAL;
        if (CFG_MAP_SHARED && !error)
            uc_map_cut(n, size);
        uc_node_drop(n);
    }
    return uc_node_leave(true, error);
}

/* ---- asking ---- */

long uc_fs_stat(struct node *dir, const char *path, bool follow,
                struct stat *st)
{
    struct node *n;
    long error = uc_node_enter(false);

    if (error)
        return error;
    error = uc_walk_find(dir, path, follow, &n);
    if (!error) {
        error = uc_node_stat(n, st);
        uc_node_drop(n);
    }
    return uc_node_leave(false, error);
}

static long access(struct node *n, unsigned mode, bool effective)
{
    struct owner o;
    long error = uc_node_owner(n, &o);

    if (error)
        return error;
    if (mode & MAY_WRITE && uc_node_is_read_only())
        return -EROFS;
    unsigned user = effective ? uc_user_id() : uc_user_real();
    if (UC_NODE_HOST)
        user = 0;
    return may(&o, user, effective ? uc_user_group() : uc_user_real_group(),
               mode);
}

long uc_fs_access(struct node *dir, const char *path, bool follow,
                  unsigned mode, bool effective)
{
    struct node *n;
    long error = uc_node_enter(false);

    if (error)
        return error;
    error = uc_walk_find(dir, path, follow, &n);
    if (!error) {
        error = access(n, mode, effective);
        uc_node_drop(n);
    }
    return uc_node_leave(false, error);
}
