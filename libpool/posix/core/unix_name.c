/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * unix_name.c: names of AF_UNIX sockets. One in the file system is found by
 * device and inode, as in Linux.
 */
#include "unix.h"

#include <linux/stat.h>
#include <uc/fs.h>
#include <uc/stat.h>

enum {
    AUTOBIND = 5 /* digits of a name that nobody chose */
};

static struct unix_socket *bound;

void uc_unix_unbind(struct unix_socket *u)
{
    if (!u->bound_link)
        return;
    *u->bound_link = u->next_bound;
    if (u->next_bound)
        u->next_bound->bound_link = u->bound_link;
    u->bound_link = NULL;
}

/* A copy that ends with NUL, whose length counts it if it is a path. */
static long copy_name(const struct sockaddr *a, unsigned n,
                      struct unix_name *name)
{
    if (n <= UNIX_HEAD || n > sizeof name->a || a->sa_family != AF_UNIX)
        return -EINVAL;
    memset(name, 0, sizeof *name);
    memcpy(&name->a, a, n);
    name->length = n;
    if (name->a.sun_path[0])
        name->length = UNIX_HEAD + (unsigned)strlen(name->a.sun_path) + 1;
    return 0;
}

static struct unix_socket *find_abstract(const struct unix_name *name)
{
    struct unix_socket *u = bound;
    while (u && (u->in_files || u->name.length != name->length ||
                 memcmp(&u->name.a, &name->a, name->length) != 0))
        u = u->next_bound;
    return u;
}

static long stat_name(const struct unix_name *name, struct stat *st)
{
    struct node *dir;
    long error = uc_path_base(AT_FDCWD, name->a.sun_path, &dir);
    return error ? error : uc_fs_stat(dir, name->a.sun_path, true, st);
}

static long find_path(const struct unix_name *name, struct unix_socket **found)
{
    struct stat st;
    long error = stat_name(name, &st);
    if (error)
        return error;
    struct unix_socket *u = bound;
    while (u &&
           (!u->in_files || u->device != st.st_dev || u->inode != st.st_ino))
        u = u->next_bound;
    *found = u;
    return u ? 0 : -ECONNREFUSED;
}

long uc_unix_find(const struct sockaddr *a, unsigned n, int type,
                  struct unix_socket **found)
{
    struct unix_name name;
    long error = copy_name(a, n, &name);
    if (error)
        return error;
    *found = NULL;
    if (name.a.sun_path[0])
        error = find_path(&name, found);
    else
        *found = find_abstract(&name);
    if (error)
        return error;
    if (!*found)
        return -ECONNREFUSED;
    return (*found)->base.type == type ? 0 : -EPROTOTYPE;
}

static void autobind(struct unix_name *name)
{
    static const char digits[] = "0123456789abcdef";
    static unsigned next;
    do {
        unsigned n = next++;
        memset(name, 0, sizeof *name);
        name->a.sun_family = AF_UNIX;
        name->length = UNIX_HEAD + 1 + AUTOBIND;
        for (int i = AUTOBIND; i; i--, n /= 16)
            name->a.sun_path[i] = digits[n % 16];
    } while (find_abstract(name));
}

/* Makes the file of that name. */
static long make_path(struct unix_socket *u, const struct unix_name *name)
{
    struct node *dir;
    struct stat st;
    long error = uc_path_base(AT_FDCWD, name->a.sun_path, &dir);
    if (!error)
        error = uc_fs_mknod(dir, name->a.sun_path,
                            S_IFSOCK | uc_path_masked(0777), 0);
    if (!error)
        error = stat_name(name, &st);
    if (error)
        return error == -EEXIST ? -EADDRINUSE : error;
    u->in_files = true;
    u->device = st.st_dev;
    u->inode = st.st_ino;
    return 0;
}

long uc_unix_bind(struct file *f, const struct sockaddr *a, unsigned n)
{
    struct unix_socket *u = uc_unix_of(f);
    struct unix_name name;
    if (n == UNIX_HEAD && a->sa_family == AF_UNIX) {
        if (u->name.length != UNIX_HEAD)
            return 0;
        autobind(&name);
    } else {
        long error = copy_name(a, n, &name);
        if (error)
            return error;
    }
    if (u->name.length != UNIX_HEAD)
        return -EINVAL;
    if (name.a.sun_path[0]) {
        long error = make_path(u, &name);
        if (error)
            return error;
    } else if (find_abstract(&name)) {
        return -EADDRINUSE;
    }
    u->name = name;
    u->next_bound = bound;
    u->bound_link = &bound;
    if (bound)
        bound->bound_link = &u->next_bound;
    bound = u;
    return 0;
}

long uc_unix_name(struct file *f, int peer, struct sockaddr *a)
{
    const struct unix_socket *u = uc_unix_of(f);
    if (peer)
        u = u->peer;
    if (!u)
        return -ENOTCONN;
    memcpy(a, &u->name.a, u->name.length);
    return u->name.length;
}
